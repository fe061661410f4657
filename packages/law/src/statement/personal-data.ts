/**
 * The linter of personal data: what in a free text could lead to a person, of which kind, and where it stands.
 *
 * A statement of reasons goes to the account that is restricted and its record to a public database, "without personal
 * data" (Regulation (EU) 2022/2065, Art. 24(5)); an address or a handle in it would tell an uploader who asked. The text
 * is read the way it looks: full-width letters, digits of other scripts, invisible marks, "name (at) example (dot) com".
 *
 * It finds forms, not meanings. A name without a title, a place of work, or a description that only one person fits it
 * cannot find: a person must read the text, and the interface says so. It rather marks a number too many than one too few.
 * All patterns are bounded, so a text of 5,000 characters takes the same short time whatever it holds.
 * @module
 */

/** What was found. `link`: any link; `profile-link`: one that names an account; `number`: nine digits or more in a row. */
export type PersonalDataKind =
  | 'email'
  | 'profile-link'
  | 'link'
  | 'handle'
  | 'phone'
  | 'number'
  | 'date-of-birth'
  | 'iban'
  | 'card'
  | 'id-number'
  | 'ip-address'
  | 'position'
  | 'street'
  | 'titled-name'
  | 'hash';

/** One finding: the half-open range of UTF-16 units in the text as it was given. The words themselves are not repeated. */
export interface PersonalData {
  readonly kind: PersonalDataKind;
  readonly start: number;
  readonly end: number;
}

/** Characters that are read; a longer text is refused elsewhere, and its rest is not looked at here. */
export const LINT_LIMIT = 20_000;

/** Zeros of scripts whose digits NFKC leaves alone: Arabic, Persian, Devanagari, Bengali, Gurmukhi, Gujarati, Tamil, Thai. */
const ZEROS = [0x660, 0x6f0, 0x966, 0x9e6, 0xa66, 0xae6, 0xbe6, 0xe50];

/** The text as it is read, and for each of its units the range where it stood. */
interface Read {
  readonly text: string;
  readonly at: readonly (readonly [start: number, end: number])[];
}

/** Everything found, by position; what lies within an earlier or longer finding is not named again. */
export function findPersonalData(text: string): readonly PersonalData[] {
  const read = readAsSeen(text.slice(0, LINT_LIMIT));
  const found: PersonalData[] = [];
  for (const [kind, needs, pattern, accepts] of PATTERNS) {
    if (!NEEDS[needs].test(read.text)) continue;
    for (const match of read.text.matchAll(pattern)) {
      const word = match.groups?.['it'] ?? match[0];
      const from = match.index + match[0].indexOf(word);
      const trimmed = word.replace(/[\s.,;:!?)\]'"]+$/u, '');
      if (trimmed === '' || (accepts !== undefined && !accepts(trimmed, read.text, from))) continue;
      const [start] = read.at[from]!;
      const [, end] = read.at[from + trimmed.length - 1]!;
      if (!found.some((other) => start < other.end && other.start < end)) found.push({ kind, start, end });
    }
  }
  return found.sort((a, b) => a.start - b.start);
}

/** Each character by its compatibility form, digits of every script as ASCII, invisible marks gone, "(at)" as "@". */
function readAsSeen(text: string): Read {
  let seen = '';
  const at: (readonly [number, number])[] = [];
  let where = 0;
  for (const character of text) {
    const code = character.codePointAt(0)!;
    if (code >= 0x20 && code < 0x7f) {
      at.push([where, where + 1]);
      seen += character;
      where += 1;
      continue;
    }
    const zero = ZEROS.find((each) => code >= each && code <= each + 9);
    const plain = zero === undefined ? character.normalize('NFKC') : String(code - zero);
    const shown = /^[\p{Cf}\p{Mn}]+$/u.test(plain) ? '' : plain.replace(/[\p{Zs}\p{Cc}]/gu, ' ');
    for (let i = 0; i < shown.length; i++) at.push([where, where + character.length]);
    seen += shown;
    where += character.length;
  }
  return spoken({ text: seen, at });
}

/** "[at]", "(at)", " at the rate " and "(dot)" as the signs they stand for. */
function spoken({ text, at }: Read): Read {
  const signs: readonly (readonly [RegExp, string])[] = [
    [/ ?[[({<] ?(?:at|arroba|ät) ?[\])}>] ?/giu, '@'],
    [/ ?[[({<] ?(?:dot|punto|point) ?[\])}>] ?/giu, '.'],
    [
      /(?<=[a-z0-9]) (?:at|arroba) (?=[a-z0-9.-]{2,60}(?: (?:dot|punto) |\.)(?:com|org|net|es|de|fr|it|eu|uk|in|me|io)\b)/giu,
      '@',
    ],
    [/(?<=@[a-z0-9.-]{1,60}) (?:dot|punto) (?=[a-z]{2,10}\b)/giu, '.'],
  ];
  let read: Read = { text, at };
  for (const [pattern, sign] of signs) {
    let out = '';
    const places: (readonly [number, number])[] = [];
    let last = 0;
    for (const match of read.text.matchAll(pattern)) {
      out += read.text.slice(last, match.index) + sign;
      const next = match.index + match[0].length;
      places.push(...read.at.slice(last, match.index), [read.at[match.index]![0], read.at[next - 1]![1]]);
      last = next;
    }
    read = { text: out + read.text.slice(last), at: [...places, ...read.at.slice(last)] };
  }
  return read;
}

type Accepts = (word: string, text: string, from: number) => boolean;

const digitsIn = (word: string): number => word.replace(/\D/g, '').length;

/** Path beginnings that name an account, on any host; and hosts whose first path word is one. */
const PROFILE = /\/(?:@|~|u\/|users?\/|in\/|profiles?\/|people\/|member\/|channel\/|c\/|add\/)[^\s/]/iu;
const HANDLE_HOSTS =
  /^(?:https?:\/\/)?(?:www\.|m\.)?(?:instagram|facebook|x|twitter|tiktok|t|telegram|snapchat|onlyfans|fansly|reddit|linkedin|youtube|twitch|vk|threads|bsky|linktr|wa|discord|pinterest|tumblr)\.(?:com|me|net|ee|app|gg|tv|org)\/[^\s/]/iu;

const isProfile: Accepts = (word) => PROFILE.test(word) || HANDLE_HOSTS.test(word);

/** A full day at the beginning of the digits is a date, and a date of the post is no one's telephone. */
const isDateLike = (word: string): boolean =>
  /^(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4})(?!\d)/.test(word.trim());

const isPhone: Accepts = (word, text, from) => {
  const count = digitsIn(word);
  if (count < 7 || count > 15 || isDateLike(word)) return false;
  // Sections of statutes and numbers of files: "2022/2065", "IBAN" are read by their own patterns.
  if (/[/§]$/.test(text.slice(0, from))) return false;
  return (
    word.startsWith('+') ||
    count >= 9 ||
    /\b(?:tel|phone|mobile|móvil|teléfono|whatsapp|call)\W{0,4}$/iu.test(
      text.slice(Math.max(0, from - 20), from),
    )
  );
};

/** Luhn's check of card numbers (ISO/IEC 7812-1). */
const isCard: Accepts = (word) => {
  const digits = word.replace(/\D/g, '');
  if (digits.length < 13 || digits.length > 19) return false;
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const value = Number(digits[digits.length - 1 - i]) * (i % 2 === 0 ? 1 : 2);
    sum += value > 9 ? value - 9 : value;
  }
  return sum % 10 === 0;
};

/** Born before this year whoever is of age: a full date before it is hardly the day of a post. */
const NOBODYS_POST = 2008;
const isBirthYear: Accepts = (word) => {
  const year = Number(/(?:19|20)\d{2}/.exec(word)?.[0] ?? Number.NaN);
  return year >= 1900 && year < NOBODYS_POST;
};

const isIpv4: Accepts = (word) => word.split('.').every((part) => Number(part) <= 255);

const MONTHS = '(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|ene|abr|ago|dic)[\\p{L}]{0,8}\\.?';
const DATE = `(?:\\d{4}[-/.]\\d{1,2}[-/.]\\d{1,2}|\\d{1,2}[-/.]\\d{1,2}[-/.](?:19|20)?\\d{2}|\\d{1,2}(?:st|nd|rd|th|º)?(?: de| of)? ${MONTHS}(?: de|,)? (?:19|20)\\d{2}|${MONTHS} \\d{1,2}(?:st|nd|rd|th)?,? (?:19|20)\\d{2})`;

/** Signs without which a pattern cannot match: most texts have few of them, and are read in a fraction of the time. */
const NEEDS = {
  digit: /\d/,
  at: /@/,
  dot: /\./,
  slash: /\//,
  capital: /\p{Lu}/u,
  hex: /[0-9a-f]{32}/i,
} as const;

/** The surest first: what an earlier pattern took, a later one does not name again. */
const PATTERNS: readonly (readonly [PersonalDataKind, keyof typeof NEEDS, RegExp, Accepts?])[] = [
  ['email', 'at', /[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,5}/gu],
  ['profile-link', 'dot', /(?:https?:\/\/|www\.)[^\s<>"']{3,2000}/giu, isProfile],
  ['link', 'dot', /(?:https?:\/\/|www\.|hxxps?:\/\/)[^\s<>"']{3,2000}/giu],
  [
    'profile-link',
    'dot',
    /(?<![\p{L}\p{N}@.-])(?:[a-z0-9-]{1,40}\.){1,3}(?:com|net|org|me|app|gg|tv|ee|io|es|de|fr|it|uk|eu)\/[^\s<>"']{1,500}/giu,
    isProfile,
  ],
  [
    'link',
    'dot',
    /(?<![\p{L}\p{N}@.-])(?:[a-z0-9-]{1,40}\.){1,3}(?:com|net|org|me|app|gg|tv|ee|io|es|de|fr|it|uk|eu)(?:\/[^\s<>"']{1,500}|(?![\p{L}\p{N}]))/giu,
  ],
  [
    'iban',
    'digit',
    /(?<![\p{L}\p{N}])[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?(?![\p{L}\p{N}])/giu,
    (word) => digitsIn(word) >= 8,
  ],
  ['hash', 'hex', /(?<![\p{L}\p{N}])[0-9a-f]{32,128}(?![\p{L}\p{N}])/giu],
  ['ip-address', 'digit', /(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d.]*\d)/gu, isIpv4],
  ['ip-address', 'digit', /(?<![\p{L}\p{N}:])(?:[0-9a-f]{1,4}:){3,7}:?[0-9a-f]{1,4}(?![\p{L}\p{N}:])/giu],
  ['position', 'digit', /-?\d{1,2}\.\d{4,10}°? ?[NS]?,? -?\d{1,3}\.\d{4,10}/gu],
  [
    'date-of-birth',
    'digit',
    new RegExp(
      `(?:born|birth|birthday|d\\.?o\\.?b|naci[oóda]{1,3}|nacimiento|cumplea\\p{L}{1,4}|née?)[^.!?\\n]{0,24}?(?<it>${DATE})`,
      'giu',
    ),
  ],
  ['date-of-birth', 'digit', new RegExp(`(?<![\\d/-])${DATE}(?![\\d/-])`, 'giu'), isBirthYear],
  [
    'id-number',
    'digit',
    /(?<![\p{L}\p{N}])(?:\d{3}-\d{2}-\d{4}|\d{8}-?[A-HJ-NP-TV-Z]|[XYZ]-?\d{7}-?[A-Z])(?![\p{L}\p{N}])/giu,
  ],
  ['card', 'digit', /(?<![\p{L}\p{N}])\d(?:[ -]?\d){12,18}(?![\p{L}\p{N}])/gu, isCard],
  [
    'phone',
    'digit',
    /(?<![\p{L}\p{N}/.])(?:\+ ?|00|\()?\d(?:[ ().-]{0,2}\d){6,18}(?![\p{L}\p{N}/])/gu,
    isPhone,
  ],
  ['number', 'digit', /(?<![\p{L}\p{N}])\d{9,40}(?![\p{L}\p{N}])/gu],
  ['handle', 'at', /(?<![\p{L}\p{N}@._%+-])@ ?[\p{L}\p{N}_][\p{L}\p{N}_.-]{1,40}/gu],
  ['handle', 'slash', /(?<![\p{L}\p{N}/])\/?u\/[A-Za-z0-9_-]{3,30}/gu],
  [
    'street',
    'digit',
    /(?<![\p{L}\p{N}])\d{1,5} (?:\p{Lu}[\p{L}'-]{1,20} ){1,3}(?:Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Boulevard|Blvd|Square|Terrace|Court)(?![\p{L}])/gu,
  ],
  [
    'street',
    'digit',
    /(?<![\p{L}])(?:[Cc]alle|[Aa]venida|[Pp]laza|[Pp]aseo|[Cc]\/|[Rr]ue|[Vv]ia) (?:de (?:la )?)?\p{Lu}[\p{L}'-]{1,20}(?: \p{L}{1,20}){0,3},? (?:n\.?º? ?)?\d{1,5}/gu,
  ],
  [
    'titled-name',
    'capital',
    /(?<![\p{L}])(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Sra|Srta|Sr|Dña|Doña|Don|Herr|Frau|Mme|M\.)\.? (?=\p{Lu})\p{Lu}[\p{L}'-]{1,30}(?: \p{Lu}[\p{L}'-]{1,30}){0,2}/gu,
  ],
  [
    'titled-name',
    'capital',
    /(?:(?:is|was) (?:called|named)|(?:her|his|their) name (?:is|was)|se llama|llamad[ao]|su nombre es|my name is|me llamo) (?<it>\p{Lu}[\p{L}'-]{1,30}(?: \p{Lu}[\p{L}'-]{1,30}){0,2})/gu,
  ],
];
