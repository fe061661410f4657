/**
 * The page's side of a helper's worker, and what this browser keeps: the locked file and, of each thread, how far it was
 * seen. Nobody but the helper can open the file, and the places seen say nothing of what was said.
 * @module
 */

import type { ThreadHead } from '@reclaim/vault/messages/thread';
import { startWorker } from '../portal/core/trusted-worker.ts';
import type { HelperDesk } from './helper-desk.ts';
import workerUrl from './helper-worker.ts?worker&url';

/** A call as it crosses to the worker. */
export type HelperCall = {
  readonly id: number;
  readonly name: keyof HelperDesk;
  readonly args: readonly unknown[];
};

/** Its answer. Nothing is said of what went wrong. */
export type HelperAnswer =
  | { readonly id: number; readonly ok: true; readonly value: unknown }
  | { readonly id: number; readonly ok: false };

/** A desk in a worker; `end` forgets the key. */
export type HelperClient = HelperDesk & { readonly end: () => void };

/** Starts the worker. */
export function startHelper(): HelperClient {
  const worker = startWorker(workerUrl);
  const open = new Map<number, PromiseWithResolvers<unknown>>();
  let count = 0;
  worker.onmessage = ({ data }: MessageEvent<HelperAnswer>) => {
    const waiting = open.get(data.id);
    open.delete(data.id);
    if (data.ok) waiting?.resolve(data.value);
    else waiting?.reject(new Error('helper'));
  };
  const ask =
    <N extends keyof HelperDesk>(name: N) =>
    (...args: Parameters<HelperDesk[N]>): ReturnType<HelperDesk[N]> => {
      const waiting = Promise.withResolvers<unknown>();
      count += 1;
      open.set(count, waiting);
      worker.postMessage({ id: count, name, args } satisfies HelperCall);
      return waiting.promise as ReturnType<HelperDesk[N]>;
    };
  return {
    make: ask('make'),
    unlock: ask('unlock'),
    read: ask('read'),
    write: ask('write'),
    handOver: ask('handOver'),
    rekey: ask('rekey'),
    keyWords: ask('keyWords'),
    askOriginal: ask('askOriginal'),
    openFile: ask('openFile'),
    openPart: ask('openPart'),
    readAsks: ask('readAsks'),
    agree: ask('agree'),
    end: () => {
      worker.terminate();
      for (const { reject } of open.values()) reject(new Error('helper'));
      open.clear();
    },
  };
}

const FILE = 'reclaim-helper-key';
const HEADS = 'reclaim-helper-heads';

/** The locked file of this member of the staff in this browser, or nothing. */
export function keptFile(staffId: string): string | undefined {
  return localStorage.getItem(`${FILE} ${staffId}`) ?? undefined;
}

/** Keeps the locked file in this browser. */
export function keepFile(staffId: string, file: string): void {
  localStorage.setItem(`${FILE} ${staffId}`, file);
}

/** How far each thread was seen in this browser. */
export function keptHeads(staffId: string): Readonly<Record<string, ThreadHead>> {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(`${HEADS} ${staffId}`) ?? '{}');
    return typeof value === 'object' && value !== null ? (value as Record<string, ThreadHead>) : {};
  } catch {
    return {};
  }
}

/** Notes how far a thread was seen; threads that are not the helper's any more are let go. */
export function keepHead(staffId: string, thread: string, head: ThreadHead, mine: readonly string[]): void {
  const kept = { ...keptHeads(staffId), [thread]: head };
  const still = Object.entries(kept).filter(([id]) => id === thread || mine.includes(id));
  localStorage.setItem(`${HEADS} ${staffId}`, JSON.stringify(Object.fromEntries(still)));
}
