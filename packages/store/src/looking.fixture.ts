/**
 * Members of the staff and claimed jobs, made straight in the store: what tests of looking and of holds begin with.
 * @module
 */

import { randomBytes } from 'node:crypto';
import type { Ruling } from '@reclaim/casework/decision';
import { type JobId, makeId, type StaffId } from '@reclaim/casework/id';
import type { Permission, WireStaff } from '@reclaim/casework/wire-staff';
import type { JobReader } from './job-rows.ts';
import { commandJob, type JobOutcome, openJob } from './jobs.ts';
import { drawStaffId } from './staff.ts';
import type { Store } from './store.ts';

/** A member of the staff, without a passkey. */
export async function staffMember(store: Store, permissions: Permission[]): Promise<WireStaff> {
  const id = drawStaffId();
  const pseudonym = `member ${id.slice(-6)}`;
  const now = store.now();
  await store.db
    .insertInto('staff')
    .values({ id, pseudonym, permissions, created_at: now, disabled_at: null })
    .execute();
  return { id, pseudonym, permissions, createdAt: now };
}

/** A job of an item with a preview, claimed by `by`. */
export async function claimedJob(store: Store, by: StaffId, previewUrl?: string): Promise<JobId> {
  const { jobId } = await openJob(store, 'system', {
    item: { id: randomBytes(8).toString('hex'), ...(previewUrl === undefined ? {} : { previewUrl }) },
    cause: 'report',
    interim: 'none',
    matches: [],
    contentTag: randomBytes(32),
  });
  await commandJob(store, by, { kind: 'claim', jobId, by, now: store.now() });
  return jobId;
}

/** Rules on a claimed job. */
export function rule(store: Store, by: StaffId, jobId: JobId, ruling: Ruling): Promise<JobOutcome> {
  const decision = { decisionId: makeId('decision', randomBytes(16)), ruling, automated: 'no' } as const;
  const facts = 'Looks younger than eighteen.';
  return commandJob(store, by, { kind: 'decide', jobId, by, now: store.now(), decision, facts });
}

/** Takes a ruling back, as `reader`. */
export function undo(store: Store, by: StaffId, jobId: JobId, reader: JobReader): Promise<JobOutcome> {
  return commandJob(store, by, { kind: 'undo', jobId, by, facts: 'decided in error' }, reader);
}
