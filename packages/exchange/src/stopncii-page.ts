/**
 * A page of the StopNCII feed (`GET FetchHashes`), as python-threatexchange 1.2.16 describes it: the API of StopNCII's
 * own service is not published, so this follows its only open client, and differs from it in one thing that matters.
 * That client looks for `Withdrawn` in a record's value instead of its status, so what a person took back stays in its
 * banks for good; here `hashStatus` decides.
 *
 * A page is foreign bytes. Its frame must be right, or the page is refused whole: going on from a frame that was guessed
 * could skip records. A record is judged by itself: one that is wrong is counted by a closed reason, and stops nothing.
 * @module
 */

import { whyNotBankable } from '@reclaim/casework/bankable';
import { isSignalHex, type PdqHash, parsePdqHash, parsePipeline } from '@reclaim/fingerprint/signal';
import * as z from 'zod/mini';

/**
 * Why a record gives nothing to bank: it lacks a field or one is of the wrong form; it is of a kind that no bank here
 * holds; its hash is not 64 hex digits; or its bits are not those of a photograph's hash.
 */
export const RECORD_REFUSALS = Object.freeze(['malformed', 'other-type', 'not-hex', 'unbalanced'] as const);

/** One reason. */
export type RecordRefusal = (typeof RECORD_REFUSALS)[number];

/** One record: a hash that is to be looked for, or is not any more. */
export type FeedRecord = {
  readonly value: PdqHash;
  /** Whether it stands; a withdrawn or deleted one does not. */
  readonly live: boolean;
  /** Of how many organisations that said so the content was blocked, and was not. */
  readonly blocked: number;
  readonly notBlocked: number;
};

/** A page that was read. */
export type FeedPage = {
  readonly records: readonly FeedRecord[];
  readonly refused: Readonly<Record<RecordRefusal, number>>;
  /** Where to begin the next time, in the feed's own time, once all pages of this time were taken. */
  readonly next: number;
  /** What the following page is asked by; `undefined` on the last. */
  readonly token: string | undefined;
};

/** Why a page is refused whole. */
export type PageRefusal = 'not-json' | 'not-a-page' | 'too-many-records' | 'no-progress';

/** What came of reading a page. */
export type ReadPage =
  | { readonly ok: true; readonly page: FeedPage }
  | { readonly ok: false; readonly reason: PageRefusal };

/** Records of a page at most: 800 are asked for, and a feed may give more than was asked. */
const MOST_RECORDS = 20_000;

/** What hashes of this feed are said to come from. */
export const STOPNCII_PIPELINE = parsePipeline('stopncii-feed');

const wirePage = z.object({
  hashRecords: z.array(z.unknown()),
  nextSetTimestamp: z.int().check(z.gte(0), z.lte(1e13)),
  hasMoreRecords: z.boolean(),
  nextPageToken: z.optional(z.nullable(z.string().check(z.maxLength(4096)))),
});

/** What a record is recognised by, and all that taking one back needs. */
const wireNamed = z.object({ signalType: z.string(), hashValue: z.string(), hashStatus: z.string() });

const wireRecord = z.object({
  ...wireNamed.shape,
  lastModtimestamp: z.int(),
  CSPFeedbacks: z.optional(z.nullable(z.array(z.object({ source: z.string(), feedbackValue: z.string() })))),
});

/** Reads the text of a page. */
export function readFeedPage(text: string): ReadPage {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { ok: false, reason: 'not-json' };
  }
  const framed = wirePage.safeParse(json);
  if (!framed.success) return { ok: false, reason: 'not-a-page' };
  const { hashRecords, nextSetTimestamp, hasMoreRecords, nextPageToken } = framed.data;
  if (hashRecords.length > MOST_RECORDS) return { ok: false, reason: 'too-many-records' };
  // It says that there is more and not how to ask for it: going on would leave records out, unseen.
  if (hasMoreRecords && !nextPageToken) return { ok: false, reason: 'no-progress' };
  const refused: Record<RecordRefusal, number> = {
    malformed: 0,
    'other-type': 0,
    'not-hex': 0,
    unbalanced: 0,
  };
  // Of one value the last word counts, whatever stood before it.
  const records = new Map<string, FeedRecord>();
  for (const each of hashRecords) {
    const read = readRecord(each);
    if (typeof read === 'string') refused[read]++;
    else {
      records.delete(read.value);
      records.set(read.value, read);
    }
  }
  const token = hasMoreRecords ? (nextPageToken ?? undefined) : undefined;
  return { ok: true, page: { records: [...records.values()], refused, next: nextSetTimestamp, token } };
}

function readRecord(json: unknown): FeedRecord | RecordRefusal {
  const named = wireNamed.safeParse(json);
  if (!named.success) return 'malformed';
  const { signalType, hashValue, hashStatus } = named.data;
  const live = isLive(hashStatus);
  const parsed = wireRecord.safeParse(json);
  // What somebody took back must go, whatever is wrong with the rest of its record.
  if (live === undefined || (live && !parsed.success)) return 'malformed';
  const { CSPFeedbacks } = parsed.data ?? {};
  if (bare(signalType) !== 'ImagePDQ') return 'other-type';
  const hex = hashValue.toLowerCase();
  // In the real feed there was a "PDQ" of 32 digits, which broke the indexes of who trusted it.
  if (!isSignalHex(hex)) return 'not-hex';
  const value = parsePdqHash(hex);
  const signal = { kind: 'pdq', value, quality: 100, pipeline: STOPNCII_PIPELINE } as const;
  // What is taken back is taken back whatever it is; what is banked must be a hash of a photograph.
  if (live && whyNotBankable(signal) !== undefined) return 'unbalanced';
  const said = (answer: string): number =>
    new Set(
      (CSPFeedbacks ?? [])
        .filter(({ feedbackValue }) => bare(feedbackValue) === answer)
        .map((each) => each.source),
    ).size;
  return { value, live, blocked: said('Blocked'), notBlocked: said('NotBlocked') };
}

/** A name without the class that the open client writes before it: `StopNCIISignalType.ImagePDQ`. */
function bare(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1);
}

/** Whether a status means that the hash stands; `undefined` for a word that is none of the feed's. */
function isLive(status: string): boolean | undefined {
  switch (bare(status)) {
    case 'Unknown':
    case 'Received':
    case 'Active':
      return true;
    case 'Withdrawn':
    case 'Deleted':
      return false;
    default:
      return undefined;
  }
}
