/**
 * Nothing that was researched about duties may go missing. The research is not in this repository; here is every row of it,
 * section by section, with what bears it: a rule, a fact of a regime's row, an open point, what the functions of this room
 * answer, or a test of another room by its sentence. What is borne by nothing stands in `NOT_BUILT`, where it is counted as well.
 * @module
 */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { parseDay } from '../day.ts';
import { SERVICES } from '../directory/services.ts';
import { renderNotice } from '../notice/notice-text.ts';
import { SENTENCES_EN } from '../notice/sentences-en.ts';
import { csvText } from '../report/csv.ts';
import { medianHours } from '../report/period.ts';
import { SHEETS_MADE } from '../report/report.ts';
import { CATEGORIES, SPECIFICATIONS } from '../statement/category.ts';
import { type Finding, recorded } from '../statement/finding.ts';
import { findPersonalData } from '../statement/personal-data.ts';
import { FIELDS, RECORDS_PER_REQUEST } from '../statement/record.ts';
import { parseZone } from '../zone.ts';
import { type Clock, type ClockInput, earliestDue, readClock } from './clock.ts';
import { clockReading } from './clock-words.ts';
import { DECLARATIONS } from './declaration.ts';
import { limitWords } from './due.ts';
import { isComplete, lackingElements } from './element.ts';
import { ELEMENTS } from './element-row.ts';
import { EMPTY_DRAFT, type NoticeDraft } from './notice-draft.ts';
import {
  binds,
  isCoveredPlatform,
  OBLIGATION_PROFILES,
  profileOf,
  type ServiceFacts,
} from './obligation-profile.ts';
import { regimeById } from './regime.ts';
import { pinnedVersion, pinVersions, type RegimeId } from './rule.ts';
import { RULES, ruleById } from './rules.ts';

const ROOT = new URL('../../../../', import.meta.url);

/**
 * `rule`: its id; its citation, day, limit and clock stand in `rule-reference.test.ts`. `fact`, `open`: of a regime's row. `shows`: what
 * the functions of this room do with it. `proved`: a test of another file that does it, by its sentence.
 */
type Borne =
  | { readonly rule: string }
  | { readonly fact: RegimeId; readonly says: RegExp }
  | { readonly open: RegimeId; readonly says: RegExp }
  | { readonly shows: () => void }
  | { readonly proved: string; readonly sentence: string };

const fact = (regime: RegimeId, says: RegExp): Borne => ({ fact: regime, says });
const open = (regime: RegimeId, says: RegExp): Borne => ({ open: regime, says });
const shows = (check: () => void): Borne => ({ shows: check });
const proved = (file: string, sentence: string): Borne => ({ proved: file, sentence });

const DAY = parseDay('2026-11-18');
const BERLIN = parseZone('Europe/Berlin');
const RECEIVED = {
  kind: 'notice-received',
  atMs: Date.parse('2026-11-18T10:00Z'),
  proof: { kind: 'receipt', record: 'r1' },
} as const;
const NOW = RECEIVED.atMs + 60_000;

/** A notice with every element that the United States ask for. */
const FULL: NoticeDraft = {
  ...EMPTY_DRAFT,
  locations: ['https://social.example/post/1'],
  standing: 'depicted',
  kind: 'authentic',
  facts: 'It was taken in private.',
  declarations: DECLARATIONS.map(({ id }) => ({ id, version: '1', atMs: 0 })),
  signature: { kind: 'typed', text: 'A. Person', pseudonym: false },
  email: 'a@mail.example',
  name: 'A. Person',
  age: 'adult',
};

function clockOf(over: Partial<ClockInput>, id = 'US-TIDA-REMOVE'): Clock {
  return readClock(ruleById(id), {
    events: [RECEIVED],
    noticeComplete: true,
    hasContact: true,
    nowMs: NOW,
    platformZone: BERLIN,
    ...over,
  });
}

function reasonOf(over: Partial<ClockInput>): string {
  const clock = clockOf(over);
  return clock.kind === 'not-started' ? clock.reason : clock.kind;
}

function mapsTo(finding: Finding, againstWomen: boolean, category: string, keyword: string): void {
  const found = recorded(finding, againstWomen);
  assert.deepEqual(
    [found.category, found.specification],
    [`STATEMENT_CATEGORY_${category}`, `KEYWORD_${keyword}`],
  );
}

/** Section of the research, what it says in short, what bears it. */
const ROWS: readonly (readonly [section: string, says: string, borne: Borne])[] = [
  // 2. Findings that change the design
  ['2.1', 'India two hours, and the table is versioned', { rule: 'IN-INTIMATE' }],
  ['2.2', 'United Kingdom, substantially the same', { rule: 'UK-OSA-IIC' }],
  ['2.3', 'TIDA has no counter-notice, penalty or proof', fact('us-tida', /No counter-notice/)],
  [
    '2.4',
    'a minor is another world',
    proved(
      'packages/casework/src/minor-lane.test.ts',
      'nobody looks and nothing leaves, in every state and for everybody',
    ),
  ],
  // 4. Clock design rules
  [
    '4.1',
    'start is event and evidence',
    shows(() => {
      assert.equal(reasonOf({ events: [{ ...RECEIVED, proof: null }] }), 'no-proof');
      assert.equal(clockOf({}).kind, 'running');
    }),
  ],
  [
    '4.2',
    'incomplete: not started, said at once',
    shows(() => {
      assert.equal(reasonOf({ noticeComplete: false }), 'incomplete-notice');
      assert.deepEqual(
        lackingElements('us-tida', { ...FULL, signature: null }).map(({ element }) => element.id),
        ['signature'],
      );
    }),
  ],
  [
    '4.3',
    'hours in the platform’s and the notifier’s zone',
    shows(() => {
      const { duePlatform, dueNotifier, minutesLeft } = clockReading(
        clockOf({}),
        NOW,
        BERLIN,
        parseZone('Asia/Kolkata'),
      );
      assert.deepEqual([duePlatform?.time, dueNotifier?.time, minutesLeft], ['11:00', '15:30', 48 * 60 - 1]);
    }),
  ],
  [
    '4.4',
    'a breach is a fact',
    proved(
      'packages/service/src/notice-rulings.test.ts',
      'a breach is recorded once, cannot be taken back, and what comes later is met late',
    ),
  ],
  [
    '4.5',
    'a case keeps its versions',
    shows(() => {
      const pins = pinVersions(RULES, parseDay('2026-02-19'));
      assert.equal(limitWords(pinnedVersion(ruleById('IN-INTIMATE'), pins)!.limit), '24 hours');
    }),
  ],
  [
    '4.6',
    'several clocks, the earliest orders',
    shows(() => {
      assert.equal(earliestDue([clockOf({}), clockOf({}, 'IN-INTIMATE')])?.rule.id, 'IN-INTIMATE');
    }),
  ],
  // 6. TAKE IT DOWN Act
  ['6.1', 'process clear and conspicuous, by link', fact('us-tida', /clear, conspicuous/)],
  ['6.2', 'digital forgery', fact('us-tida', /digital forgery/)],
  ['6.3', 'consent', fact('us-tida', /Consent is affirmative/)],
  ['6.4', 'identifiable individual', fact('us-tida', /identifiable individual appears/)],
  [
    '6.5',
    'covered platform',
    shows(() => {
      const of = (kind: ServiceFacts['kind']) =>
        isCoveredPlatform({ kind, smallEnterprise: false, veryLarge: false });
      assert.deepEqual(
        [of('user-content'), of('broadband'), of('mail'), of('preselected')],
        [true, false, false, false],
      );
    }),
  ],
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
    shows(() => {
      assert.equal(RECORDS_PER_REQUEST, 100);
    }),
  ],
  [
    '8.pd',
    'no personal data in any text',
    shows(() => {
      assert.ok(findPersonalData('Written by ana.perez@mail.example').length > 0);
    }),
  ],
  [
    '8.map1',
    'authentic',
    shows(() => {
      mapsTo('authentic', false, 'CYBER_VIOLENCE', 'NON_CONSENSUAL_IMAGE_SHARING');
    }),
  ],
  [
    '8.map2',
    'deepfake',
    shows(() => {
      mapsTo('deepfake', false, 'CYBER_VIOLENCE', 'NON_CONSENSUAL_MATERIAL_DEEPFAKE');
    }),
  ],
  [
    '8.map3',
    'against women, by a person’s choice',
    shows(() => {
      mapsTo('authentic', true, 'CYBER_VIOLENCE_AGAINST_WOMEN', 'NON_CONSENSUAL_IMAGE_SHARING_AGAINST_WOMEN');
    }),
  ],
  [
    '8.map4',
    'minor',
    shows(() => {
      mapsTo('minor', false, 'PROTECTION_OF_MINORS', 'CHILD_SEXUAL_ABUSE_MATERIAL');
    }),
  ],
  [
    '8.map5',
    'doxxing',
    shows(() => {
      mapsTo('with-private-data', false, 'CYBER_VIOLENCE', 'CYBER_HARASSMENT');
    }),
  ],
  [
    '8.map6',
    'sextortion, stalking',
    shows(() => {
      mapsTo('with-threat', false, 'CYBER_VIOLENCE', 'CYBER_STALKING');
    }),
  ],
  [
    '8.map7',
    'against terms',
    shows(() => {
      mapsTo('sexual-against-terms', false, 'OTHER_VIOLATION_TC', 'ADULT_SEXUAL_MATERIAL');
    }),
  ],
  // 9. Transparency report
  [
    '9.csv',
    'RFC 4180',
    shows(() => {
      assert.equal(
        csvText({
          header: ['a', 'b'],
          rows: [
            ['x,"y"', null],
            [0, 'z'],
          ],
        }),
        'a,b\r\n"x,""y""",\r\n0,z\r\n',
      );
    }),
  ],
  [
    '9.median',
    'medians in hours',
    shows(() => {
      assert.equal(medianHours([3_600_000, 3 * 3_600_000, 9 * 3_600_000]), 3);
      assert.equal(medianHours([]), null);
    }),
  ],
  [
    '9.2months',
    'published within two months, kept five years',
    proved(
      'packages/service/src/report-routes.test.ts',
      'what was published is written down with its digests, a correction names what it corrects, and anybody reads the list',
    ),
  ],
  [
    '9.own',
    'a hash hit is own initiative',
    proved(
      'packages/service/src/report-routes.test.ts',
      'the report of the year counts what the log holds, and is itself in the log',
    ),
  ],
  [
    '9.once',
    'each notice once, items apart',
    proved(
      'packages/law/src/report/report.test.ts',
      'two notices on one item are two notices, and an action is counted where it was taken',
    ),
  ],
  [
    '9.told',
    'the complaint’s median runs until told',
    proved(
      'packages/law/src/report/report.test.ts',
      'the median of complaints runs until the decision is told, and leaves out those without one',
    ),
  ],
  // 10. Other duties of the DSA
  [
    '10.20',
    'complaints: without delay, by people',
    proved(
      'packages/service/src/notice-rulings.test.ts',
      'a notifier complains by code, another reviewer answers, and a reversal takes effect with the answer',
    ),
  ],
  [
    '10.21',
    'out-of-court body in every decision',
    proved(
      'packages/law/src/statement/statement.test.ts',
      'a statement says all six things of Article 17(3), in English and in Spanish',
    ),
  ],
  [
    '10.23',
    'misuse: four facts after a warning',
    proved(
      'packages/casework/src/misuse.test.ts',
      'the ladder: three manifest acts, a warning, one more act, a suspension, its end',
    ),
  ],
  ['10.22', 'trusted flagger is an entity', fact('eu-dsa', /trusted flagger/)],
  [
    '10.19',
    'small enterprises',
    shows(() => {
      const small = profileOf({ kind: 'user-content', smallEnterprise: true, veryLarge: false });
      assert.deepEqual(
        RULES.filter(({ regime }) => regime === 'eu-dsa')
          .filter((rule) => !binds(small, rule))
          .map(({ id }) => id)
          .sort(),
        ['EU-DSA-COMPLAINT-OPEN', 'EU-DSA-TDB', 'EU-DSA-TF'],
      );
    }),
  ],
  // 11. Child lane
  ['11.duty', 'actual knowledge, contents for the provider', fact('us-2258a', /actual knowledge/)],
  ['11.fines', 'fines', fact('us-2258a', /\$850,000/)],
  ['11.search', 'no duty to search', fact('us-2258a', /no duty to search/)],
  ['11.year', 'one year', { rule: 'US-2258A-HOLD' }],
  [
    '11.tid',
    'Take It Down for who was under 18 in the picture, the other road for adults',
    shows(() => {
      const tid = SERVICES.find(({ id }) => id === 'ncmec-take-it-down')!;
      assert.deepEqual([tid.under18, tid.serves], ['only', 'image taken < 18']);
    }),
  ],
  ['11.uk', 'EXIF, hashes, address, accounts', fact('uk-nca', /EXIF/)],
  [
    '11.lock',
    'blackout for everybody',
    proved(
      'packages/store/src/legal-hold.test.ts',
      'what may show a minor is answered without item and matches, but for the lane; the preview to nobody',
    ),
  ],
  [
    '11.draft',
    'draft of a report',
    proved(
      'packages/web/console/lane-draft.test.ts',
      'the draft says what is known, names what is to be found out, and holds no link and no picture',
    ),
  ],
  [
    '11.viewed',
    'viewed by the provider',
    proved(
      'packages/casework/src/minor-lane.test.ts',
      'the draft of a report says whether a person viewed the file, and names what has to be added',
    ),
  ],
  // 12. Data protection and retention
  ['12.enable', 'forms enable identification', fact('eu-dsa', /enables identification/)],
  [
    '12.apart',
    'who reports is kept apart, with logged unsealing',
    proved(
      'packages/service/src/notice-rulings.test.ts',
      'who gave notice is read with four eyes: one lead asks with a reason, another agrees, and each step is in the log first',
    ),
  ],
  [
    '12.previews',
    'previews 0',
    proved(
      'packages/service/src/look-routes.test.ts',
      'a look is in the chain before its address is answered; the picture is a JPEG of its rung, once',
    ),
  ],
  [
    '12.hashes',
    'hashes out within 24 hours',
    proved(
      'test/erasure.test.ts',
      "after a withdrawal and a compaction a signal's bytes are in no file of the data directory and in no memory",
    ),
  ],
  [
    '12.notices',
    'notice and decision three years',
    proved(
      'packages/service/src/notice-rulings.test.ts',
      'three years after its ruling a job closes, and what its notices said and who gave them is erased',
    ),
  ],
  [
    '12.views',
    'view ledger one year',
    proved(
      'packages/store/src/views.test.ts',
      'the ledger of views is kept for a year, and that somebody looked stays in the chain',
    ),
  ],
  [
    '12.sor',
    'statements five years',
    proved(
      'packages/service/src/report-routes.test.ts',
      'nothing of a person and no item stands in a statement, and after five years it is gone',
    ),
  ],
  [
    '12.hold',
    'hold exactly per law',
    proved(
      'packages/casework/src/minor-lane.test.ts',
      'the year runs from the report to the end of its last day, and a late report makes no shorter hold',
    ),
  ],
  // 13. Other facts
  [
    '13.us',
    'one missing element',
    shows(() => {
      for (const { id } of lackingElements('us-tida', EMPTY_DRAFT).map(({ element }) => element))
        assert.ok(id);
      assert.equal(isComplete('us-tida', FULL), true);
      assert.equal(isComplete('us-tida', { ...FULL, locations: [] }), false);
    }),
  ],
  [
    '13.keep',
    'ask for preservation in the notice',
    shows(() => {
      const text = renderNotice(
        {
          draft: FULL,
          host: 'social.example',
          regimes: ['us-tida'],
          addressed: 'service',
          factsSuggested: false,
          day: DAY,
        },
        SENTENCES_EN,
      );
      assert.ok(text.body.includes(SENTENCES_EN.preserve));
    }),
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

test('every row of the research about duties is borne by a rule, a fact, an open point, or by what the functions do', () => {
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
    } else if ('shows' in borne) borne.shows();
    else {
      const named = [`test('${borne.sentence}'`, `test("${borne.sentence}"`];
      const file = read(borne.proved);
      assert.ok(
        named.some((each) => file.includes(each)),
        `${what}: expected a test of that sentence in ${borne.proved}`,
      );
    }
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
