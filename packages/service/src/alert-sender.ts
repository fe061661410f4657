/**
 * Tells the operator's own address when a clock nears its end or was breached: one POST for each turn that has anything to
 * say, signed as webhooks are (`webhook-sender.ts`) where the operator gave a secret.
 *
 * It says a job, a rule of the law, a moment and a stage, and nothing of a person, an item or a notice: it may go to a pager
 * or a chat room. Only where the operator named an address; it is held to the same reach as webhooks. A turn that could not
 * be told is tried three times and then let go, with a line in the log that has no address.
 * @module
 */

import { takeClockAlerts } from '@reclaim/store/clock-alerts';
import type { Store } from '@reclaim/store/store';
import { reachOf } from './public-address.ts';
import { postSigned } from './webhook-sender.ts';

/** What sending needs. */
export type AlertOptions = {
  readonly url: string;
  /** What signs; unsigned where there is none. */
  readonly secret?: Uint8Array | undefined;
  readonly hosts: readonly string[];
  readonly log: (line: string) => void;
  readonly pauseMs?: number;
};

/** How often one turn is tried. */
const TRIES = 3;

/** How long an address may take to answer, milliseconds. */
const ANSWER_MS = 10_000;

/** @throws {TypeError} for an address that alerts may not be sent to */
export function checkAlertUrl(url: string, hosts: readonly string[]): void {
  if (reachOf(url, hosts) === undefined) {
    throw new TypeError('alertUrl: expected https, or a private host that the operator named for webhooks');
  }
}

/** Sends what is due now. Answers how many warnings went out. */
export async function sendAlerts(store: Store, options: AlertOptions, stop: AbortSignal): Promise<number> {
  const alerts = await takeClockAlerts(store);
  if (alerts.length === 0) return 0;
  const { url, secret, hosts, log, pauseMs = 2_000 } = options;
  const at = store.now();
  const body = JSON.stringify({ type: 'clocks', at, data: alerts });
  for (let tried = 1; tried <= TRIES && !stop.aborted; tried++) {
    const said = await postSigned(
      { url, secret, id: `clocks-${at}`, body },
      at,
      hosts,
      ANSWER_MS,
      stop,
    ).catch(() => 'failed' as const);
    if (said === 'taken') return alerts.length;
    if (tried < TRIES) await new Promise((resolve) => setTimeout(resolve, pauseMs * tried));
  }
  log(`alerts: ${alerts.length} warnings could not be told`);
  return 0;
}
