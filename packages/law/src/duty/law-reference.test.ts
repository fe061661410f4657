/**
 * Nothing that was researched about duties may go missing. The research is not in this repository; here is every row of it,
 * section by section, with what bears it: a rule, a fact of a regime's row, an open point, a field, or a place in the code
 * whose text is looked up. What is borne by nothing stands in `NOT_BUILT`, where it is counted as well.
 * @module
 */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { SHEETS_MADE } from '../report/report.ts';
import { CATEGORIES, SPECIFICATIONS } from '../statement/category.ts';
import { FIELDS } from '../statement/record.ts';
import { ELEMENTS } from './element-row.ts';
import { OBLIGATION_PROFILES } from './obligation-profile.ts';
import { regimeById } from './regime.ts';
import type { RegimeId } from './rule.ts';
import { RULES } from './rules.ts';

const ROOT = new URL('../../../../', import.meta.url);

/** `rule`: its id. `fact`, `open`: of a regime's row. `code`: a file below the repository, and what must stand in it. */
type Borne =
  | { readonly rule: string }
  | { readonly fact: RegimeId; readonly says: RegExp }
  | { readonly open: RegimeId; readonly says: RegExp }
  | { readonly code: string; readonly says: RegExp };

const fact = (regime: RegimeId, says: RegExp): Borne => ({ fact: regime, says });
const open = (regime: RegimeId, says: RegExp): Borne => ({ open: regime, says });
const code = (file: string, says: RegExp): Borne => ({ code: file, says });

/** Section of the research, what it says in short, what bears it. */
const ROWS: readonly (readonly [section: string, says: string, borne: Borne])[] = [
  // 2. Findings that change the design
  ['2.1', 'India two hours, and the table is versioned', { rule: 'IN-INTIMATE' }],
  ['2.2', 'United Kingdom, substantially the same', { rule: 'UK-OSA-IIC' }],
  ['2.3', 'TIDA has no counter-notice, penalty or proof', fact('us-tida', /No counter-notice/)],
  [
    '2.4',
    'a minor is another world',
    code('packages/casework/src/minor-lane.ts', /lane for minors as a state/),
  ],
  // 4. Clock design rules
  ['4.1', 'start is event and evidence', code('packages/law/src/duty/clock.ts', /no-proof/)],
  [
    '4.2',
    'incomplete: not started, said at once',
    code('packages/law/src/duty/clock.ts', /incomplete-notice/),
  ],
  ['4.3', 'hours in the platform’s and the notifier’s zone', code('packages/web/ui/clock.tsx', /timeZone/)],
  ['4.4', 'a breach is a fact', code('packages/store/src/migrations.ts', /a breach is never taken back/)],
  ['4.5', 'a case keeps its versions', code('packages/casework/src/notice-terms.ts', /pinVersions/)],
  ['4.6', 'several clocks, the earliest orders', code('packages/web/console/queue.ts', /function dueOrder/)],
  // 6. TAKE IT DOWN Act
  ['6.1', 'process clear and conspicuous, by link', fact('us-tida', /clear, conspicuous/)],
  ['6.2', 'digital forgery', fact('us-tida', /digital forgery/)],
  ['6.3', 'consent', fact('us-tida', /Consent is affirmative/)],
  ['6.4', 'identifiable individual', fact('us-tida', /identifiable individual appears/)],
  ['6.5', 'covered platform', code('packages/law/src/duty/obligation-profile.ts', /isCoveredPlatform/)],
  ['6.6', 'good-faith removal is immune', fact('us-tida', /good faith is immune/)],
  ['6.7', 'FTC, $53,088', fact('us-tida', /\$53,088/)],
  ['6.8', 'letters of the FTC', fact('us-tida', /Letters of the Commission/)],
  ['6.9', 'only known identical copies', fact('us-tida', /identical copies/)],
  // 7. United Kingdom
  ['7.1', 'Ofcom’s hash matching measure', fact('uk-osa', /StopNCII/)],
  ['7.2', 'priority offence s.66B', fact('uk-osa', /66B/)],
  ['7.3', 'penalties of 10 %', fact('uk-osa', /10 %/)],
  // 8. Statement of reasons
  ['8.a-f', 'parts of a statement', fact('eu-dsa', /statement of reasons names/)],
  [
    '8.api',
    'at most 100 in one request',
    code('packages/law/src/statement/record.ts', /RECORDS_PER_REQUEST = 100/),
  ],
  [
    '8.pd',
    'no personal data in any text',
    code('packages/law/src/statement/record-check.ts', /personal-data/),
  ],
  [
    '8.map1',
    'authentic',
    code('packages/law/src/statement/finding.ts', /KEYWORD_NON_CONSENSUAL_IMAGE_SHARING'/),
  ],
  ['8.map2', 'deepfake', code('packages/law/src/statement/finding.ts', /MATERIAL_DEEPFAKE'/)],
  [
    '8.map3',
    'against women, by a person’s choice',
    code('packages/law/src/statement/finding.ts', /AGAINST_WOMEN'/),
  ],
  ['8.map4', 'minor', code('packages/law/src/statement/finding.ts', /KEYWORD_CHILD_SEXUAL_ABUSE_MATERIAL/)],
  ['8.map5', 'doxxing', code('packages/law/src/statement/finding.ts', /KEYWORD_CYBER_HARASSMENT/)],
  ['8.map6', 'sextortion, stalking', code('packages/law/src/statement/finding.ts', /KEYWORD_CYBER_STALKING/)],
  ['8.map7', 'against terms', code('packages/law/src/statement/finding.ts', /KEYWORD_ADULT_SEXUAL_MATERIAL/)],
  // 9. Transparency report
  ['9.csv', 'RFC 4180', code('packages/law/src/report/csv.ts', /4180/)],
  ['9.median', 'medians in hours', code('packages/law/src/report/period.ts', /medianHours/)],
  [
    '9.2months',
    'published within two months, kept five years',
    code('packages/store/src/publications.ts', /five years/),
  ],
  [
    '9.own',
    'a hash hit is own initiative',
    code('packages/law/src/report/report-event.ts', /own\s+\*?\s*initiative, unless/),
  ],
  ['9.once', 'each notice once, items apart', code('packages/law/src/report/sheet-notices.ts', /items/)],
  [
    '9.told',
    'the complaint’s median runs until told',
    code('packages/law/src/report/report-event.ts', /decision was told/),
  ],
  // 10. Other duties of the DSA
  [
    '10.20',
    'complaints: without delay, by people',
    code('packages/casework/src/complaint.ts', /answered by a person/),
  ],
  [
    '10.21',
    'out-of-court body in every decision',
    code('packages/law/src/statement/statement-words-en.ts', /out-of-court/i),
  ],
  [
    '10.23',
    'misuse: four facts after a warning',
    code('packages/casework/src/misuse.ts', /after a prior warning/),
  ],
  ['10.22', 'trusted flagger is an entity', fact('eu-dsa', /trusted flagger/)],
  ['10.19', 'small enterprises', code('packages/law/src/duty/obligation-profile.ts', /small-platform/)],
  // 11. Child lane
  ['11.duty', 'actual knowledge, contents for the provider', fact('us-2258a', /actual knowledge/)],
  ['11.fines', 'fines', fact('us-2258a', /\$850,000/)],
  ['11.search', 'no duty to search', fact('us-2258a', /no duty to search/)],
  ['11.year', 'one year', { rule: 'US-2258A-HOLD' }],
  [
    '11.tid',
    'Take It Down also for adults who were minors',
    code('packages/web/portal/core/age-other-kinds.ts', /./),
  ],
  ['11.uk', 'EXIF, hashes, address, accounts', fact('uk-nca', /EXIF/)],
  ['11.lock', 'blackout for everybody', code('packages/store/src/jobs.ts', /refused-blackout/)],
  ['11.draft', 'draft of a report', code('packages/web/console/lane-draft.ts', /laneReportDraft/)],
  [
    '11.viewed',
    'viewed by the provider',
    code('packages/casework/src/minor-lane.ts', /fileViewedByProvider/),
  ],
  // 12. Data protection and retention
  ['12.enable', 'forms enable identification', fact('eu-dsa', /enables identification/)],
  [
    '12.apart',
    'who reports is kept apart, with logged unsealing',
    code('packages/store/src/notifier-unsealing.ts', /four eyes/),
  ],
  ['12.previews', 'previews 0', code('packages/store/src/job-effects.ts', /preview_url: null/)],
  ['12.hashes', 'hashes out within 24 hours', code('packages/service/src/chores.ts', /24 hours/)],
  [
    '12.notices',
    'notice and decision three years',
    code('packages/store/src/job-closing.ts', /three years/i),
  ],
  ['12.views', 'view ledger one year', code('packages/store/src/views.ts', /a year/)],
  ['12.sor', 'statements five years', code('packages/store/src/statements.ts', /STATEMENT_MS = 5/)],
  ['12.hold', 'hold exactly per law', code('packages/store/src/legal-hold.ts', /2258A\(h\)/)],
  // 13. Other facts
  ['13.us', 'one missing element', code('packages/law/src/duty/element.ts', /lack/)],
  [
    '13.keep',
    'ask for preservation in the notice',
    code('packages/law/src/notice/notice-text.ts', /preserve/),
  ],
  // 14. To verify
  ['14.uk', 'commencement and sections', open('uk-osa', /day on which the duty begins/)],
  ['14.ofcom', 'the measure’s text', open('uk-osa', /Ofcom/)],
  ['14.tida', 'exact wording', open('us-tida', /exact wording/)],
  ['14.in', 'consolidated text', open('in-rules', /consolidated/)],
  ['14.si', 'time frames of SI 2026/268', open('uk-nca', /time frames/)],
  ['14.dsa', 'articles not read', open('eu-dsa', /not yet read/)],
  ['14.au', 'ss.79–80', open('au-osa', /79–80/)],
  ['14.kr', 'statute text', open('kr-tba', /text of the statute/)],
  ['14.vaw', 'Directive Art. 5', open('eu-vaw', /Art\. 5/)],
  ['14.edpb', 'final version of Guidelines 3/2025', fact('eu-dsa', /consultation version/)],
];

/** What was researched and is not built, said in the documents that readers have. */
const NOT_BUILT: readonly (readonly [says: string, file: string, words: RegExp])[] = [
  ['statements are not sent to the database by itself', 'docs/auditor.md', /Nothing sends records/],
  ['sheets 9 and 10', 'docs/auditor.md', /Sheets 9 and 10/],
  [
    'notices of trusted flaggers, orders, disputes out of court',
    'docs/auditor.md',
    /trusted flaggers, orders/,
  ],
  ['New York, Texas, Canada, Brazil, New Zealand, Ireland', 'docs/law/README.md', /not researched/i],
];

const read = (file: string) => readFileSync(new URL(file, ROOT), 'utf8');

test('every row of the research about duties is borne by a rule, a fact, an open point or code that says so', () => {
  for (const [section, says, borne] of ROWS) {
    const what = `${section} ${says}`;
    if ('rule' in borne)
      assert.ok(
        RULES.some(({ id }) => id === borne.rule),
        what,
      );
    else if ('fact' in borne) {
      const { facts } = regimeById(borne.fact);
      assert.ok(
        facts.some(({ text }) => borne.says.test(text)),
        what,
      );
    } else if ('open' in borne) {
      const row = regimeById(borne.open);
      assert.ok(
        row.open.some((text) => borne.says.test(text)),
        what,
      );
    } else assert.match(read(borne.code), borne.says, what);
  }
  assert.equal(new Set(ROWS.map(([section]) => section)).size, ROWS.length);
  assert.equal(ROWS.length, 72);
});

test('what is not built is said where readers look', () => {
  for (const [says, file, words] of NOT_BUILT) assert.match(read(file), words, says);
});

test('the fields of the Commission’s record, its categories and keywords, the sheets, the profiles are counted', () => {
  assert.deepEqual(
    FIELDS.map(({ name }) => name),
    'decision_visibility decision_visibility_other decision_monetary decision_monetary_other decision_provision decision_account account_type decision_ground decision_ground_reference_url illegal_content_legal_ground illegal_content_explanation incompatible_content_ground incompatible_content_explanation incompatible_content_illegal content_type content_type_other category category_addition category_specification category_specification_other territorial_scope content_language content_date application_date end_date_visibility_restriction end_date_monetary_restriction end_date_service_restriction end_date_account_restriction decision_facts source_type source_identity automated_detection automated_decision content_id puid'.split(
      ' ',
    ),
  );
  // 16 categories of a record, and one more for orders that reports add.
  assert.equal(CATEGORIES.length, 17);
  assert.equal(SPECIFICATIONS.length, 69);
  assert.deepEqual(
    SHEETS_MADE.map((name) => Number.parseInt(name, 10)),
    [1, 2, 3, 4, 5, 6, 7, 8, 11],
  );
  assert.equal(OBLIGATION_PROFILES.length, 5);
  assert.equal(RULES.length, 32);
  assert.equal(ELEMENTS.length, 42);
});
