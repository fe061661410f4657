import assert from 'node:assert/strict';
import test from 'node:test';
import { readClock } from '../duty/clock.ts';
import { ruleById } from '../duty/rules.ts';
import { parseZone, UTC } from '../zone.ts';
import { FOLLOW_AR } from './follow-sentences-ar.ts';
import { FOLLOW_EN } from './follow-sentences-en.ts';
import { FOLLOW_ES } from './follow-sentences-es.ts';
import {
  againText,
  appealText,
  complaintText,
  complaintWords,
  reminderText,
  type SentNotice,
} from './follow-up-text.ts';
import { OFFICE_LANGUAGES, officeLanguage } from './office-sentences.ts';
import { OFFICE_DE } from './office-sentences-de.ts';
import { OFFICE_FR } from './office-sentences-fr.ts';
import { OFFICE_IT } from './office-sentences-it.ts';
import { OFFICE_KO } from './office-sentences-ko.ts';
import { SENTENCES_AR } from './sentences-ar.ts';
import { SENTENCES_EN } from './sentences-en.ts';
import { SENTENCES_ES } from './sentences-es.ts';

const EN = { say: SENTENCES_EN, follow: FOLLOW_EN };
const ES = { say: SENTENCES_ES, follow: FOLLOW_ES };
const AR = { say: SENTENCES_AR, follow: FOLLOW_AR };

const SENT = Date.UTC(2026, 10, 20, 9, 30);
const HOUR = 3_600_000;

function clock(id: string, nowMs: number, complete = true) {
  return readClock(ruleById(id), {
    events: [{ kind: 'notice-received', atMs: SENT, proof: { kind: 'receipt', record: 'x' } }],
    noticeComplete: complete,
    hasContact: true,
    nowMs,
    platformZone: UTC,
  });
}

function sent(over: Partial<SentNotice> = {}): SentNotice {
  return {
    host: 'social.example',
    locations: ['https://social.example/post/1'],
    sentMs: SENT,
    number: 'ABC-1',
    clocks: [],
    refusedMs: null,
    underDsa: false,
    zone: UTC,
    ...over,
  };
}

test('a reminder names what was due by which text, in the zone of the person, and repeats the request', () => {
  const now = SENT + 49 * HOUR;
  const { body } = reminderText(
    sent({ clocks: [clock('US-TIDA-REMOVE', now)], zone: parseZone('Asia/Kolkata') }),
    now,
    'THE FIRST TEXT',
    EN,
  );
  assert.match(body, /on 2026-11-20 at 15:00 \(Asia\/Kolkata\)/);
  assert.match(body, /Under 47 U\.S\.C\. 223a\(a\)\(3\).* due by 2026-11-22, 15:00/);
  assert.match(body, /ABC-1/);
  assert.match(body, /THE FIRST TEXT\n$/);
});

test('without a number in the law a reminder counts days and claims no breach', () => {
  const now = SENT + 8 * 24 * HOUR;
  const { body } = reminderText(sent({ clocks: [clock('EU-DSA-DECIDE', now)] }), now, '', EN);
  assert.match(body, /That is 8 days ago/);
  assert.doesNotMatch(body, /due by/);
});

test('a complaint to an office says breach only where a number passed, and keeps to what is known', () => {
  const now = SENT + 49 * HOUR;
  const breached = complaintText(
    sent({ clocks: [clock('US-TIDA-REMOVE', now)] }),
    '',
    complaintWords(EN),
  ).body;
  assert.match(breached, /held every element.*\n.*had to act by 2026-11-22, 09:30 \(UTC\)\. It did not\./);
  const silent = complaintText(sent({ clocks: [clock('EU-DSA-DECIDE', now)] }), '', complaintWords(EN)).body;
  assert.match(silent, /without delay\. It has not answered/);
  assert.doesNotMatch(silent, /did not\.|every element/);
  const incomplete = complaintText(
    sent({ clocks: [clock('US-TIDA-REMOVE', now, false)] }),
    '',
    complaintWords(EN),
  ).body;
  assert.doesNotMatch(incomplete, /It did not|every element/);
  const refused = complaintText(sent({ refusedMs: SENT + HOUR }), '', complaintWords(EN)).body;
  assert.match(refused, /refused on 2026-11-20/);
});

test('against a refusal the Digital Services Act is named only where the notice rested on it', () => {
  assert.match(appealText(sent({ refusedMs: SENT, underDsa: true }), '', EN).body, /Article 20/);
  assert.doesNotMatch(appealText(sent({ refusedMs: SENT }), '', EN).body, /Article 20/);
});

test('no follow-up links money with reporting, in any language, and each has a body', () => {
  const now = SENT + 49 * HOUR;
  for (const say of [EN, ES, AR]) {
    const all = [
      reminderText(sent(), now, '', say),
      againText({ ...sent(), backMs: now }, '', say),
      appealText(sent({ refusedMs: now }), '', say),
      complaintText(sent(), '', complaintWords(say)),
    ];
    for (const { subject, body } of all) {
      assert.ok(subject.length > 10 && body.length > 60);
      assert.doesNotMatch(
        `${subject}${body}`,
        /\bpay|money|compensation|pag[ao]|dinero|مال\b|ادفع|undefined/i,
      );
    }
  }
});

const OFFICES = [OFFICE_DE, OFFICE_FR, OFFICE_IT, OFFICE_KO];

test('a complaint quotes the request as it was sent where its text was kept, and says nothing of a text where it was not', () => {
  for (const words of [...[EN, ES, AR].map(complaintWords), ...OFFICES]) {
    const kept = complaintText(sent(), 'THE TEXT AS IT WAS SENT', words).body;
    assert.ok(kept.includes(words.complaint.quoted), words.language);
    assert.match(kept, /\n---\n\nTHE TEXT AS IT WAS SENT\n$/);
    const lost = complaintText(sent(), '', words).body;
    assert.ok(lost.includes(words.complaint.proof) && !lost.includes(words.complaint.quoted), words.language);
  }
});

test('every office is written to in its own language where there is a table, and each says that no lawyer read it', () => {
  const now = SENT + 49 * HOUR;
  assert.deepEqual(
    OFFICES.map((each) => each.language),
    OFFICE_LANGUAGES,
  );
  const facts = { clocks: [clock('US-TIDA-REMOVE', now), clock('EU-DSA-DECIDE', now)], refusedMs: now };
  for (const words of OFFICES) {
    const { subject, body, language, reviewed } = complaintText(sent(facts), '', words);
    assert.equal(reviewed, false);
    assert.equal(language, words.language);
    assert.ok(subject.includes('social.example') && body.includes('https://social.example/post/1'));
    for (const fact of ['ABC-1', '47 U.S.C. 223a(a)(3)', '2026-11-20', '2026-11-22', words.complaint.to])
      assert.ok(body.includes(fact), `${words.language}: ${fact}`);
    assert.doesNotMatch(body, /undefined|\$\{/);
    // No word of money in a text that speaks of reporting.
    assert.doesNotMatch(body, /zahl|Geld|pay[eé]|argent|denaro|paga|돈|지불|보상/i);
  }
  assert.deepEqual(
    [
      officeLanguage('garante', 'IT'),
      officeLanguage('kr-center', 'KR'),
      officeLanguage('pharos', 'FR'),
      officeLanguage('aepd', 'ES'),
      officeLanguage('dsc', 'DE'),
      officeLanguage('dsc', 'BE'),
      officeLanguage('ftc', 'IT'),
    ],
    ['it', 'ko', 'fr', 'es', 'de', 'en', 'en'],
  );
});
