/**
 * The tables, as the query builder sees them. One interface per table, in the order in which `migrations.ts` makes
 * them; what each column is for stands there, beside the SQL.
 * @module
 */

import type { SignalState } from '@reclaim/casework/banked-signal';
import type { ComplaintOutcome } from '@reclaim/casework/complaint';
import type { Decision, RemoveGround } from '@reclaim/casework/decision';
import type { ChainJson } from '@reclaim/casework/event-chain';
import type {
  ActorId,
  BankId,
  ComplaintId,
  DecisionId,
  JobId,
  KeyId,
  MisuseId,
  NoticeId,
  SignalId,
  StaffId,
} from '@reclaim/casework/id';
import type { JobCause, JobState } from '@reclaim/casework/job';
import type { Misuse, MisuseState } from '@reclaim/casework/misuse';
import type { NOTICE_STATES } from '@reclaim/casework/notice';
import type { Lane, NoticeTerms } from '@reclaim/casework/notice-terms';
import type { Band } from '@reclaim/casework/policy';
import type { Scope } from '@reclaim/casework/wire';
import type { FeedFault } from '@reclaim/casework/wire-exchange';
import type { LocalFeatureState } from '@reclaim/casework/wire-local-features';
import type { WireClock } from '@reclaim/casework/wire-notice';
import type { WirePublication } from '@reclaim/casework/wire-publication';
import type { Look, Permission } from '@reclaim/casework/wire-staff';
import type { FileState } from '@reclaim/casework/wire-thread';
import type { SignalKind } from '@reclaim/fingerprint/signal';
import type { EventKind, RegimeId } from '@reclaim/law/duty/rule';
import type { CheckedRecord } from '@reclaim/law/statement/record-check';
import type { StatementText } from '@reclaim/law/statement/statement';
import type { Generated, JSONColumnType } from 'kysely';

type ChainData = { readonly [key: string]: ChainJson | undefined };

/** Every table of the database. */
export type Tables = {
  readonly store_meta: { name: string; value: string };
  readonly chain_head: { id: number; seq: number; hash: string };
  readonly event: {
    seq: number;
    at: number;
    actor: string;
    type: string;
    data: JSONColumnType<ChainData>;
    commitments: JSONColumnType<{ readonly [name: string]: string }>;
    prev: string;
    hash: string;
  };
  readonly event_value: { seq: number; name: string; subject: string; salt: Buffer; value: string };
  readonly api_key: {
    id: KeyId;
    name: string;
    scopes: Scope[];
    secret_sha256: Buffer;
    created_at: number;
    expires_at: number | null;
    revoked_at: number | null;
  };
  readonly bank: {
    id: BankId;
    name: string;
    kind: 'positive' | 'negative';
    enabled: boolean;
    confident_bits: number;
    possible_bits: number;
  };
  readonly signal: {
    num: Generated<number>;
    id: SignalId;
    bank_id: BankId;
    kind: SignalKind;
    state: SignalState;
    sealed: Buffer | null;
    quality: number | null;
    pipeline: string | null;
    capability_sha256: Buffer | null;
    confirmed_by: DecisionId | null;
    disputed_from: 'unconfirmed' | 'confirmed' | null;
    day: number;
    expires_at: number | null;
    once_tag: Buffer | null;
  };
  readonly bank_change: { position: number; bank_id: BankId | null; signal_num: number | null };
  readonly job: {
    id: JobId;
    state: JobState;
    cause: JobCause;
    interim: 'held' | 'none';
    opened_at: number;
    opened_seq: number;
    item_id: string | null;
    preview_url: string | null;
    content_tag: Buffer | null;
    actor: ActorId | null;
    claimed_until: number | null;
    decision: JSONColumnType<Decision> | null;
    reported: Generated<boolean>;
    lane: Generated<Lane>;
    decided_at: number | null;
    account_tag: Buffer | null;
  };
  readonly job_match: {
    job_id: JobId;
    signal_id: SignalId;
    kind: SignalKind;
    band: Band;
    orientation: string;
    found_by: Generated<string>;
  };
  readonly judged: { content_tag: Buffer; signal_id: SignalId; job_id: JobId };
  readonly outcome: {
    position: number;
    job_id: JobId;
    item_id: string;
    effect: string;
    ground: RemoveGround | null;
  };
  readonly sealed_case: {
    lookup_tag: Buffer;
    auth_tag: Buffer;
    sealed: Buffer;
    version: number;
    day: number;
  };
  readonly exchange: {
    id: string;
    name: string;
    bank_id: BankId;
    host: string;
    sealed: Buffer;
    enabled: boolean;
    checkpoint: number;
    fetch: number;
    whole: boolean;
    refused: number;
    fetched_at: number | null;
    failing_since: number | null;
    failures: number;
    fault: FeedFault | null;
    next_at: number;
    leased_until: number;
    gone: number | null;
    gone_accepted: Generated<number>;
  };
  readonly exchange_record: {
    exchange_id: string;
    value_tag: Buffer;
    signal_id: SignalId | null;
    seen: number;
  };
  readonly webhook: {
    id: string;
    host: string;
    sealed_url: Buffer;
    sealed_secret: Buffer;
    position: number;
    failing_since: number | null;
    failures: Generated<number>;
    next_at: number;
    disabled_at: number | null;
  };
  readonly staff: {
    id: StaffId;
    pseudonym: string;
    permissions: Permission[];
    created_at: number;
    disabled_at: number | null;
  };
  readonly passkey: {
    credential_id: string;
    staff_id: StaffId;
    public_key: Buffer;
    counter: number;
    transports: string[];
    created_at: number;
  };
  readonly recovery_code: { code_sha256: Buffer; staff_id: StaffId };
  readonly staff_link: {
    token_sha256: Buffer;
    permissions: Permission[];
    expires_at: number;
    invited_by: StaffId | null;
  };
  readonly staff_session: {
    secret_sha256: Buffer;
    staff_id: StaffId;
    created_at: number;
    seen_at: number;
    recovered: boolean;
  };
  readonly view: {
    seq: number;
    job_id: JobId;
    staff_id: StaffId;
    look: Look;
    at: number;
    seconds: number | null;
  };
  readonly job_location: { tag: Buffer; job_id: JobId };
  readonly notice: {
    id: NoticeId;
    number: string;
    code_tag: Buffer;
    job_id: JobId;
    received_seq: number;
    received_at: number;
    state: (typeof NOTICE_STATES)[number];
    sealed: Buffer | null;
    terms: JSONColumnType<NoticeTerms>;
    decision_id: DecisionId | null;
    told_at: number | null;
  };
  readonly notifier: { notice_id: NoticeId; sealed: Buffer };
  readonly notice_fact: {
    seq: number;
    notice_id: NoticeId;
    kind: EventKind;
    at: number;
    decision_id: DecisionId | null;
    void: Generated<boolean>;
  };
  readonly notice_clock: {
    notice_id: NoticeId;
    rule_id: string;
    version: string;
    job_id: JobId;
    regime: RegimeId;
    applies: boolean;
    owed: boolean;
    state: WireClock['state'];
    reason: string | null;
    start_at: number | null;
    due_at: number | null;
    end_at: number | null;
    breached_seq: number | null;
    breached_at: number | null;
    warned: Generated<number>;
  };
  readonly complaint: {
    id: ComplaintId;
    job_id: JobId;
    notice_id: NoticeId | null;
    side: 'uploader' | 'notifier';
    decision_id: DecisionId;
    sealed: Buffer | null;
    received_at: number;
    answered_at: number | null;
    outcome: ComplaintOutcome | null;
    answer: Buffer | null;
  };
  readonly recovery: {
    lookup_tag: Buffer;
    auth_tag: Buffer;
    cancel_tag: Buffer;
    sealed: Buffer;
    asked_at: number | null;
    asked: number;
    given_out: boolean;
  };
  readonly recovery_part: {
    cancel_tag: Buffer;
    own_tag: Buffer;
    friend_tag: Buffer;
    sealed: Buffer;
    fetched: number;
    day: number | null;
  };
  readonly helper_key: { staff_id: StaffId; recipient: string; verify_key: string; open: boolean };
  readonly thread: {
    id: string;
    secret_tag: Buffer;
    helper_id: StaffId | null;
    person_ring: Buffer;
    helper_ring: Buffer | null;
    entries: number;
    day: number;
  };
  readonly thread_entry: { thread_id: string; seq: number; epoch: number; sealed: Buffer };
  readonly thread_share: { thread_id: string; share: string; sealed: Buffer; until: number };
  readonly thread_file: {
    thread_id: string;
    share: string;
    file: string;
    pieces: number;
    kept: number;
    state: FileState;
    second_id: StaffId | null;
    half: Buffer | null;
    ask: Buffer | null;
    answer: Buffer | null;
  };
  readonly thread_piece: { thread_id: string; share: string; file: string; piece: number; sealed: Buffer };
  readonly statement: {
    decision_id: DecisionId;
    job_id: JobId;
    made_at: number;
    record: JSONColumnType<CheckedRecord>;
    text: JSONColumnType<StatementText>;
    taken_back_at: number | null;
  };
  readonly content_head: {
    id: number;
    position: number;
    pruned_to: number;
    searching_to: number;
    searched_to: number;
  };
  readonly content: {
    num: Generated<number>;
    item_id: string | null;
    preview_url: string | null;
    sealed_pdq: Buffer | null;
    sealed_sha256: Buffer | null;
    pdq_hashes: Generated<number>;
    expires_at: number;
    position: number;
    pending: boolean;
  };
  readonly legal_hold: { job_id: JobId; basis: string; made_at: number; until: number };
  readonly local_features_switch: {
    id: number;
    state: LocalFeatureState;
    retention_days: number;
    proposed_by: StaffId | null;
    confirmed_by: StaffId | null;
    since: number | null;
  };
  readonly local_features: { num: Generated<number>; job_id: JobId; sealed: Buffer; expires_at: number };
  readonly publication: {
    id: string;
    kind: WirePublication['kind'];
    title: string;
    published_on: string;
    url: string | null;
    files: JSONColumnType<{ readonly name: string; readonly sha256: string }[]>;
    corrects: string | null;
    note: string;
    noted_at: number;
  };
  readonly unsealing: {
    notice_id: NoticeId;
    asked_by: StaffId;
    asked_at: number;
    sealed: Buffer;
    agreed_by: StaffId | null;
    agreed_at: number | null;
  };
  readonly misuse: {
    id: MisuseId;
    misuse: Misuse;
    subject_tag: Buffer;
    warned_at: number | null;
    suspended_at: number | null;
    suspended_until: number | null;
    suspended_by: StaffId | null;
    objection: MisuseState['objection'];
    disowned_at: number | null;
    sealed: Buffer | null;
  };
  readonly misuse_act: {
    misuse_id: MisuseId;
    decision_id: DecisionId;
    job_id: JobId;
    notice_id: NoticeId | null;
    at: number;
  };
  readonly misuse_sent: { misuse_id: MisuseId; day: number; sent: number };
  readonly evidence_record: { capability_tag: Buffer; sealed: Buffer; version: number; day: number };
  readonly watch: { capability_tag: Buffer; sealed: Buffer; next_at: number | null; day: number };
  readonly watch_place: { place_tag: Buffer };
  readonly watch_host: { host_tag: Buffer; watches: number; not_before: number };
};
