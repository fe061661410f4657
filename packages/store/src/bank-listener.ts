/**
 * Hears that the bank or the local features changed, from this node or another: LISTEN on a connection of its own.
 *
 * NOTIFY is not kept for who was away, so it is a hint and never the truth: whoever hears it, or hears that the
 * connection came back, reads from its own last position.
 * @module
 */

import pg from 'pg';
import type { Store } from './store.ts';

/** How long to wait before listening again after a lost connection, milliseconds. */
const RECONNECT_MS = 500;

/** What is called on every hint of its kind and after every (re)connection. */
export type OnChange = { readonly bank: () => void; readonly localFeatures: () => void };

/** Listens until `stop` is called. */
export function listenForChanges(store: Store, onChange: OnChange): { readonly stop: () => Promise<void> } {
  let client: pg.Client | undefined;
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;

  const again = (): void => {
    if (stopped || timer !== undefined) return;
    timer = setTimeout(() => {
      timer = undefined;
      void connect();
    }, RECONNECT_MS);
  };

  const connect = async (): Promise<void> => {
    const mine = new pg.Client(store.clientConfig);
    client = mine;
    mine.on('error', () => undefined);
    mine.on('end', again);
    mine.on('notification', ({ channel }) =>
      channel === 'local_features' ? onChange.localFeatures() : onChange.bank(),
    );
    try {
      await mine.connect();
      await mine.query('listen bank_change');
      await mine.query('listen local_features');
      onChange.bank();
      onChange.localFeatures();
    } catch {
      await mine.end().catch(() => undefined);
      again();
    }
  };

  void connect();
  return {
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      await client?.end().catch(() => undefined);
    },
  };
}
