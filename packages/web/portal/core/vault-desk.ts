/**
 * The desk of the vault: what the worker does that holds the code and the keys. They never cross to the page, except the
 * code itself when it is shown.
 *
 * One visit, one code. States: *none* → *drawn* (a new code was made) or *entered* (one was typed) → the keys of it are
 * derived at once, while the person reads on. Drawing or entering again replaces code and keys.
 * @module
 */

import { type Capability, capabilitySha256, drawCapability } from '@reclaim/vault/capability';
import type { CaseDocument } from '@reclaim/vault/case-document';
import type { EvidenceRecord } from '@reclaim/vault/evidence/evidence-record';
import type { openRecord } from '@reclaim/vault/evidence/sealed-record';
import { solve } from '@reclaim/vault/proof-of-work';
import {
  type CodeOutcome,
  drawReceiptCode,
  parseReceiptCode,
  type ReceiptCode,
  receiptDigits,
  receiptWords,
} from '@reclaim/vault/receipt-code';
import { deriveReceiptKeys, KEY_COST, type KeyCost, type ReceiptKeys } from '@reclaim/vault/receipt-keys';
import { type Opening, openCase, type Sealing, sealCase } from '@reclaim/vault/sealed-case';
import { openText, sealText } from '@reclaim/vault/sealed-text';
import type { ThreadDesk } from './vault-desk-threads.ts';

/** A code as it is shown: seven words, and the same as five groups of six digits. */
export type ShownCode = { readonly words: readonly string[]; readonly digits: readonly string[] };

/** Whether a typed code is good; `other-code`: a code, and not the one that was just shown. */
export type CodeCheck =
  | { readonly ok: true }
  | Extract<CodeOutcome, { ok: false }>
  | { readonly ok: false; readonly reason: 'other-code' };

/** What the node is told of a case. */
export type CaseNames = Pick<ReceiptKeys, 'lookupId' | 'authKey' | 'authSha256'>;

/** A fresh capability with what the node keeps of it. */
export type OwnedCapability = { readonly capability: Capability; readonly sha256: string };

/** What can be asked at the desk. Each rejects where the keys could not be made (no memory) or there is no code. */
export type VaultDesk = ThreadDesk & {
  /** A new code; its keys are being made from now on. */
  readonly draw: () => Promise<ShownCode>;
  /** Whether the typed code is the one that was drawn. */
  readonly check: (typed: string) => Promise<CodeCheck>;
  /** Takes a typed code for this visit; its keys are being made from now on. */
  readonly enter: (typed: string) => Promise<CodeCheck>;
  readonly names: () => Promise<CaseNames>;
  readonly own: (count: number) => Promise<readonly OwnedCapability[]>;
  /** The same of capabilities that were drawn before. */
  readonly reown: (capabilities: readonly Capability[]) => Promise<readonly OwnedCapability[]>;
  readonly seal: (document: CaseDocument) => Promise<Sealing>;
  readonly unseal: (sealed: string) => Promise<Opening>;
  /** What somebody was typing, sealed to the case; `undefined` where it is too long, or of another case. */
  readonly sealText: (text: string) => Promise<string | undefined>;
  readonly openText: (sealed: string) => Promise<string | undefined>;
  /** Fetches what seals a record, while there is a network: a lock may have to seal one without. */
  readonly readyRecords: () => Promise<void>;
  /** Under what the record of evidence of this case is kept. */
  readonly recordCapability: () => Promise<Capability>;
  /** A record, sealed to the case; `undefined` where it is too long. */
  readonly sealRecord: (record: EvidenceRecord) => Promise<string | undefined>;
  /** A file sealed to the case: a program that reads age opens it with the key of the case. */
  readonly sealFileToCase: (file: Blob) => Promise<Blob>;
  /** The key of the case as a file that the program `age` reads. Whoever has it opens all that is sealed to the case. */
  readonly keyFile: () => Promise<string>;
  readonly unsealRecord: (sealed: string) => ReturnType<typeof openRecord>;
  /** A solved puzzle's nonce. */
  readonly solve: (challenge: string, bits: number) => Promise<string>;
};

/** A desk. `random` fills an array (`crypto.getRandomValues`); `cost` is for tests alone. */
export function createVaultDesk(
  random: (bytes: Uint8Array<ArrayBuffer>) => Uint8Array,
  cost: KeyCost = KEY_COST,
): VaultDesk {
  let code: ReceiptCode | undefined;
  let keys: Promise<ReceiptKeys> | undefined;

  const take = (taken: ReceiptCode) => {
    code = taken;
    keys = deriveReceiptKeys(taken, cost);
    // Whoever asks for the keys is told; nobody asking yet must not end the worker.
    keys.catch(() => {});
  };
  const held = async (): Promise<ReceiptKeys> => {
    if (keys === undefined) throw new TypeError('vault: expected a code to be drawn or entered first');
    return keys;
  };

  return Object.freeze<VaultDesk>({
    ...laterThreads(async () => {
      const { createThreadDesk } = await import('./vault-desk-threads.ts');
      return createThreadDesk(random, () => code);
    }),
    draw: async () => {
      const drawn = drawReceiptCode(random(new Uint8Array(12)));
      take(drawn);
      return { words: receiptWords(drawn), digits: receiptDigits(drawn) };
    },
    check: async (typed) => {
      const outcome = parseReceiptCode(typed);
      if (!outcome.ok) return outcome;
      return outcome.code === code ? { ok: true } : { ok: false, reason: 'other-code' };
    },
    enter: async (typed) => {
      const outcome = parseReceiptCode(typed);
      if (!outcome.ok) return outcome;
      if (outcome.code !== code) take(outcome.code);
      return { ok: true };
    },
    names: async () => {
      const { lookupId, authKey, authSha256 } = await held();
      return { lookupId, authKey, authSha256 };
    },
    own: (count) =>
      Promise.all(
        Array.from({ length: count }, async () => {
          const capability = drawCapability(random(new Uint8Array(32)));
          return { capability, sha256: await capabilitySha256(capability) };
        }),
      ),
    reown: (capabilities) =>
      Promise.all(
        capabilities.map(async (capability) => ({ capability, sha256: await capabilitySha256(capability) })),
      ),
    seal: async (document) => sealCase(document, [(await held()).recipient]),
    unseal: async (sealed) => openCase(sealed, (await held()).caseKey),
    sealText: async (text) => sealText(text, (await held()).recipient),
    openText: async (sealed) => openText(sealed, (await held()).caseKey),
    // Loaded where somebody keeps evidence and not before.
    readyRecords: async () => {
      await records();
    },
    recordCapability: async () => (await records()).recordCapability((await held()).caseKey),
    sealRecord: async (record) => (await records()).sealRecord(record, [(await held()).recipient]),
    sealFileToCase: async (file) => {
      const { sealStream } = await import('@reclaim/vault/sealing/seal');
      const sealed = await sealStream(file.stream(), [(await held()).recipient]);
      return new Response(sealed as never).blob();
    },
    keyFile: async () => {
      const { recipient, caseKey } = await held();
      // As `age-keygen` writes it.
      return `# public key: ${recipient}\n${caseKey}\n`;
    },
    unsealRecord: async (sealed) => (await records()).openRecord(sealed, (await held()).caseKey),
    solve: (challenge, bits) => solve(challenge, bits, { pause: () => new Promise((go) => setTimeout(go)) }),
  });
}

/** Messages and recovery, fetched when one of them is first asked for: most visits need neither. */
function laterThreads(load: () => Promise<ThreadDesk>): ThreadDesk {
  let arriving: Promise<ThreadDesk> | undefined;
  const desk = () => {
    arriving ??= load().catch((error: unknown) => {
      // Without the network it did not come; the next press tries again.
      arriving = undefined;
      throw error;
    });
    return arriving;
  };
  return {
    drawThread: async (...given) => (await desk()).drawThread(...given),
    openThread: async (...given) => (await desk()).openThread(...given),
    writeEntry: async (...given) => (await desk()).writeEntry(...given),
    moveThread: async (...given) => (await desk()).moveThread(...given),
    rekeyThread: async (...given) => (await desk()).rekeyThread(...given),
    sealShare: async (...given) => (await desk()).sealShare(...given),
    resealShare: async (...given) => (await desk()).resealShare(...given),
    sealFile: async (...given) => (await desk()).sealFile(...given),
    keyWords: async (...given) => (await desk()).keyWords(...given),
    drawShares: async (...given) => (await desk()).drawShares(...given),
    sealLinePart: async (...given) => (await desk()).sealLinePart(...given),
    callFor: async (...given) => (await desk()).callFor(...given),
    combine: async (...given) => (await desk()).combine(...given),
    openEnvelope: async (...given) => (await desk()).openEnvelope(...given),
  };
}

function records() {
  return import('@reclaim/vault/evidence/sealed-record');
}
