/**
 * The timeline of a package: what was seen and done, in order, in UTC and in local time, each row naming its items. As a
 * page, and as CSV (RFC 4180) for a spreadsheet.
 * @module
 */

import type { EvidenceItem } from '../evidence/evidence-item.ts';
import type { EvidenceRecord } from '../evidence/evidence-record.ts';
import { escapeHtml, htmlPage } from './html-text.ts';
import { packageWords } from './package-words.ts';

/** A row. `action` is one of the custody log, or `shown`: the time that a platform states. */
export type TimelineRow = {
  readonly at: string;
  readonly action: string;
  readonly items: readonly string[];
  readonly by: string;
  readonly note: string;
};

/** The rows of some items, earliest first. */
export function timelineRows(items: readonly EvidenceItem[], record: EvidenceRecord): readonly TimelineRow[] {
  const included = new Set(items.map(({ id }) => id));
  const shown = items.flatMap((item): readonly TimelineRow[] => {
    if (item.kind === 'hand-over' || item.shownTime === null || item.shownTime.at === null) return [];
    const note = [item.platform, item.shownTime.verbatim].filter((each) => each !== null).join(': ');
    return [{ at: item.shownTime.at, action: 'shown', items: [item.id], by: '', note }];
  });
  const done = record.custody
    .filter(({ items: named, action }) => action === 'created' || named.some((id) => included.has(id)))
    .map((entry): TimelineRow => {
      const named = entry.items.filter((id) => included.has(id));
      return {
        at: entry.at,
        action: entry.action,
        items: named,
        by: entry.actor.role,
        note: entry.reason ?? '',
      };
    });
  return [...shown, ...done].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

/** The timeline as CSV. */
export function timelineCsv(items: readonly EvidenceItem[], record: EvidenceRecord, zone: string): string {
  const rows = timelineRows(items, record).map(({ at, action, items: ids, by, note }) =>
    [at, localTime(at, zone), zone, action, ids.join(' '), by, note].map(cell).join(','),
  );
  return ['utc,local,zone,action,items,by,note', ...rows, ''].join('\r\n');
}

/** The timeline as a page. */
export function timelineHtml(
  items: readonly EvidenceItem[],
  record: EvidenceRecord,
  zone: string,
  language: string,
): string {
  const words = packageWords(language);
  const kinds = new Map(items.map((item) => [item.id, words.kind[item.kind] ?? item.kind]));
  const rows = timelineRows(items, record).map(
    ({ at, action, items: ids, note }) =>
      `<tr><td class="sum">${at}</td><td>${localTime(at, zone)}</td><td>${escapeHtml(words.action[action] ?? action)}</td><td>${ids
        .map((id) => `${escapeHtml(kinds.get(id) ?? '')} <code>${id}</code>`)
        .join('<br>')}</td><td><bdi>${escapeHtml(note)}</bdi></td></tr>`,
  );
  const heads = [words.utc, `${words.local} (${zone})`, words.what, words.item, words.reason];
  return htmlPage(
    language,
    words.timeline,
    `<h1>${words.timeline}</h1>
<table class="wide"><thead><tr>${heads.map((head) => `<th scope="col">${escapeHtml(head)}</th>`).join('')}</tr></thead>
<tbody>
${rows.join('\n')}
</tbody></table>`,
  );
}

/** A moment in a zone, with its distance from UTC: `2026-11-26 16:05:00 +01:00`. UTC where the zone is not known. */
export function localTime(at: string, zone: string): string {
  try {
    const parts = new Intl.DateTimeFormat('en-GB', {
      timeZone: zone,
      hourCycle: 'h23',
      ...{
        year: 'numeric',
        month: '2-digit',
        day: '2-digit',
        hour: '2-digit',
        minute: '2-digit',
        second: '2-digit',
      },
      timeZoneName: 'longOffset',
    }).formatToParts(new Date(at));
    const of = (type: string) => parts.find((part) => part.type === type)?.value ?? '';
    const offset = of('timeZoneName').replace('GMT', '') || '+00:00';
    return `${of('year')}-${of('month')}-${of('day')} ${of('hour')}:${of('minute')}:${of('second')} ${offset}`;
  } catch {
    return `${at.slice(0, 19).replace('T', ' ')} +00:00`;
  }
}

/** A cell of CSV. One that a spreadsheet would take for a formula gets an apostrophe in front. */
function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
