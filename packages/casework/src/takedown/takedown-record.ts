/**
 * Takedowns as they lie in a person's sealed case: each address with its events, and what the person answered once for all
 * notices. Read strictly, with limits, since a damaged or foreign document must neither be half taken nor cost time.
 *
 * No error repeats what stood in the document: links, names and numbers are secrets. Regimes, rules and declarations are checked
 * by their shape alone: the worker that opens a case need not carry the law, and a name that the law does not know means nothing.
 * @module
 */

import type { DeclarationId, Ticked } from '@reclaim/law/duty/declaration';
import type { NoticeDraft } from '@reclaim/law/duty/notice-draft';
import type { RegimeId, VersionPins } from '@reclaim/law/duty/rule';
import { SENDING_PROOFS, type TakedownEvent, type TrackName } from './takedown.ts';

/** Addresses that one case follows, at most. */
export const MAX_TAKEDOWNS = 1_000;

/** Events of one address, at most: past it the oldest looks are of no use to anybody. */
export const MAX_TAKEDOWN_EVENTS = 60;

/** Characters of an address that is followed, at most. Longer ones can be planned, copied and sent, and are not kept. */
export const MAX_TAKEDOWN_LINK = 2_000;

/** Characters of a number that a service gave, at most. */
export const MAX_NUMBER = 120;

/** An address in the case. */
export interface TakedownRecord {
  readonly link: string;
  readonly events: readonly TakedownEvent[];
}

/** What the person answered once, for every notice. */
export type KeptNotice = Omit<NoticeDraft, 'locations' | 'age'> & {
  /** ISO 3166-1 alpha-2, or `unknown`. */
  readonly country: string;
  /** ISO 3166-2, or `unknown`. */
  readonly subdivision: string;
  readonly madeByPerson: boolean | 'unknown';
  /** Whether `facts` is the sentence that was offered. */
  readonly factsSuggested: boolean;
};

/** Nothing answered yet. */
export const EMPTY_NOTICE: KeptNotice = Object.freeze({
  standing: 'not-said',
  authorityBasis: '',
  kind: 'not-said',
  facts: '',
  work: '',
  declarations: Object.freeze([]),
  signature: null,
  name: '',
  email: '',
  otherContact: '',
  country: 'unknown',
  subdivision: 'unknown',
  madeByPerson: 'unknown',
  factsSuggested: false,
});

/**
 * Checks the addresses of a case.
 * @throws {TypeError} naming what was expected; never what stood there
 */
export function parseTakedowns(value: unknown): readonly TakedownRecord[] {
  if (!Array.isArray(value) || value.length > MAX_TAKEDOWNS)
    throw new TypeError(`takedowns: expected at most ${MAX_TAKEDOWNS}`);
  const records = value.map(parseRecord);
  if (new Set(records.map((each) => each.link)).size !== records.length)
    throw new TypeError('takedowns: expected every address once');
  return records;
}

/**
 * Checks the answers of a case.
 * @throws {TypeError} naming what was expected; never what stood there
 */
export function parseKeptNotice(value: unknown): KeptNotice {
  const fields = exactly(value, Object.keys(EMPTY_NOTICE));
  const { signature, declarations } = fields;
  if (!Array.isArray(declarations) || declarations.length > 30)
    throw new TypeError('notice: expected declarations');
  return {
    standing: oneOf(fields['standing'], ['depicted', 'authorised', 'parent', 'other', 'not-said']),
    kind: oneOf(fields['kind'], ['authentic', 'forgery', 'threatened', 'not-said']),
    authorityBasis: text(fields['authorityBasis'], 1_000),
    facts: text(fields['facts'], 4_000),
    work: text(fields['work'], 1_000),
    declarations: declarations.map(parseTick),
    signature: signature === null ? null : parseSignature(signature),
    name: text(fields['name'], 200),
    email: text(fields['email'], 320),
    otherContact: text(fields['otherContact'], 300),
    country: place(fields['country'], /^([A-Z]{2}|unknown)$/),
    subdivision: place(fields['subdivision'], /^([A-Z]{2}-[A-Z0-9]{1,3}|unknown)$/),
    madeByPerson: oneOf(fields['madeByPerson'], [true, false, 'unknown']),
    factsSuggested: oneOf(fields['factsSuggested'], [true, false]),
  };
}

function parseRecord(value: unknown): TakedownRecord {
  const fields = exactly(value, ['link', 'events']);
  const { events } = fields;
  if (!Array.isArray(events) || events.length > MAX_TAKEDOWN_EVENTS)
    throw new TypeError(`takedown: expected at most ${MAX_TAKEDOWN_EVENTS} events`);
  const link = text(fields['link'], MAX_TAKEDOWN_LINK);
  if (!/^https?:\/\/./i.test(link)) throw new TypeError('takedown: expected a web address');
  return { link, events: events.map(parseEvent) };
}

function parseEvent(value: unknown): TakedownEvent {
  const type = record(value)['type'];
  const more =
    type === 'sent'
      ? Object.hasOwn(record(value), 'text')
        ? [...SENT, 'text']
        : SENT
      : type === 'acknowledged'
        ? ['number']
        : type === 'escalated'
          ? ['office']
          : [];
  const fields = exactly(value, ['type', 'track', 'at', ...more]);
  const track = trackName(fields['track']);
  const at = instant(fields['at']);
  switch (type) {
    case 'added':
    case 'removed':
    case 'refused':
    case 'silent':
    case 'reappeared':
    case 'seen-gone':
    case 'reminded':
    case 'appealed':
    case 'dropped':
    case 'taken-back':
      return { type, track, at };
    case 'acknowledged':
      return { type, track, at, number: text(fields['number'], MAX_NUMBER) };
    case 'escalated':
      return { type, track, at, office: name(fields['office']) };
    case 'sent':
      return {
        type,
        track,
        at,
        channel: fields['channel'] === '' ? '' : name(fields['channel']),
        regimes: regimes(fields['regimes']),
        complete: regimes(fields['complete']),
        pins: pins(fields['pins']),
        proof: oneOf(fields['proof'], SENDING_PROOFS),
        number: text(fields['number'], MAX_NUMBER),
        contact: oneOf(fields['contact'], [true, false]),
        ...(fields['text'] === undefined ? {} : { text: name(fields['text']) }),
      };
    default:
      throw new TypeError('takedown: expected the type of an event');
  }
}

const SENT = ['channel', 'regimes', 'complete', 'pins', 'proof', 'number', 'contact'];

function parseTick(value: unknown): Ticked {
  const fields = exactly(value, ['id', 'version', 'atMs']);
  return {
    id: name(fields['id']) as DeclarationId,
    version: text(fields['version'], 20),
    atMs: instant(fields['atMs']),
  };
}

function parseSignature(value: unknown): NonNullable<NoticeDraft['signature']> {
  const fields = exactly(value, ['kind', 'text', 'pseudonym']);
  return {
    kind: oneOf(fields['kind'], ['typed', 'drawn']),
    text: text(fields['text'], 200),
    pseudonym: oneOf(fields['pseudonym'], [true, false]),
  };
}

function regimes(value: unknown): readonly RegimeId[] {
  if (!Array.isArray(value) || value.length > 20) throw new TypeError('takedown: expected regimes');
  return value.map((each) => name(each) as RegimeId);
}

function pins(value: unknown): VersionPins {
  const entries = Object.entries(record(value));
  if (entries.length > 60) throw new TypeError('takedown: expected versions of rules');
  return Object.fromEntries(
    entries.map(([id, version]) => {
      if (!/^[A-Z0-9-]{1,40}$/.test(id)) throw new TypeError('takedown: expected the id of a rule');
      return [id, text(version, 20)];
    }),
  );
}

function trackName(value: unknown): TrackName {
  if (value === 'host') return 'host';
  if (typeof value === 'string' && /^engine-[a-z0-9-]{1,40}$/.test(value)) return value as TrackName;
  throw new TypeError('takedown: expected the name of a track');
}

function name(value: unknown): string {
  if (typeof value !== 'string' || !/^[a-z0-9-]{1,60}$/.test(value))
    throw new TypeError('takedown: expected a name of a-z 0-9 -');
  return value;
}

function place(value: unknown, shape: RegExp): string {
  if (typeof value !== 'string' || !shape.test(value)) throw new TypeError('notice: expected a place');
  return value;
}

function instant(value: unknown): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0 || value > 6.9e12)
    throw new TypeError('takedown: expected milliseconds since 1970');
  return value;
}

function text(value: unknown, most: number): string {
  if (typeof value !== 'string' || value.length > most || !value.isWellFormed())
    throw new TypeError(`takedown: expected well-formed text of at most ${most} characters`);
  return value;
}

function oneOf<const T extends string | boolean>(value: unknown, all: readonly T[]): T {
  const found = all.find((each) => each === value);
  if (found === undefined) throw new TypeError('takedown: expected a known word');
  return found;
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new TypeError('takedown: expected an object');
  return value as Readonly<Record<string, unknown>>;
}

function exactly(value: unknown, names: readonly string[]): Readonly<Record<string, unknown>> {
  const fields = record(value);
  const all = Object.keys(fields);
  if (all.length !== names.length || !names.every((each) => Object.hasOwn(fields, each)))
    throw new TypeError('takedown: expected exactly its fields');
  return fields;
}
