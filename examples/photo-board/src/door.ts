/**
 * What the board does with a node, beside serving pages: it asks about new pictures, asks again where nobody answered,
 * passes reports on, and follows what became of its pictures.
 *
 * A preview address ends. While a picture waits, the node is asked about it again before that, with a new address: the
 * same item and bytes join the same job. The same happens after a decision was undone, since deciding erased the address.
 *
 * Of a picture that somebody gave notice of, the node knows nothing but its id: it says so (`noticed`), and is told where a
 * reviewer can see the picture, anew before each address ends, until something is decided.
 *
 * What is published, the node keeps the hashes of for a time, so that a picture that somebody protects later is found here
 * as well; half of that time before it ends they are kept anew. The address for reviewers is then the public one.
 *
 * A webhook tells of an outcome at once; asking goes on beside it and tells of whatever a webhook could not.
 *
 * Everything is written to the journal before it counts, so that a restart goes on where the last run ended: a picture
 * that was never asked about is asked about, a report that was never passed on is passed on, outcomes go on from the
 * cursor.
 * @module
 */

import type { Outcome, ReclaimClient, Standing } from '@reclaim/client/client';
import { followOutcomes } from '@reclaim/client/follow-outcomes';
import { ReclaimError } from '@reclaim/client/reclaim-error';
import { pause } from '@reclaim/client/retry-delay';
import { type GuardAnswer, type GuardClient, guardUpload } from '@reclaim/client/upload-guard';
import type { Photo, ReportReason } from './photo.ts';
import type { PhotoStore } from './photo-store.ts';

/** The part of the client that the board needs. */
export type BoardClient = GuardClient &
  Pick<ReclaimClient, 'complain' | 'outcomes' | 'preview' | 'report' | 'keepFile' | 'standings' | 'object'>;

/** What the door needs to know. */
export type DoorOptions = {
  readonly client: BoardClient;
  readonly store: PhotoStore;
  /** Where a reviewer sees a picture; made anew for each question, since it ends. */
  readonly previewUrl: (photo: Photo) => string;
  /** The page on which everybody sees the picture: what somebody copies from the address bar. */
  readonly pageUrl: (photo: Photo) => string;
  /** Where everybody sees a published picture. */
  readonly publicUrl: (photo: Photo) => string;
  /** For how many days the node keeps the hashes of what is published. */
  readonly keepDays: number;
  /** After how long a picture that still waits is given a new preview address, ms. */
  readonly renewMs: number;
  readonly now: () => number;
  /** Between two looks at outcomes, and between two tries of what was not answered, ms. */
  readonly intervalMs: number;
  /** A line for the operator: a closed code, never a picture's words, id or address. */
  readonly log: (line: string) => void;
};

/** Accounts whose standing is remembered, at most. */
const STANDINGS_KNOWN = 1000;

/** A running door. */
export type Door = {
  /** Asks about a picture that was just taken, and writes the answer down. */
  readonly ask: (photo: Photo, bytes: Uint8Array) => Promise<GuardAnswer>;
  /** Writes a report down and passes it on; now if the node is there, otherwise later. */
  readonly report: (photo: Photo, reason: ReportReason) => Promise<void>;
  /**
   * Passes an uploader's complaint on. Nothing of it is kept here, so it has to arrive now: `later` where the node is
   * away, `no` where it takes none (one was sent already, or its time is over).
   */
  readonly complain: (photo: Photo, facts: string) => Promise<'taken' | 'later' | 'no'>;
  /**
   * How the account behind a browser stands, as far as the node says now; where it is away, as it said last. What was never asked
   * suspends nobody: the picture waits until the node is there in any case.
   */
  readonly standings: (account: string) => Promise<readonly Standing[]>;
  /** Passes on that an account objects to its suspension: as with a complaint, now or not at all. */
  readonly object: (
    account: string,
    misuse: 'illegal-content' | 'unfounded-complaints',
    words: string,
  ) => Promise<'taken' | 'later' | 'no'>;
  /** Acts on an outcome that a webhook told of. One that was acted on already changes nothing. */
  readonly hear: (outcome: Outcome) => Promise<void>;
  /** Tries again now what was not answered yet. */
  readonly retry: () => Promise<void>;
  /** Ends the loops and waits for them. */
  readonly stop: () => Promise<void>;
};

/** Starts following and retrying. */
export function openDoor(options: DoorOptions): Door {
  const { client, store, previewUrl, pageUrl, publicUrl, keepDays, intervalMs, renewMs, now, log } = options;
  const halfMs = (keepDays * 24 * 3_600_000) / 2;
  const end = new AbortController();
  const inHand = new Set<string>();
  /** When the preview address that the node has of a picture is to be renewed. Lost in a restart: then it is renewed. */
  const renewAt = new Map<string, number>();

  /** What the node said last of accounts with something held against them, for when it is away. Lost in a restart. */
  const known = new Map<string, readonly Standing[]>();

  const onProblem = (error: ReclaimError) => {
    if (!end.signal.aborted) log(`node: ${error.code}`);
  };

  /** The picture as the node is told of it: where a reviewer sees it, and whose it is. */
  const itemOf = (photo: Photo) => ({
    id: photo.id,
    previewUrl: previewUrl(photo),
    ...(photo.account === undefined ? {} : { account: photo.account }),
  });

  /** Sends what is kept nowhere here, and says what became of it. */
  async function passOn(send: () => Promise<unknown>): Promise<'taken' | 'later' | 'no'> {
    try {
      await send();
      return 'taken';
    } catch (error) {
      if (!(error instanceof ReclaimError)) throw error;
      onProblem(error);
      return error.code === 'not-found' || error.code.startsWith('refused-') ? 'no' : 'later';
    }
  }

  async function ask(photo: Photo, bytes: Uint8Array): Promise<GuardAnswer> {
    inHand.add(photo.id);
    try {
      const item = itemOf(photo);
      const answer = await guardUpload(client, bytes, item, { onProblem, signal: end.signal });
      if (answer.kind === 'hold' && answer.retry) return answer;
      renewAt.set(photo.id, now() + renewMs);
      // The journal takes a verdict only from the first answer: once a job is open, outcomes decide.
      if (photo.asked) return answer;
      const verdict = ({ publish: 'publish', hold: 'hold', refuse: 'drop' } as const)[answer.kind];
      await store.record({ type: 'verdict', id: photo.id, verdict });
      if (verdict === 'publish') await keep(photo, bytes);
      return answer;
    } finally {
      inHand.delete(photo.id);
    }
  }

  /** Has the node keep a published picture's hashes. Where it cannot be asked, the next turn tries again. */
  async function keep(photo: Photo, bytes: Uint8Array): Promise<void> {
    try {
      // Without the account: of what is kept the node says nothing of its uploader.
      const item = { id: photo.id, previewUrl: publicUrl(photo) };
      const kept = await client.keepFile(bytes, item, keepDays, { signal: end.signal });
      // What cannot be hashed now could not be at its upload: asking again all the time would not mend it.
      const until = kept.kind === 'kept' ? kept.until : now() + 2 * halfMs;
      await store.record({ type: 'kept', id: photo.id, until });
    } catch (error) {
      if (end.signal.aborted) return;
      if (!(error instanceof ReclaimError)) throw error;
      onProblem(error);
    }
  }

  async function sendReport(photo: Photo, reason: ReportReason): Promise<void> {
    try {
      const item = itemOf(photo);
      await client.report({ item, reason }, { signal: end.signal });
      await store.record({ type: 'report-sent', id: photo.id, reason });
    } catch (error) {
      if (end.signal.aborted) return;
      if (!(error instanceof ReclaimError)) throw error;
      onProblem(error);
    }
  }

  async function sendPreview(photo: Photo): Promise<void> {
    try {
      const item = { ...itemOf(photo), location: pageUrl(photo) };
      await client.preview(item, { signal: end.signal });
      renewAt.set(photo.id, now() + renewMs);
    } catch (error) {
      if (end.signal.aborted) return;
      if (!(error instanceof ReclaimError)) throw error;
      onProblem(error);
    }
  }

  async function retry(): Promise<void> {
    const failed: unknown[] = [];
    for (const { id } of store.all()) {
      if (end.signal.aborted) return;
      // A file that is lost, or a line that the disk does not take, must not keep the others waiting.
      await tryOne(id).catch((error: unknown) => failed.push(error));
    }
    if (failed.length > 0) throw failed[0];
  }

  async function tryOne(id: string): Promise<void> {
    // Looked up again: while another picture was asked about, this one may have been decided.
    const photo = store.photo(id)!;
    const due = !photo.asked || now() >= (renewAt.get(photo.id) ?? 0);
    if (photo.state === 'waiting' && due && !inHand.has(photo.id)) {
      await ask(photo, await store.bytes(photo.id));
    }
    if (photo.noticed && photo.state === 'published' && now() >= (renewAt.get(photo.id) ?? 0)) {
      await sendPreview(photo);
    }
    const ends = now() + halfMs >= (photo.keptUntil ?? 0);
    if (photo.state === 'published' && ends && !inHand.has(photo.id)) {
      await keep(photo, await store.bytes(photo.id));
    }
    for (const [reason, state] of Object.entries(photo.reports)) {
      if (state === 'to-send') await sendReport(photo, reason as ReportReason);
    }
  }

  let trying = Promise.resolve();
  const tryAgain = () => {
    trying = trying.then(retry).catch((error: unknown) => log(`retry: ${nameOf(error)}`));
    return trying;
  };
  const timer = setInterval(() => void tryAgain(), intervalMs);
  void tryAgain();

  const follow = () =>
    followOutcomes(client, {
      after: store.position,
      intervalMs,
      signal: end.signal,
      onProblem,
      onOutcome: async ({ itemId, effect, ground, position }) => {
        if (store.photo(itemId) !== undefined) {
          await store.record({ type: 'outcome', id: itemId, effect, ground, position });
          renewAt.delete(itemId);
          if (effect === 'noticed') void tryAgain();
        }
      },
      onPosition: async (position) => {
        if (position > store.position) await store.record({ type: 'cursor', position });
      },
    });
  const followOn = async (): Promise<void> => {
    while (!end.signal.aborted) {
      try {
        await follow();
      } catch (error) {
        // Ended for good it would leave up what was taken down meanwhile: it goes on from the last line that was written.
        log(`outcomes: ${nameOf(error)}`);
        await pause(intervalMs, end.signal);
      }
    }
  };
  const following = followOn();

  return {
    ask,
    retry: tryAgain,
    hear: async ({ itemId, effect, ground, position }) => {
      const photo = store.photo(itemId);
      if (photo === undefined || position <= photo.position) return;
      await store.record({ type: 'outcome', id: itemId, effect, ground, position, hooked: true });
      renewAt.delete(itemId);
      if (effect === 'noticed') void tryAgain();
    },
    complain: (photo, facts) =>
      passOn(() => client.complain({ item: { id: photo.id }, facts }, { signal: end.signal })),
    standings: async (account) => {
      try {
        const told = await client.standings(account, { signal: end.signal });
        known.delete(account);
        if (told.length > 0) known.set(account, told);
        // The oldest is forgotten first: it is asked for again before it matters.
        for (const [oldest] of known) if (known.size > STANDINGS_KNOWN) known.delete(oldest);
        return told;
      } catch (error) {
        if (!(error instanceof ReclaimError)) throw error;
        onProblem(error);
        return (known.get(account) ?? []).filter((each) => each.until > now());
      }
    },
    object: (account, misuse, words) =>
      passOn(() => client.object({ account, misuse, words }, { signal: end.signal })),
    report: async (photo, reason) => {
      if (photo.reports[reason] !== undefined) return;
      await store.record({ type: 'reported', id: photo.id, reason });
      await sendReport(photo, reason);
    },
    stop: async () => {
      clearInterval(timer);
      end.abort();
      await Promise.all([trying, following]);
    },
  };
}

/** The kind of a mistake without its message, which may quote a path. */
function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'unknown';
}
