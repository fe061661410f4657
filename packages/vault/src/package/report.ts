/**
 * The report of a package for police and lawyers: every item with all that is known of it, the custody log and the stamps.
 * It says what the record says and draws no conclusion; the person's own words stand under their own heading.
 * @module
 */

import { keyFingerprint } from '../custody/record-signer.ts';
import type { AdultItem, EvidenceItem } from '../evidence/evidence-item.ts';
import type { EvidenceRecord } from '../evidence/evidence-record.ts';
import { escapeHtml, factsTable, htmlPage } from './html-text.ts';
import type { Manifest } from './manifest.ts';
import { type PackageWords, packageWords } from './package-words.ts';

/** A row of a report: a name and its value or lines. */
export type ReportRow = readonly [string, string | readonly string[] | undefined];

/** What a report is made of. */
export type ReportFacts = {
  readonly record: EvidenceRecord;
  readonly items: Manifest['items'];
  readonly wish: {
    readonly language: string;
    readonly to?: string;
    readonly jurisdictions: readonly string[];
    readonly contactRoute?: string;
    readonly generator: { readonly name: string; readonly version: string };
    readonly hand: { readonly at: string };
  };
};

/** The report as a page. */
export function reportHtml(facts: ReportFacts): string {
  const words = packageWords(facts.wish.language);
  const sections = reportSections(facts).map(
    ({ title, level, rows, note }) =>
      `<h${level}>${escapeHtml(title)}</h${level}>\n${note === undefined ? '' : `<p>${escapeHtml(note)}</p>\n`}${factsTable(rows)}`,
  );
  return htmlPage(
    facts.wish.language,
    words.report,
    `<h1>${words.report}</h1>\n<p>${words.reportLead}</p>\n${sections.join('\n')}\n<p class="sign"></p>`,
  );
}

/** The report as sections of rows: what the page and the PDF both show. */
export function reportSections({ record, items, wish }: ReportFacts): readonly {
  readonly title: string;
  readonly level: 2 | 3;
  readonly rows: readonly ReportRow[];
  readonly note?: string;
}[] {
  const words = packageWords(wish.language);
  const { field } = words;
  const key = record.keys.at(-1)!.publicKey;
  const head = {
    title: words.facts,
    level: 2,
    rows: [
      [field['case']!, record.pseudonym],
      [field['created']!, wish.hand.at],
      [field['to']!, wish.to],
      [field['jurisdictions']!, wish.jurisdictions],
      [field['contact']!, wish.contactRoute],
      [field['generator']!, `${wish.generator.name} ${wish.generator.version}`],
      [field['fingerprint']!, keyFingerprint(key)],
    ] as readonly ReportRow[],
  } as const;
  const each = items.map(({ item, stored }) => ({
    title: `${words.kind[item.kind] ?? item.kind} ${item.id}`,
    level: 3 as const,
    rows: itemRows(item, stored, words),
    ...(item.kind === 'hand-over' ? { note: words.minor } : {}),
  }));
  const included = new Set(items.map(({ item }) => item.id));
  const log = record.custody
    .filter(({ action, items: named }) => action === 'created' || named.some((id) => included.has(id)))
    .map(
      ({ at, action, items: named, reason, actor }): ReportRow => [
        at,
        [
          `${words.action[action]} (${byWords(actor, words)})`,
          ...named.filter((id) => included.has(id)),
          ...(reason === null ? [] : [reason]),
        ],
      ],
    );
  const stamps = record.stamps
    .filter(({ items: named }) => named.some((id) => included.has(id)))
    .map(
      ({ items: named, answers }): ReportRow => [
        named.join(' '),
        answers.length === 0 ? words.pending : answers.map(({ authority, at }) => `${at}  ${authority}`),
      ],
    );
  return [
    head,
    { title: words.items, level: 2, rows: [] },
    ...each,
    { title: words.custody, level: 2, rows: log },
    { title: words.stamps, level: 2, rows: stamps },
  ];
}

/** Who did something: what they are to the case, and their pseudonym where it says more than that. */
function byWords({ role, pseudonym }: AdultItem['capturedBy'], words: PackageWords): string {
  const name = words.value[`role.${role}`] ?? role;
  return pseudonym === role ? name : `${name}, ${pseudonym}`;
}

function itemRows(
  item: EvidenceItem,
  stored: Manifest['items'][number]['stored'],
  words: PackageWords,
): readonly ReportRow[] {
  const { field } = words;
  if (item.kind === 'hand-over')
    return [
      [field['link']!, item.link],
      [field['handle']!, item.handle ?? undefined],
      [field['captured']!, item.at],
      [field['age']!, words.value[`age.${item.age}`]],
    ];
  const { capture } = item;
  return [
    [field['link']!, item.source?.typed],
    [field['resolved']!, item.source?.resolved ?? undefined],
    [field['redirects']!, item.source?.redirects],
    [field['platform']!, item.platform ?? undefined],
    [field['post']!, item.postId ?? undefined],
    [field['handle']!, item.handle ?? undefined],
    [field['account']!, item.accountId ?? undefined],
    [field['name']!, item.displayName ?? undefined],
    [field['shown']!, shownTime(item)],
    [field['captured']!, `${capture.startedAt} – ${capture.endedAt}`],
    [field['clock']!, clockLine(item, words)],
    [field['method']!, words.value[`method.${capture.method}`]],
    [field['software']!, `${capture.software.name} ${capture.software.version}`],
    [
      field['browser']!,
      [capture.browser, capture.viewport].filter((each) => each !== null).join(', ') || undefined,
    ],
    [field['server']!, item.server === null ? undefined : String(item.server.status)],
    [field['capturedBy']!, byWords(item.capturedBy, words)],
    [
      field['depicted']!,
      item.depicted.who === 'represented'
        ? `${words.value['who.represented']}: ${item.depicted.authority}`
        : words.value[`who.${item.depicted.who}`],
    ],
    [field['consent']!, words.value[`consent.${item.consent}`]],
    [field['age']!, words.value[`age.${item.age}`]],
    [field['fingerprints']!, item.fingerprints],
    [
      field['visibility']!,
      item.visibility === null ? undefined : words.value[`visibility.${item.visibility}`],
    ],
    [field['views']!, item.views === null ? undefined : String(item.views)],
    [field['likes']!, item.likes === null ? undefined : String(item.likes)],
    [field['threats']!, item.threats === null ? undefined : item.threats ? '✓' : '–'],
    [field['notices']!, item.notices],
    [field['files']!, fileLines(item, stored, words)],
    [field['notes']!, item.notes || undefined],
  ];
}

/** How the device's clock stood, and what the capture's time is by the other one: an hour off is said, not left to be found. */
function clockLine({ capture }: AdultItem, words: PackageWords): string | undefined {
  const { clockOffsetMs: offset, endedAt } = capture;
  if (offset === null) return undefined;
  const seconds = Math.round(Math.abs(offset) / 1_000);
  if (seconds < 60) return words.clockClose.replace('{n}', String(seconds));
  const apart = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60, seconds % 60]
    .map((each) => String(each).padStart(2, '0'))
    .join(':');
  const there = Date.parse(endedAt) + offset;
  // A clock can be so wrong that no date is left to write.
  const at = Math.abs(there) > 8.64e15 ? '?' : new Date(there).toJSON();
  return (offset > 0 ? words.clockSlow : words.clockFast).replace('{apart}', apart).replace('{at}', at);
}

function shownTime({ shownTime: shown }: AdultItem): readonly string[] | undefined {
  if (shown === null) return undefined;
  return [shown.verbatim, ...(shown.at === null ? [] : [`${shown.at} (${shown.zone ?? 'UTC'})`])];
}

function fileLines(
  item: AdultItem,
  stored: Manifest['items'][number]['stored'],
  words: PackageWords,
): readonly string[] {
  return item.files.flatMap((file) => {
    const place = stored.find(({ sha256 }) => sha256 === file.sha256);
    const where =
      place === undefined || place.form === 'left-out'
        ? words.leftOut
        : place.form === 'age'
          ? `${place.path}: ${words.sealed}`
          : place.path;
    return [`${words.value[`file.${file.role}`]}: ${where} (${file.bytes} B)`, `SHA-256 ${file.sha256}`];
  });
}
