/**
 * The desk of a helper: what the worker does that holds the helper's key. The key never crosses to the page; the page holds
 * the file that a passphrase locks.
 *
 * States: *locked* → *unlocked* (a file and its passphrase, or a key that was just made). Ending the worker locks.
 * @module
 */

import type {
  WireHelper,
  WireHelperKey,
  WireOriginalAsks,
  WireRings,
  WireShownFile,
  WireThread,
} from '@reclaim/casework/wire-thread';
import { type Entry, type EntryWords, parseThreadId } from '@reclaim/vault/messages/entry';
import { lockHelperKey, unlockHelperKey } from '@reclaim/vault/messages/helper-file';
import { openRing, sealRing } from '@reclaim/vault/messages/keyring';
import {
  keyWords,
  type Party,
  type PartyKeys,
  parseParty,
  partyKeys,
  publicParty,
} from '@reclaim/vault/messages/party';
import {
  openShared,
  openSharedFile,
  type SharedFile,
  type SharedItem,
} from '@reclaim/vault/messages/shared-items';
import {
  readThread,
  type Thread,
  type ThreadDamage,
  type ThreadHead,
  writeEntry,
} from '@reclaim/vault/messages/thread';
import {
  openAnswer,
  openAsk,
  openHalf,
  type SharedPlace,
  sealAnswer,
  sealAsk,
} from '@reclaim/vault/messages/two-person';
import { openLinePart } from '@reclaim/vault/recovery/line-part';
import { shareDigits, shareWords } from '@reclaim/vault/recovery/share-paper';
import { type AgeIdentity, drawAgeIdentity, recipientOf } from '@reclaim/vault/sealing/age-key';
import { base64url } from '@reclaim/vault/text-bytes';

/** Something that is open to a helper: no half of a key crosses to the page. */
export type ShownItem = Omit<SharedItem, 'file'> & {
  readonly file?: Omit<SharedFile, 'half'> & Pick<WireShownFile, 'pieces' | 'whole' | 'state' | 'second'>;
};

/** What a helper is asked as the second person. `reason` is absent where the question is not the chosen helper's own. */
export type ShownAsk = {
  readonly ask: WireOriginalAsks['asks'][number];
  readonly reason: string | undefined;
};

/** A part of a recovery, as it is read out. */
export type ShownPart = { readonly words: readonly string[]; readonly digits: readonly string[] };

/** A thread as a helper sees it: no key of it. `mine`: this helper wrote it. */
export type HelperThread = {
  /** What is wrong with it, and at which entry; absent where nothing is. */
  readonly damage?: { readonly reason: ThreadDamage | 'ring'; readonly at: number };
  readonly entries: readonly (Entry & { readonly mine: boolean; readonly byPerson: boolean })[];
  readonly followUps: Thread['followUps'];
  readonly head?: ThreadHead;
  readonly closed: boolean;
  readonly awaitsRekey: boolean;
  readonly shares: readonly {
    readonly share: string;
    readonly until: number;
    readonly items: readonly ShownItem[];
  }[];
};

/** An entry on its way to the node; `undefined` where the thread cannot be read. */
export type HelperRequest =
  | {
      readonly thread: string;
      readonly entry: { readonly seq: number; readonly epoch: number; readonly sealed: string };
      readonly rings?: WireRings;
      readonly helper?: WireHelper['id'];
    }
  | undefined;

/** What can be asked at the desk. Everything but the first two rejects while it is locked. */
export type HelperDesk = {
  /** Makes a key; `file` is what to keep of it. */
  readonly make: (passphrase: string) => Promise<{ readonly file: string; readonly party: Party }>;
  /** Unlocks a file; nothing where file and passphrase do not fit. */
  readonly unlock: (file: string, passphrase: string) => Promise<Party | undefined>;
  readonly read: (thread: WireThread, known: ThreadHead | undefined) => Promise<HelperThread>;
  readonly write: (thread: WireThread, words: EntryWords, at: number) => Promise<HelperRequest>;
  readonly handOver: (thread: WireThread, to: WireHelper, at: number) => Promise<HelperRequest>;
  /** Changes the thread's key after it was taken over, so that the helper before reads nothing that comes. */
  readonly rekey: (thread: WireThread, at: number) => Promise<HelperRequest>;
  readonly keyWords: (party: WireHelperKey['party']) => Promise<readonly string[]>;
  /** The question to the second person, signed and sealed to them. */
  readonly askOriginal: (place: SharedPlace, reason: string, second: WireHelper) => Promise<string>;
  /** Opens a file of a share from its pieces; nothing where it does not open, or is not what the person sealed. */
  readonly openFile: (
    thread: WireThread,
    place: SharedPlace,
    pieces: readonly string[],
  ) => Promise<Uint8Array<ArrayBuffer> | undefined>;
  /** The helpline's part that was fetched, on paper; nothing where it is not sealed to this key, or is none. */
  readonly openPart: (sealed: string) => Promise<ShownPart | undefined>;
  /** Reads what one is asked as the second person. */
  readonly readAsks: (asks: WireOriginalAsks['asks']) => Promise<readonly ShownAsk[]>;
  /** One's half, sealed to the helper whom the person chose; nothing where the question is not theirs. */
  readonly agree: (ask: WireOriginalAsks['asks'][number]) => Promise<string | undefined>;
};

/** A desk. `random` fills an array (`crypto.getRandomValues`); `work` is for tests alone. */
export function createHelperDesk(
  random: (bytes: Uint8Array<ArrayBuffer>) => Uint8Array,
  work?: number,
): HelperDesk {
  let self: PartyKeys | undefined;

  const held = (): PartyKeys => {
    if (self === undefined) throw new TypeError('helper: expected a key to be unlocked first');
    return self;
  };
  const opened = async (wire: WireThread, known?: ThreadHead) => {
    const keys = await openRing(wire.ring, held().identity);
    if (keys === undefined) return undefined;
    const knowledge = { id: parseThreadId(wire.thread), self: publicParty(held()), role: 'helper' } as const;
    const reading = await readThread(
      wire.entries,
      keys,
      known === undefined ? knowledge : { ...knowledge, known },
    );
    return { keys, reading };
  };
  const write = async (
    wire: WireThread,
    words: EntryWords,
    at: number,
    more: (
      thread: Thread,
      keys: readonly AgeIdentity[],
    ) => Promise<{ rings?: WireRings; helper?: WireHelper['id'] }>,
  ): Promise<HelperRequest> => {
    const known = await opened(wire);
    if (known === undefined || !known.reading.ok) return undefined;
    const { thread } = known.reading;
    const { head: _, ...entry } = await writeEntry(thread, held(), known.keys, words, at);
    return { thread: wire.thread, entry, ...(await more(thread, known.keys)) };
  };
  const rings = async (keys: readonly AgeIdentity[], person: Party, helper: Party): Promise<WireRings> => ({
    person: await sealRing(keys, person.recipient),
    helper: await sealRing(keys, helper.recipient),
  });

  return Object.freeze<HelperDesk>({
    make: async (passphrase) => {
      const identity = drawAgeIdentity(random(new Uint8Array(32)));
      const file = await lockHelperKey(identity, passphrase, work);
      self = await partyKeys(identity);
      return { file, party: publicParty(self) };
    },
    unlock: async (file, passphrase) => {
      const identity = await unlockHelperKey(file, passphrase);
      if (identity === undefined) return undefined;
      self = await partyKeys(identity);
      return publicParty(self);
    },
    read: async (wire, known) => {
      const { verifyKey, identity } = held();
      const shares = await Promise.all(
        wire.shares.map(async ({ share, until, sealed, files }) => ({
          share,
          until,
          items: ((await openShared(sealed, identity)) ?? []).map((item) => shownItem(item, files)),
        })),
      );
      const nothing = { entries: [], followUps: [], closed: false, awaitsRekey: false, shares };
      const result = await opened(wire, known);
      if (result === undefined) return { ...nothing, damage: { reason: 'ring', at: 0 } };
      const { reading } = result;
      const thread = reading.ok ? reading.thread : reading.upTo;
      const damage = reading.ok ? {} : { damage: { reason: reading.reason, at: reading.at } };
      if (thread === undefined) return { ...nothing, ...damage };
      return {
        ...damage,
        entries: thread.entries.map((entry) => ({
          ...entry,
          mine: entry.by === verifyKey,
          byPerson: entry.by === thread.person.verifyKey,
        })),
        followUps: thread.followUps,
        head: thread.head,
        closed: thread.closed,
        awaitsRekey: thread.awaitsRekey && thread.helper.verifyKey === verifyKey,
        shares,
      };
    },
    write: (wire, words, at) => write(wire, words, at, async () => ({})),
    handOver: (wire, to, at) => {
      const party = parseParty(to.party);
      return write(wire, { kind: 'hand-over', to: party }, at, async (thread, keys) => ({
        rings: await rings(keys, thread.person, party),
        helper: to.id,
      }));
    },
    rekey: async (wire, at) => {
      const key = drawAgeIdentity(random(new Uint8Array(32)));
      return write(wire, { kind: 'rekey', key: await recipientOf(key) }, at, async (thread, keys) => ({
        rings: await rings([...keys, key], thread.person, publicParty(held())),
      }));
    },
    keyWords: (party) => keyWords(parseParty(party)),
    askOriginal: (place, reason, second) =>
      sealAsk(place, reason, held(), parseParty(second.party).recipient),
    openFile: async (wire, place, pieces) => {
      const { identity } = held();
      const share = wire.shares.find((each) => each.share === place.share);
      const items = share === undefined ? undefined : await openShared(share.sealed, identity);
      const file = items?.find((item) => item.file?.name === place.file)?.file;
      if (file === undefined) return undefined;
      const answer = share?.files.find((each) => each.file === place.file)?.answer;
      const second = answer === undefined ? undefined : await openAnswer(answer, identity);
      const parts = pieces.map((piece) => base64url.decode(piece) as Uint8Array<ArrayBuffer>);
      const sealed = new Uint8Array(await new Blob(parts).arrayBuffer());
      return openSharedFile(sealed, file, identity, second);
    },
    openPart: async (sealed) => {
      const share = await openLinePart(sealed, held().identity);
      return share === undefined ? undefined : { words: shareWords(share), digits: shareDigits(share) };
    },
    readAsks: (asks) =>
      Promise.all(
        asks.map(async (ask) => {
          const half = await halfOf(ask, held().identity);
          const reason = half === undefined ? undefined : await openAsk(ask.ask, held().identity, half);
          return { ask, reason };
        }),
      ),
    agree: async (ask) => {
      const half = await halfOf(ask, held().identity);
      if (half === undefined) return undefined;
      const reason = await openAsk(ask.ask, held().identity, half);
      return reason === undefined ? undefined : sealAnswer(half);
    },
  });
}

/** One's half of exactly this file, whatever file the node says that it is of. */
async function halfOf(ask: WireOriginalAsks['asks'][number], identity: AgeIdentity) {
  const half = await openHalf(ask.half, identity);
  const same = half?.thread === ask.thread && half.share === ask.share && half.file === ask.file;
  return same ? half : undefined;
}

function shownItem({ file, ...item }: SharedItem, files: readonly WireShownFile[]): ShownItem {
  const there = files.find((each) => each.file === file?.name);
  if (file === undefined) return item;
  const { half, ...shown } = file;
  if (there === undefined)
    return {
      ...item,
      file: { ...shown, pieces: 0, whole: false, state: half === undefined ? 'open' : 'sealed' },
    };
  const { pieces, whole, state, second } = there;
  return { ...item, file: { ...shown, pieces, whole, state, ...(second === undefined ? {} : { second }) } };
}
