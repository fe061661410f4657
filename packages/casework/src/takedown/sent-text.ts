/**
 * Texts as they were sent: kept sealed in the case beside the marks of the sending, so that a later complaint quotes what was
 * said and not what would be said today, and so that they can be put with the proof.
 *
 * A text is kept once, however many links it named, and never changed. The room for them is bounded apart from that of links:
 * what does not fit is told, never cut, since half a notice proves nothing.
 * @module
 */

/** Texts that one case keeps, at most. */
export const MAX_SENT_TEXTS = 120;

/** Characters of one text, subject and body together, at most. */
export const MAX_SENT_TEXT = 16_000;

/** Characters of all texts of a case together, at most: what is left of a case of 248 KiB with a few hundred links in it. */
export const MAX_SENT_TEXTS_TOGETHER = 80_000;

/** A text as it was sent. */
export interface SentText {
  /** 1 to 60 of `a-z 0-9 -`; means nothing outside this case. */
  readonly id: string;
  /** When it was sent, milliseconds since 1970. */
  readonly at: number;
  /** BCP 47, two letters. */
  readonly language: string;
  readonly subject: string;
  readonly body: string;
}

/** How much of the room a text takes. */
function lengthOf({ subject, body }: Pick<SentText, 'subject' | 'body'>): number {
  return subject.length + body.length;
}

/** Whether there is room for one more text beside those that are there. */
export function hasRoomFor(texts: readonly SentText[], fresh: Pick<SentText, 'subject' | 'body'>): boolean {
  const all = texts.reduce((sum, each) => sum + lengthOf(each), 0);
  return (
    texts.length < MAX_SENT_TEXTS &&
    lengthOf(fresh) <= MAX_SENT_TEXT &&
    all + lengthOf(fresh) <= MAX_SENT_TEXTS_TOGETHER
  );
}

/**
 * Checks the texts of a case.
 * @throws {TypeError} naming what was expected; never what stood there
 */
export function parseSentTexts(value: unknown): readonly SentText[] {
  if (!Array.isArray(value)) throw new TypeError('sent texts: expected a list');
  const texts: SentText[] = [];
  for (const each of value) {
    const text = parseSentText(each);
    if (!hasRoomFor(texts, text)) throw new TypeError('sent texts: expected fewer or shorter texts');
    if (texts.some(({ id }) => id === text.id)) throw new TypeError('sent texts: expected every id once');
    texts.push(text);
  }
  return texts;
}

function parseSentText(value: unknown): SentText {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new TypeError('sent text: expected an object');
  const fields = value as Readonly<Record<string, unknown>>;
  const { id, at, language, subject, body } = fields;
  if (Object.keys(fields).length !== 5) throw new TypeError('sent text: expected exactly its fields');
  if (typeof id !== 'string' || !/^[a-z0-9-]{1,60}$/.test(id))
    throw new TypeError('sent text: expected an id of a-z 0-9 -');
  if (typeof at !== 'number' || !Number.isSafeInteger(at) || at < 0 || at > 6.9e12)
    throw new TypeError('sent text: expected milliseconds since 1970');
  if (typeof language !== 'string' || !/^[a-z]{2}$/.test(language))
    throw new TypeError('sent text: expected a language of two letters');
  if (typeof subject !== 'string' || typeof body !== 'string' || !(subject + body).isWellFormed())
    throw new TypeError('sent text: expected well-formed texts');
  return { id, at, language, subject, body };
}
