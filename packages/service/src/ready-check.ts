/**
 * The ordinary upload check with ready signals, read without its schema.
 *
 * A door is asked the same shape all day, and reading it by the general schema costs a third of what the search does. This
 * knows that one shape: every field that must be there and none that is unknown, in the values of plain JSON. Whatever it
 * does not recognise it leaves to the schema, which refuses it and says why, or takes it; what it takes, the schema would
 * take, and as the same (a property test compares the two). On the way it makes bytes of the digits.
 * @module
 */

import {
  ITEM_ID,
  MAX_ITEMS,
  MAX_OWN_SIGNALS,
  type QuerySignal,
  type UploadItem,
  wireUploadItem,
} from '@reclaim/casework/wire';
import { MIN_QUALITY, ORIENTATIONS } from '@reclaim/fingerprint/pdq';
import { SIGNAL_BYTES } from '@reclaim/fingerprint/signal';
import {
  MIN_WINDOW_QUALITY,
  MOST_WINDOWS,
  WINDOW_KINDS,
  type WindowKind,
} from '@reclaim/fingerprint/windows';
import * as z from 'zod/mini';
import type { WindowQuery } from './index-keeper.ts';
import type { UploadQuery } from './upload-query.ts';

/** One upload whose signals were read. */
export type ReadyUpload = {
  readonly item: UploadItem;
  readonly signals: readonly QuerySignal[];
  readonly query: UploadQuery;
};

/** A body that was read here: what the parser of JSON hands to the route in place of the value. */
export class ReadyCheck {
  readonly uploads: readonly ReadyUpload[];

  constructor(uploads: readonly ReadyUpload[]) {
    this.uploads = uploads;
  }
}

type Fields = Readonly<Record<string, unknown>>;

const PIPELINE = /^[a-z0-9.+-]{1,40}$/;
const WINDOWS: ReadonlySet<unknown> = new Set(WINDOW_KINDS);

/** What stands for a character that is no lower-case hex digit. */
const NO_DIGIT = 0x80;

/** The value of each lower-case hex digit by its code. */
const DIGITS: Uint8Array = digitsByCode();

function digitsByCode(): Uint8Array {
  const digits = new Uint8Array(128).fill(NO_DIGIT);
  for (let value = 0; value < 16; value++) digits[value.toString(16).charCodeAt(0)] = value;
  return digits;
}

/** Reads a JSON text; `undefined` where it is none, or not of the ordinary shape. */
export function readReadyText(text: string): ReadyCheck | undefined {
  try {
    return readReadyCheck(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** Reads the value of a JSON text; `undefined` where it is not of the ordinary shape. */
export function readReadyCheck(value: unknown): ReadyCheck | undefined {
  if (!isRecordOf(value, 1) || !Array.isArray(value['items'])) return undefined;
  const { items } = value;
  if (items.length < 1 || items.length > MAX_ITEMS) return undefined;
  const uploads: ReadyUpload[] = [];
  for (const each of items as readonly unknown[]) {
    if (!isRecordOf(each, 2)) return undefined;
    const item = readItem(each['item']);
    const query = readSignals(each['signals']);
    if (item === undefined || query === undefined) return undefined;
    uploads.push({ item, signals: each['signals'] as QuerySignal[], query });
  }
  return new ReadyCheck(uploads);
}

/** Whether a value is an object with so many own fields; which they are, their reader sees. */
function isRecordOf(value: unknown, count: number): value is Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  let fields = 0;
  for (const _ in value) fields++;
  return fields === count;
}

function readItem(value: unknown): UploadItem | undefined {
  if (isRecordOf(value, 1)) {
    const { id } = value;
    return typeof id === 'string' && ITEM_ID.test(id) ? { id } : undefined;
  }
  const item = z.safeParse(wireUploadItem, value);
  return item.success ? item.data : undefined;
}

function readSignals(list: unknown): UploadQuery | undefined {
  if (!Array.isArray(list) || list.length < 1 || list.length > MAX_OWN_SIGNALS + MOST_WINDOWS)
    return undefined;
  const pdq: (readonly Uint8Array[])[] = [];
  const windows: WindowQuery[] = [];
  let own = 0;
  let hashes = 0;
  let sha256: Uint8Array | undefined;
  for (const signal of list as readonly unknown[]) {
    if (typeof signal !== 'object' || signal === null) return undefined;
    const fields = signal as Fields;
    switch (fields['kind']) {
      case 'sha256': {
        const [value] = bytesOf([fields['value']]) ?? [];
        if (value === undefined || !isRecordOf(signal, 2)) return undefined;
        own += 1;
        sha256 ??= value;
        break;
      }
      case 'pdq': {
        const values = readHash(fields);
        if (values === undefined) return undefined;
        own += 1;
        hashes += 1;
        if ((fields['quality'] as number) >= MIN_QUALITY) pdq.push(values);
        break;
      }
      case 'window': {
        const window = readWindow(fields);
        if (window === undefined) return undefined;
        if ((fields['quality'] as number) >= MIN_WINDOW_QUALITY) windows.push(window);
        break;
      }
      default:
        return undefined;
    }
  }
  return own > MAX_OWN_SIGNALS ? undefined : { pdq, sha256, windows, hashes };
}

/** The hashes that a PDQ signal asks with: its orientations, or where it has none its value. */
function readHash(fields: Fields): readonly Uint8Array[] | undefined {
  const { value, quality, pipeline, orientations } = fields as Record<string, unknown>;
  if (!isQuality(quality) || typeof pipeline !== 'string' || !PIPELINE.test(pipeline)) return undefined;
  if (orientations === undefined) return isRecordOf(fields, 4) ? bytesOf([value]) : undefined;
  if (!isRecordOf(fields, 5) || !Array.isArray(orientations) || orientations.length !== ORIENTATIONS.length)
    return undefined;
  // The first is the hash itself, as a rule; where it is not, that has still to be one.
  if (orientations[0] !== value && bytesOf([value]) === undefined) return undefined;
  return bytesOf(orientations);
}

function readWindow(fields: Fields): WindowQuery | undefined {
  const { window, value, mirror, quality } = fields as Record<string, unknown>;
  if (!isRecordOf(fields, 5) || !isQuality(quality) || !WINDOWS.has(window)) return undefined;
  const bytes = bytesOf([value, mirror]);
  return bytes && { window: window as WindowKind, value: bytes[0]!, mirror: bytes[1]! };
}

function isQuality(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 0 && (value as number) <= 100;
}

/** The 32 bytes of each value, in one memory; `undefined` where one is not 64 lower-case hex digits. */
function bytesOf(values: readonly unknown[]): readonly Uint8Array[] | undefined {
  const all = new Uint8Array(SIGNAL_BYTES * values.length);
  const each: Uint8Array[] = [];
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (typeof value !== 'string' || value.length !== 2 * SIGNAL_BYTES) return undefined;
    const from = SIGNAL_BYTES * i;
    let seen = 0;
    for (let byte = 0; byte < SIGNAL_BYTES; byte++) {
      // Behind the table is `undefined`, which `|` would take for 0.
      const upper = DIGITS[value.charCodeAt(2 * byte)] ?? NO_DIGIT;
      const lower = DIGITS[value.charCodeAt(2 * byte + 1)] ?? NO_DIGIT;
      seen |= upper | lower;
      all[from + byte] = (upper << 4) | lower;
    }
    if (seen >= NO_DIGIT) return undefined;
    each.push(all.subarray(from, from + SIGNAL_BYTES));
  }
  return each;
}
