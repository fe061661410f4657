/**
 * The form, for a new notice and for what is added to one that was sent. Nothing in it is required but a place; what a law
 * asks for beyond is said beside it, as it is typed.
 * @module
 */

import { MAX_LOCATION, MAX_NOTICE_FACTS } from '@reclaim/casework/wire-notice';
import { type DeclarationId, declarationOn } from '@reclaim/law/duty/declaration';
import { dayAt, UTC } from '@reclaim/law/zone';
import { drawReceiptCode } from '@reclaim/vault/receipt-code';
import { useLayoutEffect, useState } from 'preact/hooks';
import { Button } from '../../ui/button.tsx';
import { CheckField, Field, SelectField } from '../../ui/field.tsx';
import type { Language } from '../../ui/language.ts';
import { NoticeBox } from '../../ui/notice-box.tsx';
import { StepHeader } from '../../ui/step-header.tsx';
import {
  contentOf,
  hasPlace,
  lacksOf,
  NOTHING_ADDED,
  notifierOf,
  stillLacking,
  supplementOf,
  ticksFor,
} from '../answers.ts';
import { LacksPanel } from '../lacks-panel.tsx';
import { troubleWords, useNotice, useWork } from '../notice-context.ts';

/** Countries whose law knows notices, first; the rest of the world by name after them. */
const COUNTRIES =
  'AE AR AT AU BE BG BR CA CH CL CO CR CY CZ DE DK DO DZ EC EE EG ES FI FR GB GR GT HK HN HR HU ID IE IL IN IQ IS IT JO JP KE KR KW LB LT LU LV LY MA MT MX MY NG NI NL NO NZ OM PA PE PH PK PL PR PT PY QA RO RS SA SD SE SG SI SK SV SY TH TN TR TW UA US UY VE VN YE ZA'.split(
    ' ',
  );

function countryOptions(language: Language, none: string): readonly (readonly [string, string])[] {
  const names = new Intl.DisplayNames(language, { type: 'region' });
  const named = COUNTRIES.map((code) => [code, names.of(code) ?? code] as const);
  return [['unknown', none], ...named.toSorted((a, b) => a[1].localeCompare(b[1], language))];
}

/** A new notice. */
export function Form() {
  const visit = useNotice();
  const { words, frame, answers, platform, api, language, code, setCode, setReceipt, go } = visit;
  const work = useWork();
  const [asked, setAsked] = useState(false);
  const [turnedAway, setTurnedAway] = useState(false);
  const now = Date.now();
  const send = () => {
    if (!hasPlace(answers)) {
      setAsked(true);
      document.getElementById('content')?.focus();
      return;
    }
    work.run(async () => {
      const { noticeKeySha256 } = await import('@reclaim/vault/notice-code');
      // Drawn once: sent again after an answer that was lost, it is the same notice.
      const drawn = code ?? drawReceiptCode(crypto.getRandomValues(new Uint8Array(12)));
      setCode(drawn);
      const said = await api.give({
        ...contentOf(answers, language, Date.now()),
        notifier: notifierOf(answers),
        codeSha256: await noticeKeySha256(drawn),
        ...(answers.earlierNotMine ? { earlierNotMine: true as const } : {}),
      });
      if (!said.ok) {
        if (said.reason === 'suspended') setTurnedAway(true);
        return troubleWords(visit, said);
      }
      setReceipt(said.value);
      go('receipt');
      return undefined;
    });
  };
  return (
    <form
      class="stack loose"
      autocomplete="off"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <div class="stack">
        <StepHeader
          title={words.form.title}
          lead={words.form.lead}
          back={{ words: frame.back, onPress: () => go(answers.age === 'adult' ? 'age' : 'minor') }}
        />
      </div>
      <div class="notice-columns">
        <div class="notice-form stack loose">
          <Where error={asked && !hasPlace(answers) ? words.form.noPlace : undefined} />
          <Who />
          <What />
          <Confirm />
          <Contact />
          <Live />
        </div>
        <aside>
          <LacksPanel regimes={lacksOf(answers, platform, now)} title={words.has.title} />
        </aside>
        <div class="notice-send">
          {turnedAway && <NotMine />}
          <Sending
            busy={work.busy}
            trouble={work.trouble}
            label={words.form.send}
            note={words.form.sendNote}
          />
        </div>
      </div>
    </form>
  );
}

/** Where the address is suspended: who is always heard, and the word of somebody whose address another typed. */
function NotMine() {
  const { words, answers, answer } = useNotice();
  return (
    <NoticeBox kind="attention">
      <p>{words.suspended.always}</p>
      <CheckField
        label={words.suspended.notMine}
        checked={answers.earlierNotMine}
        onChange={(earlierNotMine) => answer({ earlierNotMine })}
      />
      <p>{words.suspended.note}</p>
    </NoticeBox>
  );
}

/** What is added to a notice that was sent. */
export function AddForm() {
  const visit = useNotice();
  const { words, frame, answers, answer, status, api, code, setStatus, go } = visit;
  const work = useWork();
  const [empty, setEmpty] = useState(false);
  // What the notice says already is not sent back: the fields begin empty, and what is left empty changes nothing.
  // Before anything can be typed: a frame later it would take away what somebody wrote at once.
  useLayoutEffect(() => answer(NOTHING_ADDED), []);
  const now = Date.now();
  const send = () => {
    const more = supplementOf(answers, Date.now());
    setEmpty(more === undefined);
    if (more === undefined || code === undefined) return;
    work.run(async () => {
      const { noticeKey } = await import('@reclaim/vault/notice-code');
      const said = await api.supplement({ ...more, code: await noticeKey(code) });
      if (!said.ok) return troubleWords(visit, said);
      setStatus(said.value);
      go('status');
      return undefined;
    });
  };
  return (
    <form
      class="stack loose"
      autocomplete="off"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <div class="stack">
        <StepHeader title={words.receipt.add} back={{ words: frame.back, onPress: () => go('status') }} />
      </div>
      <div class="notice-columns">
        <div class="notice-form stack loose">
          <Where error={undefined} />
          <Who />
          <What />
          <Confirm />
          <Contact />
        </div>
        <aside>
          <LacksPanel
            regimes={stillLacking(
              (status?.regimes ?? []) as Parameters<typeof stillLacking>[0],
              answers,
              now,
            ).map((each) => ({
              ...each,
              answer: status?.regimes.find(({ regime }) => regime === each.regime)?.answer ?? 'unknown',
            }))}
            title={words.receipt.lacking}
          />
        </aside>
        <div class="notice-send">
          <Sending
            busy={work.busy}
            trouble={work.trouble ?? (empty ? words.form.empty : undefined)}
            label={words.form.add}
            note={undefined}
          />
        </div>
      </div>
    </form>
  );
}

function Where({ error }: { readonly error: string | undefined }) {
  const { words, answers, answer } = useNotice();
  return (
    <section class="stack" aria-labelledby="where">
      <h2 id="where">{words.form.where}</h2>
      {answers.itemId !== undefined && (
        <NoticeBox kind="good">
          <p>{words.form.item}</p>
        </NoticeBox>
      )}
      <Field
        label={words.form.places}
        hint={words.form.placesHint}
        error={error}
        value={answers.places}
        onInput={(places) => answer({ places })}
        rows={3}
        maxLength={MAX_LOCATION * 10}
      />
    </section>
  );
}

function Who() {
  const { words, answers, answer } = useNotice();
  const options = Object.entries(words.form.standings) as [keyof typeof words.form.standings, string][];
  const kinds = Object.entries(words.form.kinds) as [keyof typeof words.form.kinds, string][];
  return (
    <section class="stack" aria-labelledby="who">
      <h2 id="who">{words.form.who}</h2>
      <SelectField
        label={words.form.standing}
        value={answers.standing}
        options={options}
        onChange={(standing) => answer({ standing })}
      />
      {answers.standing === 'authorised' && (
        <Field
          label={words.form.authority}
          hint={words.form.authorityHint}
          value={answers.authority}
          onInput={(authority) => answer({ authority })}
          maxLength={500}
        />
      )}
      {answers.age === 'adult' && (
        <SelectField
          label={words.form.kind}
          value={answers.kind}
          options={kinds}
          onChange={(kind) => answer({ kind })}
        />
      )}
    </section>
  );
}

function What() {
  const { words, answers, answer } = useNotice();
  return (
    <section class="stack" aria-labelledby="what">
      <h2 id="what">{words.form.what}</h2>
      <Field
        label={words.form.facts}
        hint={words.form.factsHint}
        value={answers.facts}
        onInput={(facts) => answer({ facts })}
        rows={4}
        maxLength={MAX_NOTICE_FACTS}
      />
    </section>
  );
}

function textOf(id: DeclarationId): string {
  return declarationOn(id, dayAt(Date.now(), UTC))?.text ?? '';
}

function Confirm() {
  const { words, answers, answer, language } = useNotice();
  return (
    <section class="stack" aria-labelledby="confirm">
      <h2 id="confirm">{words.form.confirm}</h2>
      <p class="quiet-text">{words.form.confirmHint}</p>
      {language !== 'en' && <p class="quiet-text small">{words.form.translation}</p>}
      <div class="ticks stack">
        {ticksFor(answers).map((id) => (
          <CheckField
            key={id}
            // In English the sentence itself; elsewhere our translation, with the sentence that counts below it.
            label={language === 'en' ? textOf(id) : words.ticks[id]}
            hint={language === 'en' ? undefined : textOf(id)}
            hintLanguage="en"
            checked={answers.ticks.includes(id)}
            onChange={(on) =>
              answer({ ticks: on ? [...answers.ticks, id] : answers.ticks.filter((each) => each !== id) })
            }
          />
        ))}
      </div>
    </section>
  );
}

function Contact() {
  const { words, answers, answer } = useNotice();
  return (
    <section class="stack" aria-labelledby="contact">
      <h2 id="contact">{words.form.contact}</h2>
      <p class="quiet-text">{words.form.contactHint}</p>
      <Field
        label={words.form.email}
        hint={words.form.emailHint}
        value={answers.email}
        onInput={(email) => answer({ email })}
        maxLength={320}
      />
      <Field
        label={words.form.other}
        value={answers.other}
        onInput={(other) => answer({ other })}
        maxLength={500}
      />
      <Field
        label={words.form.name}
        value={answers.name}
        onInput={(name) => answer({ name })}
        maxLength={200}
      />
      <Field
        label={words.form.signature}
        hint={words.form.signatureHint}
        value={answers.signature}
        onInput={(signature) => answer({ signature })}
        maxLength={200}
      />
      {answers.signature !== '' && (
        <CheckField
          label={words.form.pseudonym}
          checked={answers.pseudonym}
          onChange={(pseudonym) => answer({ pseudonym })}
        />
      )}
    </section>
  );
}

function Live() {
  const { words, answers, answer, language } = useNotice();
  const names = [
    ['unknown', words.form.partNone],
    ['US-CA', 'California'],
    ['US-UT', 'Utah'],
  ] as const;
  return (
    <section class="stack" aria-labelledby="live">
      <h2 id="live">{words.form.live}</h2>
      <p class="quiet-text">{words.form.liveHint}</p>
      <SelectField
        label={words.form.country}
        value={answers.country}
        options={countryOptions(language, words.form.countryNone)}
        onChange={(country) => answer({ country, part: 'unknown' })}
      />
      {answers.country === 'US' && (
        <SelectField
          label={words.form.part}
          value={answers.part}
          options={names}
          onChange={(part) => answer({ part })}
        />
      )}
    </section>
  );
}

function Sending(props: {
  readonly busy: boolean;
  readonly trouble: string | undefined;
  readonly label: string;
  readonly note: string | undefined;
}) {
  const { words } = useNotice();
  return (
    <div class="stack">
      {props.note !== undefined && <p class="quiet-text">{props.note}</p>}
      <div class="actions">
        <Button sends busy={props.busy}>
          {props.label}
        </Button>
      </div>
      <p role="status">{props.busy ? words.form.sending : ''}</p>
      {props.trouble !== undefined && (
        <NoticeBox kind="attention" live>
          <p>{props.trouble}</p>
        </NoticeBox>
      )}
    </div>
  );
}
