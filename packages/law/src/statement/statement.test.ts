import assert from 'node:assert/strict';
import test from 'node:test';
import { parseDay } from '../day.ts';
import { FINDINGS, type Finding, recorded } from './finding.ts';
import { legalGrounds } from './legal-ground.ts';
import { findPersonalData } from './personal-data.ts';
import { VISIBILITIES } from './record.ts';
import { checkRecord } from './record-check.ts';
import {
  plainStatement,
  STATEMENT_LANGUAGES,
  type StatementDraft,
  type StatementSource,
  statementRecord,
  statementText,
} from './statement.ts';

const DRAFT: StatementDraft = {
  finding: 'authentic',
  againstWomen: false,
  ground: { kind: 'law', cite: 'Código Penal 197.7' },
  groundUrl: '',
  facts: 'The picture is the same as one that was protected, and a person looked at both.',
  source: 'own-initiative',
  automatedDetection: true,
  automatedDecision: 'no',
  restriction: 'DECISION_VISIBILITY_CONTENT_REMOVED',
  medium: 'image',
  territory: [],
  contentDay: parseDay('2026-11-20'),
  appliedDay: parseDay('2026-11-21'),
  endDay: null,
  puid: 'dec_0123456789abcdef0123456789abcdef',
  language: 'en',
  redress: 'platform',
};

test('every finding, source, ground, restriction and language gives a record that may be sent', () => {
  const sources: readonly StatementSource[] = ['notice', 'trusted-flagger', 'report', 'own-initiative'];
  let count = 0;
  for (const finding of FINDINGS)
    for (const againstWomen of [true, false])
      for (const source of sources)
        for (const restriction of VISIBILITIES.filter((each) => each !== 'DECISION_VISIBILITY_OTHER'))
          for (const language of STATEMENT_LANGUAGES)
            for (const ground of [
              DRAFT.ground,
              { kind: 'terms', clause: 'Section 4, intimate images', alsoIllegal: true } as const,
            ]) {
              const draft = { ...DRAFT, finding, againstWomen, source, restriction, language, ground };
              const checked = checkRecord(statementRecord(draft));
              assert.deepEqual(checked.ok ? [] : checked.faults, [], JSON.stringify(draft));
              count += 1;
            }
  assert.equal(count, 7 * 2 * 4 * 6 * 2 * 2);
});

test('the mapping: finding to category and sub-category', () => {
  const table: readonly (readonly [Finding, boolean, string])[] = [
    ['authentic', false, 'CYBER_VIOLENCE / NON_CONSENSUAL_IMAGE_SHARING'],
    ['authentic', true, 'CYBER_VIOLENCE_AGAINST_WOMEN / NON_CONSENSUAL_IMAGE_SHARING_AGAINST_WOMEN'],
    ['deepfake', false, 'CYBER_VIOLENCE / NON_CONSENSUAL_MATERIAL_DEEPFAKE'],
    ['deepfake', true, 'CYBER_VIOLENCE_AGAINST_WOMEN / NON_CONSENSUAL_MATERIAL_DEEPFAKE_AGAINST_WOMEN'],
    ['with-private-data', false, 'CYBER_VIOLENCE / CYBER_HARASSMENT'],
    ['with-private-data', true, 'CYBER_VIOLENCE_AGAINST_WOMEN / CYBER_HARASSMENT_AGAINST_WOMEN'],
    ['with-threat', false, 'CYBER_VIOLENCE / CYBER_STALKING'],
    ['with-threat', true, 'CYBER_VIOLENCE_AGAINST_WOMEN / CYBER_STALKING_AGAINST_WOMEN'],
    ['sexual-against-terms', false, 'OTHER_VIOLATION_TC / ADULT_SEXUAL_MATERIAL'],
    ['nudity-against-terms', true, 'OTHER_VIOLATION_TC / NUDITY'],
    ['minor', true, 'PROTECTION_OF_MINORS / CHILD_SEXUAL_ABUSE_MATERIAL'],
  ];
  for (const [finding, againstWomen, expected] of table) {
    const { category, specification } = recorded(finding, againstWomen);
    const short = `${category.replace('STATEMENT_CATEGORY_', '')} / ${specification.replace('KEYWORD_', '')}`;
    assert.equal(short, expected);
  }
  assert.deepEqual(recorded('deepfake', false).contentType, ['CONTENT_TYPE_SYNTHETIC_MEDIA']);
});

test('a statement says all six things of Article 17(3), in English and in Spanish', () => {
  assert.equal(
    plainStatement(statementText(DRAFT)),
    `Why an item of yours is restricted

What we did
We removed an item that you posted. This applies wherever the service is offered. It applies from 21 November 2026. It has no end date.

What we found
We acted on our own initiative, not after a notice. The picture is the same as one that was protected, and a person looked at both.

Automated means
The item was found by automated means: its fingerprint was compared with fingerprints of protected pictures. A person took the decision.

What the decision rests on
We consider the item illegal under Código Penal 197.7. It shows a person in an intimate state or act, and was shared without that person’s consent.

If you disagree
You can complain to us, free of charge and electronically, within 6 months from the day on which you were told; people decide on it, and not the one who took this decision. You can turn to a certified out-of-court dispute settlement body. You can go to court at any time.
`,
  );
  const spanish = plainStatement(
    statementText({
      ...DRAFT,
      language: 'es',
      source: 'notice',
      territory: ['ES', 'PT'],
      endDay: parseDay('2027-01-31'),
      ground: { kind: 'terms', clause: 'punto 4', alsoIllegal: true },
      redress: 'hosting',
    }),
  );
  for (const words of [
    'Actuamos después de una notificación.',
    'Se aplica en España y Portugal.',
    'Termina el 31 de enero de 2027.',
    'no es compatible con nuestras condiciones: punto 4.',
    'Puede acudir a un tribunal en cualquier momento.',
  ])
    assert.ok(spanish.includes(words), words);
  assert.ok(!spanish.includes('órgano certificado'), 'a small service is not bound by Article 21');
});

test('no source names who asked, whatever came before the decision', () => {
  for (const source of ['notice', 'trusted-flagger', 'report', 'own-initiative'] as const) {
    const record = statementRecord({ ...DRAFT, source });
    assert.equal(record.source_identity, undefined);
    assert.deepEqual(findPersonalData(plainStatement(statementText({ ...DRAFT, source }))), []);
  }
});

test('facts with personal data make a record that may not be sent', () => {
  const checked = checkRecord(
    statementRecord({ ...DRAFT, facts: 'Asked for by @rosa_example, who is shown.' }),
  );
  assert.ok(!checked.ok);
  assert.deepEqual(
    checked.faults.map(({ field, reason }) => [field, reason]),
    [['decision_facts', 'personal-data']],
  );
});

test('legal grounds come from the rows of rights, the Union first, and each fits the record', () => {
  for (const deepfake of [true, false]) {
    const grounds = legalGrounds(deepfake);
    assert.ok(grounds.length >= 5, 'fewer grounds than expected');
    assert.match(grounds[0]!.jurisdiction, /^[A-Z]{2}$/);
    const outside = grounds.findIndex(({ jurisdiction }) => jurisdiction.startsWith('US'));
    assert.ok(grounds.slice(outside).every(({ jurisdiction }) => jurisdiction !== 'ES'));
    for (const { cite } of grounds) {
      const checked = checkRecord(statementRecord({ ...DRAFT, ground: { kind: 'law', cite } }));
      assert.deepEqual(checked.ok ? [] : checked.faults, [], cite);
    }
  }
});
