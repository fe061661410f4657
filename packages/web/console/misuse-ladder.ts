/**
 * What a lead can do with somebody on the misuse ladder now. Pure; the node has the last word.
 * @module
 */

import type { WireMisuse } from '@reclaim/casework/wire-misuse';

/** What can be asked of the node. */
export type MisuseStep = 'warn' | 'suspend' | 'uphold' | 'lift';

/**
 * The steps that are open: to warn with enough acts, to suspend for an act since the warning and the last suspension, to
 * answer an objection (upholding is for another than who suspended), to lift.
 */
export function openSteps(each: WireMisuse, leastActs: number, me: string): readonly MisuseStep[] {
  const steps: MisuseStep[] = [];
  const enough = each.acts.length >= leastActs;
  if (each.state === 'counted' && enough) steps.push('warn');
  const since = Math.max(each.warnedAt ?? 0, each.suspendedAt ?? 0);
  if (each.state === 'warned' && enough && each.acts.some(({ at }) => at > since)) steps.push('suspend');
  if (each.state === 'suspended' && each.objection?.state === 'waits' && each.suspendedBy !== me)
    steps.push('uphold');
  if (each.state === 'warned' || each.state === 'suspended') steps.push('lift');
  return steps;
}
