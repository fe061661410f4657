/**
 * What is handed over, in one list: every file with its digest, to whom, on what day, and that the person agreed. Whoever
 * hands over and whoever takes it can both sign a printed copy.
 * @module
 */

import type { EvidenceRecord } from '../evidence/evidence-record.ts';
import type { PlannedFile } from './package-plan.ts';

/** The list. */
export function referralText(
  planned: readonly PlannedFile[],
  record: EvidenceRecord,
  to: string,
  at: string,
): string {
  const last = record.custody.at(-1);
  const lines = planned.map(({ item, file, placed }) => {
    const where = placed.form === 'left-out' ? 'NOT HANDED OVER (digest only)' : placed.path;
    return `  ${item.id}  ${item.kind}  ${file.role}\n    sha256 ${file.sha256}  ${file.bytes} bytes\n    ${where}`;
  });
  const without = (last?.items ?? []).filter((id) => !planned.some(({ item }) => item.id === id));
  return `HANDED OVER

To:        ${to.replace(/[\p{Cc}]/gu, ' ')}
At (UTC):  ${at}
Case:      ${record.pseudonym}
Log entry: ${last?.seq ?? ''} (custody.jsonl), action shared-with

The person agreed to hand over these items to this recipient, and to nobody else by this act.

Files:
${lines.join('\n') || '  none'}

Items without files (links, notes): ${without.join(' ') || 'none'}

Handed over by:  ______________________________   Received by:  ______________________________
Date, time:      ______________________________   Reference:    ______________________________
`;
}
