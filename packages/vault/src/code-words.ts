/**
 * 16,384 words (14 bits each) that belong to no language: what a receipt code is written with.
 *
 * Three open syllables from the consonants `bdfgklmnprst` and the vowels `aeiou`, six letters, so that English and
 * Spanish readers say them at sight and nobody has to know a dictionary. Left out are letters that sound alike or not
 * at all in one of the two (b/v, s/z/c, k/c/q, h, j, w, x, y).
 *
 * Their letters carry a check of their own: the places of the letters in their alphabets, weighted 1 to 6, add up to a
 * multiple of 13. 13 is prime and greater than any difference of places, so no two words differ in one letter only,
 * and no word becomes another by two neighbouring consonants or vowels changing places: a slip of one letter never
 * makes another word, and is found before the slow key derivation begins. 16,616 words add up; those that hold a word
 * which hurts in English or Spanish are left out, and the first 16,384 of the rest in alphabetical order are the list.
 *
 * The list is frozen: a code written on paper must open for ever. Its digest stands in the test.
 * @module
 */

const CONSONANTS = 'bdfgklmnprst';
const VOWELS = 'aeiou';

/** Divides the weighted sum of the places of a word's letters. */
const MODULUS = 13;

/** Words in the list: 14 bits. */
export const WORD_COUNT = 16_384;

/** Bits that one word carries. */
export const WORD_BITS = 14;

/** Letters in every word. */
export const WORD_LETTERS = 6;

/** What no word may hold: read in a bad hour, it must not hurt. */
const HURTFUL =
  'anal anus faga fago kaka kike kulo mata mato nega nego nuda nude nudo pedo pene pito puta pute puto rape sida teta pusi';

let known: { readonly words: readonly string[]; readonly places: ReadonlyMap<string, number> } | undefined;

function list(): NonNullable<typeof known> {
  known ??= makeList();
  return known;
}

function makeList(): NonNullable<typeof known> {
  const hurtful = HURTFUL.split(' ');
  const words: string[] = [];
  // Counting with one wheel a letter, the last the fastest, is the alphabetical order.
  for (let count = 0; words.length < WORD_COUNT; count++) {
    let word = '';
    let sum = 0;
    for (let at = WORD_LETTERS - 1, rest = count; at >= 0; at--) {
      const letters = at % 2 === 0 ? CONSONANTS : VOWELS;
      const place = rest % letters.length;
      rest = (rest - place) / letters.length;
      sum += (at + 1) * place;
      word = letters[place] + word;
    }
    if (sum % MODULUS === 0 && !hurtful.some((part) => word.includes(part))) words.push(word);
  }
  return { words, places: new Map(words.map((word, place) => [word, place])) };
}

/**
 * The word of a number.
 * @throws {RangeError} unless `place` is an integer from 0 to 16,383
 */
export function wordAt(place: number): string {
  const word = list().words[place];
  if (word === undefined) throw new RangeError(`code word: expected a place from 0 to ${WORD_COUNT - 1}`);
  return word;
}

/** The number of a word, or undefined for what is not in the list. */
export function placeOfWord(word: string): number | undefined {
  return list().places.get(word);
}

/**
 * The words that one slip makes of `text`: a letter wrong, missing or too many, or two neighbours swapped. Alphabetical;
 * a list word has only itself.
 */
export function wordsNear(text: string): readonly string[] {
  if (placeOfWord(text) !== undefined) return [text];
  // Longer input is not a slip, and the search grows with it.
  if (text.length > WORD_LETTERS + 1) return [];
  const near = new Set<string>();
  const offer = (word: string) => {
    if (placeOfWord(word) !== undefined) near.add(word);
  };
  for (let at = 0; at <= text.length; at++) {
    const before = text.slice(0, at);
    const after = text.slice(at + 1);
    offer(before + after);
    if (at + 1 < text.length) offer(before + text[at + 1] + text[at] + text.slice(at + 2));
    for (const letter of CONSONANTS + VOWELS) {
      offer(before + letter + after);
      offer(before + letter + text.slice(at));
    }
  }
  return [...near].sort();
}
