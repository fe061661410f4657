/**
 * What the screens see of a record: its items with what is in this page of their files, and how the stamps stand.
 * @module
 */

import { filesOf } from '@reclaim/vault/evidence/evidence-item';
import type { EvidenceRecord } from '@reclaim/vault/evidence/evidence-record';
import type { EvidenceView } from './evidence-state.ts';

/** The view of a desk. `files`: those in this page, by their SHA-256. */
export function evidenceView({
  record,
  files: here,
  ...state
}: Pick<EvidenceView, 'keeping' | 'authorities' | 'clockOffsetMs' | 'busy'> & {
  readonly record: EvidenceRecord | undefined;
  readonly files: ReadonlyMap<string, Blob>;
}): EvidenceView {
  const stamps = record?.stamps ?? [];
  return Object.freeze<EvidenceView>({
    ...state,
    items: (record?.items ?? []).map((item) => {
      const files = filesOf(item).filter(({ sha256 }) => record?.texts[sha256] === undefined);
      const times = stamps
        .filter(({ items }) => items.includes(item.id))
        .flatMap(({ answers }) => answers.map(({ at }) => at))
        .sort();
      return {
        item,
        here: files.every(({ sha256 }) => here.has(sha256)),
        coverable: files.some(({ role, sha256 }) => role === 'shielded' && here.has(sha256)),
        stamp: times.length === 0 ? 'pending' : 'stamped',
        stampedAt: times[0],
      };
    }),
    files: [...here.keys()].some((sha256) => record?.texts[sha256] === undefined),
    pending: stamps.filter(({ answers }) => answers.length === 0).length,
    exports: (record?.exports ?? []).map(({ at, to, digest }) => ({ at, to, digest })),
  });
}
