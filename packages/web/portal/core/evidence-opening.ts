/**
 * What of an item can be opened to a helper, and the looks that helpers took: pure, from the record and the threads.
 *
 * What may hold a picture opens in its covered copy to one helper, and as it is only where two people agree. Texts, mails
 * and PDFs have no covered copy and open to one. Nothing of an item that may show somebody under 18 has a file at all.
 * @module
 */

import { type EvidenceItem, filesOf, type ItemFile } from '@reclaim/vault/evidence/evidence-item';
import type { EvidenceRecord } from '@reclaim/vault/evidence/evidence-record';
import { type Changed, type Hand, noteDeed } from '@reclaim/vault/evidence/record-changes';
import { MAX_SHARED_TEXT } from '@reclaim/vault/messages/shared-items';
import type { ThreadView } from './session-state.ts';

/** How far somebody lets a helper see: words alone, the covered copy or a file without pictures, or the picture itself. */
export type Reach = 'words' | 'shielded' | 'original';

/** The file of an item at each reach beyond words, where it has one. */
export type OpenableFiles = { readonly shielded?: ItemFile; readonly original?: ItemFile };

/** A look of a helper, as the thread has it. */
export type HelperLook = {
  readonly item: string;
  readonly part: 'shielded' | 'original';
  readonly name: string;
  readonly reason: string;
  readonly at: number;
  readonly seq: number;
  readonly thread: string;
};

/** Types that hold no picture by themselves: these open to one helper as they are. */
const PLAIN = /^(text\/|message\/rfc822$|application\/(json|pdf)$)/;

/** Bytes of a file that can be opened to a helper, at most: as many as the pieces that a node takes of one hold. */
export const MAX_OPENED_BYTES = 60 * 1_048_576;

/** What of an item can be opened. Texts that stand in the record are words already. */
export function openableFiles(item: EvidenceItem, texts: EvidenceRecord['texts']): OpenableFiles {
  const files = filesOf(item).filter(({ sha256 }) => texts[sha256] === undefined);
  const covered = files.find(({ role }) => role === 'shielded');
  const whole = files.find(({ role }) => role !== 'shielded');
  const plain = whole !== undefined && PLAIN.test(whole.mediaType);
  const shielded = covered ?? (plain ? whole : undefined);
  return {
    ...(shielded === undefined ? {} : { shielded }),
    ...(whole === undefined || plain ? {} : { original: whole }),
  };
}

/** The name of something of the proof in a share: of which item, and how far. */
export function proofId(item: string, reach: Reach): string {
  return `proof:${item}:${reach}`;
}

/** The item that such a name is of. */
export function itemOfProofId(id: string): string | undefined {
  return /^proof:([0-9a-f]{16}):(words|shielded|original)$/.exec(id)?.[1];
}

/**
 * A moment for a reader, from what the record has (ISO 8601 in UTC): in words of the language, to the second and in UTC, as
 * the record and its timestamps have it.
 */
function momentWords(language: string, at: string): string {
  const moment = new Intl.DateTimeFormat(language, {
    dateStyle: 'long',
    timeStyle: 'medium',
    timeZone: 'UTC',
  });
  return `${moment.format(new Date(at))} UTC`;
}

/** What an item says in words: its own fields and the short texts that it holds, with `names` in that language. */
export function itemText(
  item: EvidenceItem,
  texts: EvidenceRecord['texts'],
  names: Readonly<Record<'link' | 'handle' | 'shown' | 'captured' | 'notes', string>>,
  language: string,
): string {
  const lines: readonly (readonly [string, string | null | undefined])[] =
    item.kind === 'hand-over'
      ? [
          [names.link, item.link],
          [names.handle, item.handle],
          [names.captured, momentWords(language, item.at)],
        ]
      : [
          [names.link, item.source?.typed],
          [names.handle, item.handle],
          [names.shown, item.shownTime?.verbatim],
          [names.captured, momentWords(language, item.capture.endedAt)],
          [names.notes, item.notes || null],
          ...filesOf(item).map(({ sha256, name }) => [name, texts[sha256]] as const),
        ];
  return lines
    .filter(([, value]) => value !== null && value !== undefined)
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n')
    .slice(0, MAX_SHARED_TEXT)
    .toWellFormed();
}

/** The looks at something of the proof in all threads, as their helpers signed them. */
export function looksOf(threads: readonly ThreadView[]): readonly HelperLook[] {
  return threads.flatMap(({ id, helper, known }) => {
    if (known.kind !== 'read') return [];
    const { opened } = known;
    return opened.entries.flatMap((entry) => {
      const item = entry.kind === 'looked' ? itemOfProofId(entry.item) : undefined;
      if (entry.kind !== 'looked' || item === undefined || entry.mine) return [];
      // The name that is shown is the present helper's; who was there before is a helper without one.
      const present = opened.ok && entry.by === opened.helper.verifyKey;
      const name = present ? helper.name.replace(/[^\p{L}\p{N} .-]/gu, ' ').slice(0, 40) : '';
      const { part, reason, at, seq } = entry;
      return [{ item, part, reason, at, seq, thread: id, name: name.trim() === '' ? 'helper' : name }];
    });
  });
}

/** Whether a look stands in the log, or cannot: its item is not of this record any more. */
export function isEntered(record: EvidenceRecord, look: HelperLook): boolean {
  const mark = markOf(look);
  return (
    !record.items.some(({ id }) => id === look.item) ||
    record.custody.some(({ action, reason }) => action === `viewed-${look.part}` && reason?.endsWith(mark))
  );
}

/** Enters a look of a helper into the log, once: the person's device writes down what the helper signed. */
export function enterLook(record: EvidenceRecord, look: HelperLook, { at }: Hand): Changed {
  if (isEntered(record, look)) return { ok: true, record };
  const actor = { role: 'helper', pseudonym: look.name } as const;
  const reason = `${look.reason} ${markOf(look)}`.trim();
  return noteDeed(record, `viewed-${look.part}`, [look.item], { actor, at }, reason);
}

function markOf({ at, seq, thread }: HelperLook): string {
  return `(looked ${new Date(at).toJSON()}, entry ${seq} of thread ${thread.slice(0, 16)})`;
}
