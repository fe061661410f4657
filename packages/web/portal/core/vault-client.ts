/**
 * The page's side of the vault worker: every call is answered, or rejected with `VaultGone` when the worker was ended or
 * could not do it (a derivation that found no memory).
 * @module
 */

import type { VaultDesk } from './vault-desk.ts';

/** A call as it crosses to the worker. */
export type VaultCall = {
  readonly id: number;
  readonly name: keyof VaultDesk;
  readonly args: readonly unknown[];
};

/** Its answer. Nothing is said of what went wrong: it could quote a secret. */
export type VaultAnswer =
  | { readonly id: number; readonly ok: true; readonly value: unknown }
  | { readonly id: number; readonly ok: false };

/** A vault in use. */
export type Vault = VaultDesk & {
  /** Ends the worker: code and keys are gone, and every open call is rejected. */
  readonly dispose: () => void;
};

/** The vault was ended, or could not do what was asked: `stopped` or `no-memory`. */
export class VaultGone extends Error {
  readonly reason: 'stopped' | 'no-memory';

  constructor(reason: 'stopped' | 'no-memory') {
    super(reason);
    this.name = 'VaultGone';
    this.reason = reason;
  }
}

/** The vault behind a worker that was just started. */
export function vaultOf(worker: Worker): Vault {
  const open = new Map<number, PromiseWithResolvers<unknown>>();
  let count = 0;
  let gone: VaultGone | undefined;

  const endAll = (reason: VaultGone['reason']) => {
    gone ??= new VaultGone(reason);
    worker.terminate();
    for (const { reject } of open.values()) reject(gone);
    open.clear();
  };
  worker.onmessage = (event: MessageEvent<VaultAnswer>) => {
    const answer = event.data;
    const waiting = open.get(answer.id);
    open.delete(answer.id);
    if (answer.ok) waiting?.resolve(answer.value);
    else waiting?.reject(new VaultGone('no-memory'));
  };
  worker.onerror = (event) => {
    event.preventDefault();
    endAll('no-memory');
  };
  const ask =
    <N extends keyof VaultDesk>(name: N) =>
    (...args: Parameters<VaultDesk[N]>): ReturnType<VaultDesk[N]> => {
      const waiting = Promise.withResolvers<unknown>();
      if (gone) waiting.reject(gone);
      else {
        count += 1;
        open.set(count, waiting);
        worker.postMessage({ id: count, name, args } satisfies VaultCall);
      }
      return waiting.promise as ReturnType<VaultDesk[N]>;
    };
  return Object.freeze<Vault>({
    draw: ask('draw'),
    check: ask('check'),
    enter: ask('enter'),
    names: ask('names'),
    own: ask('own'),
    reown: ask('reown'),
    seal: ask('seal'),
    unseal: ask('unseal'),
    sealText: ask('sealText'),
    openText: ask('openText'),
    recordCapability: ask('recordCapability'),
    readyRecords: ask('readyRecords'),
    sealRecord: ask('sealRecord'),
    sealFileToCase: ask('sealFileToCase'),
    keyFile: ask('keyFile'),
    unsealRecord: ask('unsealRecord'),
    solve: ask('solve'),
    drawThread: ask('drawThread'),
    openThread: ask('openThread'),
    writeEntry: ask('writeEntry'),
    moveThread: ask('moveThread'),
    rekeyThread: ask('rekeyThread'),
    sealShare: ask('sealShare'),
    resealShare: ask('resealShare'),
    sealFile: ask('sealFile'),
    keyWords: ask('keyWords'),
    drawShares: ask('drawShares'),
    sealLinePart: ask('sealLinePart'),
    callFor: ask('callFor'),
    combine: ask('combine'),
    openEnvelope: ask('openEnvelope'),
    dispose: () => endAll('stopped'),
  });
}
