/**
 * The part of the vault's desk for threads and recovery: what the worker draws, seals, signs and opens for them. Nothing
 * is remembered between two calls but the keys of a recovery that is being asked for.
 * @module
 */

import type { NewLinePart, NewRecovery } from '@reclaim/casework/wire-recovery';
import type { NewThread, ThreadAppend, WireHelper, WireThread } from '@reclaim/casework/wire-thread';
import { type Capability, drawCapability, sha256OfText } from '@reclaim/vault/capability';
import { type CaseThread, NO_HEAD } from '@reclaim/vault/case-thread';
import { drawThreadId, type Entry, type EntryWords } from '@reclaim/vault/messages/entry';
import { openRing, sealRing } from '@reclaim/vault/messages/keyring';
import { keyWords, type Party, parseParty, partyKeys, publicParty } from '@reclaim/vault/messages/party';
import { type SharedItem, sealShared } from '@reclaim/vault/messages/shared-items';
import {
  beginThread,
  readThread,
  type Thread,
  type ThreadDamage,
  writeEntry,
} from '@reclaim/vault/messages/thread';
import { drawSplitKey, type SharedPlace, sealHalf } from '@reclaim/vault/messages/two-person';
import { type ReceiptCode, receiptWords } from '@reclaim/vault/receipt-code';
import { callOf, sealLinePart } from '@reclaim/vault/recovery/line-part';
import {
  openEnvelope,
  type RecoveryKeys,
  recoveryKeys,
  sealEnvelope,
} from '@reclaim/vault/recovery/recovery-keys';
import { readShare, type ShareOutcome, shareDigits, shareWords } from '@reclaim/vault/recovery/share-paper';
import {
  type Combined,
  combineShares,
  drawRecovery,
  type RecoveryShare,
  SHARES_RANDOM_BYTES,
} from '@reclaim/vault/recovery/shares';
import { type AgeIdentity, drawAgeIdentity, recipientOf } from '@reclaim/vault/sealing/age-key';
import { resealStream } from '@reclaim/vault/sealing/reseal';
import { sealStream } from '@reclaim/vault/sealing/seal';
import { base64url } from '@reclaim/vault/text-bytes';

/** A thread as the page sees it: no key of it. `mine`: the person wrote it. */
export type OpenedThread =
  | {
      readonly ok: true;
      readonly entries: readonly (Entry & { readonly mine: boolean })[];
      readonly head: CaseThread['head'];
      readonly helper: Party;
      readonly followUps: Thread['followUps'];
      readonly closed: boolean;
    }
  | {
      readonly ok: false;
      readonly reason: ThreadDamage | 'ring';
      readonly at: number;
      readonly entries: readonly (Entry & { readonly mine: boolean })[];
    };

/** An entry on its way to the node, with where the thread then is. */
export type WrittenEntry =
  | {
      readonly ok: true;
      readonly request: Omit<ThreadAppend, 'secret'>;
      readonly head: CaseThread['head'];
    }
  | { readonly ok: false; readonly reason: 'unreadable' };

/** A share as it is shown, on paper and on the screen. */
export type ShownShare = { readonly words: readonly string[]; readonly digits: readonly string[] };

/** Why two typed shares do not give a code back: of which, and what. */
export type SharesCheck =
  | { readonly ok: true; readonly lookupId: string; readonly authKey: string }
  | (Extract<ShareOutcome, { ok: false }> & { readonly which: number })
  | Extract<Combined, { ok: false }>;

/** The words to be said to a helpline for the part that it keeps, or why the typed part has none. */
export type CallWords =
  | { readonly ok: true; readonly words: readonly string[] }
  | (Extract<ShareOutcome, { ok: false }> & { readonly which: number });

/** A file on its way to the node. */
export type SealedFile = {
  readonly sealed: Blob;
  readonly halves?: { readonly half: string; readonly second: string };
};

/** What can be asked at this part of the desk. */
export type ThreadDesk = {
  /** Draws a thread with a helper; `kept` is for the case, `request` for the node. */
  readonly drawThread: (
    helper: WireHelper,
    at: number,
  ) => Promise<{ readonly kept: CaseThread; readonly request: Omit<NewThread, 'proof'> }>;
  readonly openThread: (kept: CaseThread, thread: WireThread) => Promise<OpenedThread>;
  readonly writeEntry: (
    kept: CaseThread,
    thread: WireThread,
    words: EntryWords,
    at: number,
  ) => Promise<WrittenEntry>;
  /** Gives a thread to another helper, or to another key of the same: the entry and the rings. A new key follows. */
  readonly moveThread: (
    kept: CaseThread,
    thread: WireThread,
    helper: WireHelper,
    at: number,
  ) => Promise<WrittenEntry>;
  /** Changes the thread's key: whoever was there before opens nothing that comes after. */
  readonly rekeyThread: (kept: CaseThread, thread: WireThread, at: number) => Promise<WrittenEntry>;
  readonly sealShare: (
    kept: CaseThread,
    helper: Party,
    items: readonly SharedItem[],
  ) => ReturnType<typeof sealShared>;
  /** A share of texts sealed anew to the helper's new key; nothing where it cannot be opened. */
  readonly resealShare: (kept: CaseThread, helper: Party, sealed: string) => Promise<string | undefined>;
  /**
   * Seals a file to the helper, or, with a second person, to a key that is split between the two: `half` is the helper's,
   * `second` is sealed to the second person.
   */
  readonly sealFile: (place: SharedPlace, helper: Party, file: Blob, second?: Party) => Promise<SealedFile>;
  readonly keyWords: (party: Party) => Promise<readonly string[]>;
  /** Draws a recovery of the code that this visit holds. */
  readonly drawShares: () => Promise<{
    readonly shares: readonly ShownShare[];
    readonly cancel: Capability;
    readonly request: Omit<NewRecovery, 'proof'>;
  }>;
  /** Seals the third of the shown shares to helpers, with the words by which each of the two others calls for it. */
  readonly sealLinePart: (
    shares: readonly ShownShare[],
    helpers: readonly Party[],
  ) => Promise<Pick<NewLinePart, 'calls' | 'sealed'>>;
  /** The words that call for the helpline's part, from a typed share. */
  readonly callFor: (typed: string) => Promise<CallWords>;
  /**
   * Reads two typed shares, or three, of which two do and the odd one is named; the names they give are for the node, the
   * key stays here.
   */
  readonly combine: (typed: readonly string[]) => Promise<SharesCheck>;
  /** The code in an envelope, as words to be typed; nothing where it is not of the shares that were typed. */
  readonly openEnvelope: (sealed: string) => Promise<readonly string[] | undefined>;
};

const DAY_MS = 86_400_000;

/** The part of the desk. `code` answers the code of this visit. */
export function createThreadDesk(
  random: (bytes: Uint8Array<ArrayBuffer>) => Uint8Array,
  code: () => ReceiptCode | undefined,
): ThreadDesk {
  let asking: RecoveryKeys | undefined;
  const drawIdentity = () => drawAgeIdentity(random(new Uint8Array(32)));

  const opened = async (kept: CaseThread, wire: WireThread) => {
    const keys = await openRing(wire.ring, kept.identity);
    if (keys === undefined) return undefined;
    const self = await partyKeys(kept.identity);
    const known = kept.head.seq === 0 ? {} : { known: kept.head };
    const reading = await readThread(wire.entries, keys, {
      id: kept.id,
      self: publicParty(self),
      role: 'person',
      ...known,
    });
    return { keys, self, reading };
  };

  const write = async (
    kept: CaseThread,
    wire: WireThread,
    words: EntryWords,
    at: number,
    more: (
      keys: readonly AgeIdentity[],
    ) => Promise<Omit<WrittenEntry & { ok: true }, never>['request'] | object> = async () => ({}),
  ): Promise<WrittenEntry> => {
    const known = await opened(kept, wire);
    if (known === undefined || !known.reading.ok) return { ok: false, reason: 'unreadable' };
    const { head, ...entry } = await writeEntry(known.reading.thread, known.self, known.keys, words, at);
    return { ok: true, request: { entry, ...(await more(known.keys)) }, head };
  };

  const rings = async (keys: readonly AgeIdentity[], kept: CaseThread, helper: Party) => ({
    person: await sealRing(keys, await recipientOf(kept.identity)),
    helper: await sealRing(keys, helper.recipient),
  });

  return Object.freeze<ThreadDesk>({
    drawThread: async (helper, at) => {
      const identity = drawIdentity();
      const key = drawIdentity();
      const secret = drawCapability(random(new Uint8Array(32)));
      const id = drawThreadId(random(new Uint8Array(32)));
      const self = await partyKeys(identity);
      const party = parseParty(helper.party);
      const { head: _, ...entry } = await beginThread(id, self, party, key, at);
      const kept: CaseThread = {
        id,
        secret,
        identity,
        helper: { id: helper.id, name: helper.name },
        beganAt: Math.floor(at / DAY_MS) * DAY_MS,
        head: NO_HEAD,
        read: 1,
        shares: [],
      };
      return {
        kept,
        request: {
          thread: id,
          secretSha256: await sha256OfText(secret),
          helper: helper.id,
          rings: await rings([key], kept, party),
          entry,
        },
      };
    },
    openThread: async (kept, wire) => {
      const known = await opened(kept, wire);
      if (known === undefined) return { ok: false, reason: 'ring', at: 0, entries: [] };
      const { reading, self } = known;
      const thread = reading.ok ? reading.thread : reading.upTo;
      const entries = (thread?.entries ?? []).map((entry) => ({
        ...entry,
        mine: entry.by === self.verifyKey,
      }));
      if (!reading.ok) return { ok: false, reason: reading.reason, at: reading.at, entries };
      const { head, helper, followUps, closed } = reading.thread;
      return { ok: true, entries, head, helper, followUps, closed };
    },
    writeEntry: (kept, wire, words, at) => write(kept, wire, words, at),
    moveThread: (kept, wire, helper, at) => {
      const party = parseParty(helper.party);
      return write(kept, wire, { kind: 'hand-over', to: party }, at, async (keys) => ({
        rings: await rings(keys, kept, party),
        helper: helper.id,
      }));
    },
    rekeyThread: async (kept, wire, at) => {
      const known = await opened(kept, wire);
      if (known === undefined || !known.reading.ok) return { ok: false, reason: 'unreadable' };
      const key = drawIdentity();
      const { helper } = known.reading.thread;
      return write(kept, wire, { kind: 'rekey', key: await recipientOf(key) }, at, async (keys) => ({
        rings: await rings([...keys, key], kept, helper),
      }));
    },
    sealShare: async (kept, helper, items) =>
      sealShared(items, [await recipientOf(kept.identity), parseParty(helper).recipient]),
    resealShare: async (kept, helper, sealed) => {
      const to = [await recipientOf(kept.identity), parseParty(helper).recipient];
      const old = new Blob([base64url.decode(sealed) as Uint8Array<ArrayBuffer>]).stream();
      const again = await resealStream(old, [kept.identity], to);
      if (!again.ok) return undefined;
      const bytes = new Uint8Array(await new Response(again.sealed as never).arrayBuffer());
      return base64url.encode(bytes);
    },
    sealFile: async (place, helper, file, second) => {
      const to = parseParty(helper);
      const key = second === undefined ? undefined : drawSplitKey(random(new Uint8Array(64)));
      const recipient = key === undefined ? to.recipient : await recipientOf(key.whole);
      const sealed = await new Response((await sealStream(file.stream(), [recipient])) as never).blob();
      if (key === undefined || second === undefined) return { sealed };
      const half = { ...place, half: key.second, for: to };
      return {
        sealed,
        halves: { half: key.first, second: await sealHalf(half, parseParty(second).recipient) },
      };
    },
    keyWords: (party) => keyWords(parseParty(party)),
    drawShares: async () => {
      const held = code();
      if (held === undefined) throw new TypeError('vault: expected a code to be drawn or entered first');
      const { key, shares } = await drawRecovery(random(new Uint8Array(SHARES_RANDOM_BYTES)));
      const keys = await recoveryKeys(key);
      key.fill(0);
      const cancel = drawCapability(random(new Uint8Array(32)));
      return {
        shares: shares.map((share) => ({ words: shareWords(share), digits: shareDigits(share) })),
        cancel,
        request: {
          lookupId: keys.lookupId,
          authSha256: keys.authSha256,
          cancelSha256: await sha256OfText(cancel),
          sealed: await sealEnvelope(held, keys),
        },
      };
    },
    sealLinePart: async (shown, helpers) => {
      const [own, friend, line] = shown.map(({ words }) => {
        const outcome = readShare(words.join(' '));
        if (!outcome.ok) throw new TypeError('vault: expected shares as they were shown');
        return outcome.share;
      });
      if (own === undefined || friend === undefined || line === undefined)
        throw new TypeError('vault: expected three shares');
      const to = helpers.map((party) => parseParty(party).recipient);
      return { calls: [await callOf(own), await callOf(friend)], sealed: await sealLinePart(line, to) };
    },
    callFor: async (typed) => {
      const outcome = readShare(typed);
      if (!outcome.ok) return { ...outcome, which: 0 };
      return { ok: true, words: (await callOf(outcome.share)).split(' ') };
    },
    combine: async (typed) => {
      const shares: RecoveryShare[] = [];
      for (const [which, each] of typed.entries()) {
        const outcome = readShare(each);
        if (!outcome.ok) return { ...outcome, which };
        shares.push(outcome.share);
      }
      const combined = await combineShares(shares);
      if (!combined.ok) return combined;
      asking = await recoveryKeys(combined.key);
      combined.key.fill(0);
      return { ok: true, lookupId: asking.lookupId, authKey: asking.authKey };
    },
    openEnvelope: async (sealed) => {
      const found = asking === undefined ? undefined : await openEnvelope(sealed, asking);
      return found === undefined ? undefined : receiptWords(found);
    },
  });
}
