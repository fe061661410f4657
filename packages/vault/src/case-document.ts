/**
 * The case document: what a person's case holds, as versioned JSON. It exists in the clear only on the person's device.
 *
 * Version 3; version 1, which had no takedowns, no notice and no threads, and version 2, which kept no sent texts, are still
 * read. Read strictly: an unknown field, a missing one, or a text that is too long refuses the whole document, since a field
 * that this version silently dropped would be lost at the next saving. A higher version is told apart from damage
 * so that an old tab can say "reload" and leave the case as it is.
 *
 * A signal's value is optional: with it, the person sees on return what left their device; without it, somebody who gets
 * hold of the code learns no hash.
 * @module
 */

import { parseSentTexts, type SentText } from '@reclaim/casework/takedown/sent-text';
import {
  EMPTY_NOTICE,
  type KeptNotice,
  parseKeptNotice,
  parseTakedowns,
  type TakedownRecord,
} from '@reclaim/casework/takedown/takedown-record';
import { parsePdqHash, parsePipeline, parseSha256, type Signal } from '@reclaim/fingerprint/signal';
import { type Capability, parseCapability } from './capability.ts';
import { type CaseRecovery, type CaseThread, parseCaseRecovery, parseCaseThreads } from './case-thread.ts';
import { type CaseWatch, parseCaseWatches } from './case-watch.ts';

/** The version that this file writes. */
export const CASE_VERSION = 3;

/** Signals in a case, at most: as many as the node takes for one. */
export const MAX_SIGNALS = 32;

/** Characters of a label, at most. */
export const MAX_LABEL = 80;

/** Characters of the notes, at most. */
export const MAX_NOTES = 8_000;

/** Answers in a case, and characters of one, at most. Names are 1 to 40 of `a-z 0-9 -`. */
export const MAX_ANSWERS = 64;
/** Characters of one answer, at most. */
export const MAX_ANSWER = 400;

/** Characters of the list of marked copies, at most: some 400 names, or fewer with many time stamps. */
export const MAX_COPIES = 150_000;

/** A signal of the case, with what withdraws it. */
export type CaseSignal = {
  readonly kind: Signal['kind'];
  /** What the person calls the picture. */
  readonly label: string;
  /** Which signals are of one picture: 1 to 40 of `a-z 0-9 -`, random, meaning nothing outside this case. */
  readonly picture: string;
  /** The day it was banked (UTC), as its first millisecond. */
  readonly bankedAt: number;
  readonly capability: Capability;
  /** What left the device; absent where the person chose not to keep it. */
  readonly signal?: Signal;
};

/** A case. */
export type CaseDocument = {
  readonly version: typeof CASE_VERSION;
  readonly signals: readonly CaseSignal[];
  /** Answers by the name of their question. */
  readonly answers: Readonly<Record<string, string>>;
  readonly notes: string;
  /** Addresses that the person wants gone, each with what happened to it. */
  readonly takedowns: readonly TakedownRecord[];
  /** Notices as they were sent. */
  readonly sentTexts: readonly SentText[];
  /** What was answered once for all notices. */
  readonly notice: KeptNotice;
  /** Threads with helpers. */
  readonly threads: readonly CaseThread[];
  /** There where recovery was set up. */
  readonly recovery?: CaseRecovery;
  /**
   * The list of marked copies, where the person chose to keep it here: a text that is not looked into. It holds the secret
   * of the marks and names of others, and is opened to nobody else.
   */
  readonly copies?: string;
  /** Addresses that the node watches; there where any is. */
  readonly watches?: readonly CaseWatch[];
};

/** A document, or why there is none: `newer` was written by a later version of these pages. */
export type CaseReading =
  | { readonly ok: true; readonly document: CaseDocument }
  | { readonly ok: false; readonly reason: 'newer' | 'malformed' };

/** A case with nothing in it. */
export const EMPTY_CASE: CaseDocument = Object.freeze({
  version: CASE_VERSION,
  signals: Object.freeze([]),
  answers: Object.freeze({}),
  notes: '',
  takedowns: Object.freeze([]),
  sentTexts: Object.freeze([]),
  notice: EMPTY_NOTICE,
  threads: Object.freeze([]),
});

const NAME = /^[a-z0-9-]{1,40}$/;

/** Reads a document from its JSON text. */
export function readCase(text: string): CaseReading {
  try {
    const value: unknown = JSON.parse(text);
    const { version } = record(value);
    if (typeof version === 'number' && Number.isSafeInteger(version) && version > CASE_VERSION)
      return { ok: false, reason: 'newer' };
    return { ok: true, document: parseCase(upgraded(value, version)) };
  } catch {
    // What was thrown may quote the text: it goes no further.
    return { ok: false, reason: 'malformed' };
  }
}

/** A document of an earlier version as one of this. What it must not have it still must not have. */
function upgraded(value: unknown, version: unknown): unknown {
  if (version === 1) {
    const fields = exactly(record(value), ['version', 'signals', 'answers', 'notes']);
    return { ...fields, version: CASE_VERSION, takedowns: [], sentTexts: [], notice: EMPTY_NOTICE };
  }
  if (version !== 2) return value;
  const fields = exactly(
    record(value),
    ['version', 'signals', 'answers', 'notes', 'takedowns', 'notice'],
    ['threads', 'recovery'],
  );
  return { ...fields, version: CASE_VERSION, sentTexts: [] };
}

/**
 * Checks a document, whoever made it.
 * @throws {TypeError} naming the field that has not the form; never what stood there
 */
export function parseCase(value: unknown): CaseDocument {
  const fields = exactly(
    record(value),
    ['version', 'signals', 'answers', 'notes', 'takedowns', 'sentTexts', 'notice'],
    ['threads', 'recovery', 'copies', 'watches'],
  );
  if (fields['version'] !== CASE_VERSION) throw new TypeError(`case: expected version ${CASE_VERSION}`);
  const { signals } = fields;
  if (!Array.isArray(signals) || signals.length > MAX_SIGNALS)
    throw new TypeError(`case: expected at most ${MAX_SIGNALS} signals`);
  const parsed = signals.map(parseCaseSignal);
  if (new Set(parsed.map((signal) => signal.capability)).size !== parsed.length)
    throw new TypeError('case: expected every capability once');
  return {
    version: CASE_VERSION,
    signals: parsed,
    answers: parseAnswers(fields['answers']),
    notes: textUpTo(fields['notes'], MAX_NOTES),
    takedowns: parseTakedowns(fields['takedowns']),
    sentTexts: parseSentTexts(fields['sentTexts']),
    notice: parseKeptNotice(fields['notice']),
    threads: parseCaseThreads(fields['threads'] ?? []),
    ...(fields['recovery'] === undefined ? {} : { recovery: parseCaseRecovery(fields['recovery']) }),
    ...(fields['copies'] === undefined ? {} : { copies: textUpTo(fields['copies'], MAX_COPIES) }),
    ...(fields['watches'] === undefined ? {} : { watches: parseCaseWatches(fields['watches']) }),
  };
}

function parseCaseSignal(value: unknown): CaseSignal {
  const fields = exactly(record(value), ['kind', 'label', 'picture', 'bankedAt', 'capability'], ['signal']);
  const { kind, bankedAt, picture } = fields;
  if (kind !== 'pdq' && kind !== 'sha256') throw new TypeError('case signal: expected kind pdq or sha256');
  if (typeof bankedAt !== 'number' || !Number.isSafeInteger(bankedAt) || bankedAt < 0 || bankedAt > 8.64e15)
    throw new TypeError('case signal: expected bankedAt in milliseconds');
  if (bankedAt % 86_400_000 !== 0)
    throw new TypeError('case signal: expected bankedAt at the start of a day');
  if (typeof picture !== 'string' || !NAME.test(picture))
    throw new TypeError('case signal: expected picture');
  const signal = fields['signal'] === undefined ? undefined : parseSignal(fields['signal']);
  if (signal !== undefined && signal.kind !== kind) throw new TypeError('case signal: expected one kind');
  return {
    kind,
    label: textUpTo(fields['label'], MAX_LABEL),
    picture,
    bankedAt,
    capability: parseCapability(text(fields['capability'])),
    ...(signal === undefined ? {} : { signal }),
  };
}

function parseSignal(value: unknown): Signal {
  const fields = record(value);
  if (fields['kind'] === 'sha256') {
    exactly(fields, ['kind', 'value']);
    return { kind: 'sha256', value: parseSha256(text(fields['value'])) };
  }
  exactly(fields, ['kind', 'value', 'quality', 'pipeline']);
  const { kind, quality } = fields;
  if (kind !== 'pdq') throw new TypeError('signal: expected kind pdq or sha256');
  if (typeof quality !== 'number' || !Number.isInteger(quality) || quality < 0 || quality > 100)
    throw new TypeError('signal: expected a quality from 0 to 100');
  return {
    kind,
    value: parsePdqHash(text(fields['value'])),
    quality,
    pipeline: parsePipeline(text(fields['pipeline'])),
  };
}

function parseAnswers(value: unknown): Readonly<Record<string, string>> {
  const entries = Object.entries(record(value));
  if (entries.length > MAX_ANSWERS) throw new TypeError(`case: expected at most ${MAX_ANSWERS} answers`);
  return Object.fromEntries(
    entries.map(([name, answer]) => {
      if (!NAME.test(name)) throw new TypeError('case answer: expected a name of a-z 0-9 -');
      return [name, textUpTo(answer, MAX_ANSWER)];
    }),
  );
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new TypeError('case: expected an object');
  return value as Readonly<Record<string, unknown>>;
}

function exactly(
  fields: Readonly<Record<string, unknown>>,
  required: readonly string[],
  optional: readonly string[] = [],
): Readonly<Record<string, unknown>> {
  for (const name of required)
    if (!Object.hasOwn(fields, name)) throw new TypeError(`case: expected the field ${name}`);
  for (const name of Object.keys(fields))
    if (!required.includes(name) && !optional.includes(name)) throw new TypeError('case: unknown field');
  return fields;
}

function text(value: unknown): string {
  if (typeof value !== 'string') throw new TypeError('case: expected text');
  return value;
}

/** A lone surrogate has no UTF-8 and would come back as another character. */
function textUpTo(value: unknown, most: number): string {
  const read = text(value);
  if (read.length > most || !read.isWellFormed())
    throw new TypeError(`case: expected well-formed text of at most ${most} characters`);
  return read;
}
