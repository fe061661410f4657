/**
 * Jobs made by a counter: no person, no picture, no hash value in them.
 * @module
 */

import { parseUtcMs } from '@reclaim/casework/instant';
import { type WireJob, wireJob } from '@reclaim/casework/wire';

/** An id with a number in it. */
export function fixtureId(prefix: string, n: number): string {
  return `${prefix}_${n.toString(16).padStart(32, '0')}`;
}

/** The beginning of the fixtures' time. */
export const FIXTURE_START = parseUtcMs(Date.UTC(2026, 0, 5, 8));

/** A job, number `n`, opened `n` minutes after the start; what is given replaces what is made. Parsed by the wire. */
export function fixtureJob(n: number, parts: Record<string, unknown> = {}): WireJob {
  return wireJob.parse({
    id: fixtureId('job', n),
    state: 'queued',
    cause: 'upload-check',
    interim: n % 3 === 0 ? 'none' : 'held',
    openedAt: FIXTURE_START + n * 60_000,
    item: { id: `photo-${n}` },
    matches: [fixtureMatch(n)],
    ...parts,
  });
}

/** A match, number `n`. */
export function fixtureMatch(n: number, parts: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    bankId: fixtureId('bnk', 1),
    signalId: fixtureId('sig', n),
    kind: 'pdq',
    band: 'confident',
    state: 'unconfirmed',
    orientation: 'original',
    window: 'full',
    ...parts,
  };
}
