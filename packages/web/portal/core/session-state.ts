/**
 * What the screens see of a visit. Plain frozen values; a new one after each change.
 * @module
 */

import type { SentText } from '@reclaim/casework/takedown/sent-text';
import type { KeptNotice, TakedownRecord } from '@reclaim/casework/takedown/takedown-record';
import type { Kept, SignalReceipt } from '@reclaim/casework/wire-case';
import type { WatchedRecovery } from '@reclaim/casework/wire-recovery';
import type { WireHelper } from '@reclaim/casework/wire-thread';
import type { WireWatch } from '@reclaim/casework/wire-watch';
import type { PdqSignal, Sha256Signal, Signal } from '@reclaim/fingerprint/signal';
import type { CaseThread } from '@reclaim/vault/case-thread';
import type { ApiRefusal } from './node-api.ts';
import type { CodeCheck, ShownCode } from './vault-desk.ts';
import type { OpenedThread } from './vault-desk-threads.ts';

/** The answer to the age question. Without `no` no picture is taken. */
export type Under18 = 'unasked' | 'no' | 'yes' | 'not-sure';

/** A picture that was fingerprinted and not sent yet. */
export type PictureView = {
  readonly id: string;
  readonly label: string;
  readonly pdq?: PdqSignal;
  readonly sha256?: Sha256Signal;
};

/**
 * What is known of a banked signal: not asked yet, the node's receipt, `gone` (withdrawn or expired: the node knows
 * nothing of it any more), or why it could not be asked.
 */
export type ReceiptView =
  | { readonly kind: 'unasked' }
  | { readonly kind: 'answered'; readonly receipt: SignalReceipt; readonly at: number }
  | { readonly kind: 'gone'; readonly at: number }
  | { readonly kind: 'unknown'; readonly reason: ApiRefusal };

/** A signal of the case. Its capability stays inside the session. */
export type SignalView = {
  readonly kind: Signal['kind'];
  /** The picture it is of; a picture may have two signals. */
  readonly picture: string;
  readonly label: string;
  readonly bankedAt: number;
  readonly signal?: Signal;
  readonly receipt: ReceiptView;
};

/** What is known of a thread: not read yet, read (or found damaged), or gone from the node. `helper`: who has it now. */
export type ThreadKnown =
  | { readonly kind: 'unasked' }
  | { readonly kind: 'read'; readonly opened: OpenedThread; readonly helper: string | undefined }
  | { readonly kind: 'gone' };

/** A thread of the case. Its secrets stay inside the session. */
export type ThreadView = {
  readonly id: string;
  readonly helper: CaseThread['helper'];
  readonly shares: CaseThread['shares'];
  /** Entries of the helper that the person has not read. */
  readonly unread: number;
  /** Whether anything of it was ever seen at the node. */
  readonly began: boolean;
  readonly known: ThreadKnown;
};

/** What is known of a watch: not asked yet, how it stood, or that the node has none any more. */
export type WatchKnown =
  | { readonly kind: 'unasked' }
  | { readonly kind: 'known'; readonly watch: WireWatch; readonly at: number }
  | { readonly kind: 'gone' };

/** An address that the node watches. Its capability stays inside the session. */
export type WatchView = { readonly link: string; readonly begunAt: number; readonly known: WatchKnown };

/** What is known of the recovery of the case: not asked yet, how it stands, or that the node has none any more. */
export type RecoveryView =
  | { readonly kind: 'unasked' }
  | { readonly kind: 'watched'; readonly watched: WatchedRecovery }
  | { readonly kind: 'gone' };

/** What is going on, and how far: `of` is 0 where nobody knows. */
export type Busy = {
  readonly what:
    | 'keys'
    | 'sending'
    | 'opening'
    | 'saving'
    | 'asking'
    | 'withdrawing'
    | 'helping'
    | 'recovering'
    | 'watching'
    | 'evidence';
  readonly done: number;
  readonly of: number;
};

/**
 * A visit. `empty`: nothing was given. `draft`: something was given and no case is open. `open`: a case is open.
 * `locked`: keys and plain text are forgotten; the code opens it again. `withdrawn`: everything was withdrawn here.
 */
export type SessionView = {
  readonly kind: 'empty' | 'draft' | 'open' | 'locked' | 'withdrawn';
  readonly under18: Under18;
  /** Not sent yet. */
  readonly pictures: readonly PictureView[];
  /** What the open case holds. */
  readonly signals: readonly SignalView[];
  readonly answers: Readonly<Record<string, string>>;
  readonly notes: string;
  /** Links that the person wants gone, with what happened to each. Secrets. */
  readonly takedowns: readonly TakedownRecord[];
  /** Notices as they were sent. Secrets. */
  readonly sentTexts: readonly SentText[];
  /** What was answered once for all notices. */
  readonly notice: KeptNotice;
  /** Threads with helpers. */
  readonly threads: readonly ThreadView[];
  /** Addresses that the node watches. Secrets. */
  readonly watches: readonly WatchView[];
  /** Who can be written to, once it was asked. */
  readonly helpers: readonly WireHelper[] | undefined;
  readonly recovery: RecoveryView;
  /** The day recovery was set up; `undefined` where it is not. */
  readonly recoveryMadeAt: number | undefined;
  /** The list of marked copies, where it is kept in the case. A secret. */
  readonly copies: string | undefined;
  /** Whether a code was made, and whether it was typed back. */
  readonly code: 'none' | 'shown' | 'checked';
  readonly busy: Busy | undefined;
  /** Whether something here is not in the case yet. */
  readonly unsaved: boolean;
  /** The lock is less than two minutes away; `touch` puts it off. */
  readonly lockWarning: boolean;
  /** Nothing lies under this code any more: it was changed, or all was erased, somewhere else. What was typed here is still here. */
  readonly elsewhere: boolean;
  /** A lock forgot unsent work: there was no code yet to keep it with. Until something new is given. */
  readonly lost: boolean;
  /** A lock forgot what was last added to the proof: it could not be sealed. Until the case is open again. */
  readonly lostProof: boolean;
};

/** Why something was not done here, beside what the network and the code can say. */
export type SessionRefusal =
  | 'under-18'
  | 'too-many'
  | 'nothing-to-send'
  | 'code-not-checked'
  | 'not-open'
  | 'already-open'
  | 'busy'
  | 'too-long'
  | 'newer'
  | 'unreadable'
  | 'no-memory'
  | 'stopped';

/** A refusal, with the wait where the node named one. */
export type Refused<R extends string = SessionRefusal | ApiRefusal> = {
  readonly ok: false;
  readonly reason: R;
  readonly retryAfterSeconds?: number;
};

/** What became of each picture that was sent. */
export type Sent =
  | {
      readonly ok: true;
      readonly signals: readonly {
        readonly picture: string;
        readonly kind: Signal['kind'];
        readonly result: Kept['signals'][number] | 'sent-before';
      }[];
    }
  | Refused;

/** What became of a withdrawal. `withdrawn` of `of` are done; a refusal can be tried again and goes on where it stopped. */
export type Withdrawn =
  | {
      readonly ok: true;
      readonly withdrawn: number;
      readonly caseDeleted: boolean;
      readonly threads: number;
      readonly recovery: boolean;
      readonly at: number;
    }
  | (Refused & { readonly withdrawn: number; readonly of: number });

/** What opening answers: the code's own refusals, or why the case did not come. */
export type Opened = CodeCheck | Refused;

/** What a step without an answer of its own answers. */
export type Done = { readonly ok: true } | Refused;

/** A code to be shown, or why there is none. */
export type CodeMade = ({ readonly ok: true } & ShownCode) | Refused;
