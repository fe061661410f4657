/**
 * Canonical JSON: the JSON Canonicalization Scheme (RFC 8785), so that whoever has the same data has the same bytes and
 * therefore the same digest.
 *
 * Members are sorted by the UTF-16 code units of their names (§3.2.3), which is what JavaScript's own sort compares;
 * numbers and strings are written as ECMAScript writes them (§3.2.2). What JSON cannot hold is refused and not bent:
 * no `NaN`, no lone surrogate, no `undefined`.
 * @module
 */

/** What canonical JSON can hold. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

/** Nesting of arrays and objects, at most. */
export const MAX_DEPTH = 32;

/**
 * The canonical text of a value.
 * @throws {TypeError} for what JSON cannot hold, a text that is not well-formed Unicode, or more than 32 levels
 */
export function canonicalJson(value: Json): string {
  return write(value, 0);
}

/** Its UTF-8 bytes. */
export function canonicalBytes(value: Json): Uint8Array<ArrayBuffer> {
  return new Uint8Array(new TextEncoder().encode(canonicalJson(value)));
}

function write(value: Json, depth: number): string {
  if (depth > MAX_DEPTH) throw new TypeError(`canonical JSON: expected at most ${MAX_DEPTH} levels`);
  switch (typeof value) {
    case 'boolean':
      return String(value);
    case 'number':
      if (!Number.isFinite(value)) throw new TypeError('canonical JSON: expected finite numbers');
      return JSON.stringify(value);
    case 'string':
      // A lone surrogate would be written as an escape that other programs refuse or replace.
      if (!value.isWellFormed()) throw new TypeError('canonical JSON: expected well-formed text');
      return JSON.stringify(value);
    case 'object': {
      if (value === null) return 'null';
      if (Array.isArray(value)) return `[${value.map((each: Json) => write(each, depth + 1)).join(',')}]`;
      const fields = value as { readonly [name: string]: Json };
      const members = Object.keys(fields)
        .sort()
        .map((name) => `${write(name, depth + 1)}:${write(fields[name]!, depth + 1)}`);
      return `{${members.join(',')}}`;
    }
    default:
      throw new TypeError(
        'canonical JSON: expected null, a boolean, a number, a text, an array or an object',
      );
  }
}

/**
 * Reads a text that must be canonical already: anything else has two readings, and a digest is of bytes.
 * `undefined` where it is not JSON or not in canonical form. Never throws for what the text is.
 */
export function readCanonical(text: string): Json | undefined {
  try {
    const value = JSON.parse(text) as Json;
    return canonicalJson(value) === text ? value : undefined;
  } catch {
    return undefined;
  }
}
