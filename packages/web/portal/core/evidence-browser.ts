/**
 * The desk of evidence with its real parts, loaded when somebody begins to keep proof.
 * @module
 */

import type { StampAnswer } from '@reclaim/vault/evidence/evidence-record';
import { hex } from '@reclaim/vault/text-bytes';
import { browserParts } from './browser-session.ts';
import { EvidenceDesk } from './evidence-desk.ts';
import type { ExportWish } from './evidence-export.ts';
import { askStampsOf, type KnownAuthority, knownAuthorities } from './evidence-stamps.ts';
import type { EvidenceView } from './evidence-state.ts';
import type { PortalSession } from './session.ts';
import type { Vault } from './vault-client.ts';

/** The version that items name as their software. */
const VERSION = '0.1.0';

/** The desk, and what makes a package of it. */
export type BrowserEvidence = {
  readonly desk: EvidenceDesk;
  readonly exportPackage: (
    wish: ExportWish,
  ) => ReturnType<typeof import('./evidence-export.ts').exportPackage>;
  /** Has the authorities of this service witness a line that names nobody; none where there are none. */
  readonly witness: (line: string) => Promise<readonly StampAnswer[]>;
  /** The authorities of this service, with their roots. */
  readonly authorities: () => Promise<readonly KnownAuthority[]>;
  /** Forgets everything at once. */
  readonly clear: () => void;
};

/** Evidence in this browser. */
export function createBrowserEvidence(
  session: () => Promise<PortalSession>,
  onView: (view: EvidenceView) => void,
): BrowserEvidence {
  const { api, startVault, now } = browserParts();
  let solver: Vault | undefined;
  const world = {
    api,
    version: VERSION,
    // A worker of its own, which holds no key: solving must not wait for what the case does, nor the case for it.
    solver: () => {
      solver ??= startVault();
      return solver;
    },
    random: (bytes: number) => crypto.getRandomValues(new Uint8Array(bytes)),
  };
  const desk = new EvidenceDesk({
    ...world,
    session,
    now,
    onView,
    browser: navigator.userAgent.replace(/\p{Cc}/gu, ' ').slice(0, 300),
    viewport: `${innerWidth}x${innerHeight}`,
  });
  return {
    desk,
    exportPackage: async (wish) => (await import('./evidence-export.ts')).exportPackage(desk, world, wish),
    witness: async (line) => {
      const data = new TextEncoder().encode(line);
      const imprint = hex.encode(new Uint8Array(await crypto.subtle.digest('SHA-256', data)));
      return askStampsOf(world, (await knownAuthorities(world)) ?? [], { data, imprint });
    },
    authorities: async () => (await knownAuthorities(world)) ?? [],
    clear: () => {
      desk.clear();
      solver?.dispose();
      solver = undefined;
    },
  };
}
