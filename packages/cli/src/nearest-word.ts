/**
 * The word somebody probably meant: the nearest of the known by edit distance (Levenshtein, 1966), for suggestions.
 * @module
 */

/** Edits (insert, remove, replace) that turn `a` into `b`. */
export function editDistance(a: string, b: string): number {
  let above = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = above[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      row.push(Math.min(replaced, above[j]! + 1, row[j - 1]! + 1));
    }
    above = row;
  }
  return above[b.length]!;
}

/**
 * The nearest of `known` to `typed`, or undefined when none is near: at most 2 edits, or 1 for words of up to 3
 * letters. A beginning (`conf` for `conformance`) counts as near too.
 */
export function nearestWord(typed: string, known: readonly string[]): string | undefined {
  // The distance costs the product of both lengths: a long argument by mistake is not worth it.
  if (typed.length === 0 || typed.length > 40) return undefined;
  const word = typed.toLowerCase();
  let nearest: string | undefined;
  let least = word.length <= 3 ? 2 : 3;
  for (const candidate of known) {
    const distance = candidate.startsWith(word) ? 1 : editDistance(word, candidate);
    if (distance < least) {
      least = distance;
      nearest = candidate;
    }
  }
  return nearest;
}
