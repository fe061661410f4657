/**
 * The statement of reasons beside a removal: as the uploader will read it, with what can be changed about it.
 * @module
 */

import { legalGrounds } from '@reclaim/law/statement/legal-ground';
import type { StatementLanguage, StatementText } from '@reclaim/law/statement/statement';
import { useId } from 'preact/hooks';
import { CheckField, Field, SelectField } from '../ui/field.tsx';
import { NoticeBox } from '../ui/notice-box.tsx';
import { useConsole } from './console-context.ts';
import { FINDINGS_OF, LANGUAGE_NAMES, type Reasons, type StatementPreview } from './statement-choice.ts';

/** The panel. */
export function StatementPanel(props: {
  readonly reasons: Reasons;
  readonly preview: StatementPreview | undefined;
  readonly change: (part: Partial<Reasons>) => void;
}) {
  const { reasons, preview, change } = props;
  const { say } = useConsole();
  return (
    <section class="statement stack tight" aria-labelledby="statement-title">
      <h4 id="statement-title">{say('statement.title')}</h4>
      <CheckField
        label={say('statement.on')}
        hint={say('statement.onHint')}
        checked={reasons.on}
        onChange={(on) => change({ on })}
      />
      {reasons.on ? (
        <>
          <details open={preview?.kind === 'lacking' && preview.what !== 'facts'}>
            <summary>{say('statement.change')}</summary>
            <Choices reasons={reasons} change={change} />
          </details>
          <Preview preview={preview} />
        </>
      ) : (
        <p class="quiet-text small">{say('statement.off')}</p>
      )}
    </section>
  );
}

function Choices(props: { readonly reasons: Reasons; readonly change: (part: Partial<Reasons>) => void }) {
  const { reasons, change } = props;
  const { say } = useConsole();
  return (
    <div class="statement-choices">
      <SelectField
        label={say('statement.finding')}
        value={reasons.finding}
        options={FINDINGS_OF[reasons.ground].map((each) => [each, say(`finding.${each}`)] as const)}
        onChange={(finding) => change({ finding })}
      />
      <CheckField
        label={say('statement.againstWomen')}
        hint={say('statement.againstWomenHint')}
        checked={reasons.againstWomen}
        onChange={(againstWomen) => change({ againstWomen })}
      />
      {reasons.ground === 'law' ? (
        <LawField reasons={reasons} change={change} />
      ) : (
        <>
          <Field
            label={say('statement.clause')}
            value={reasons.clause}
            maxLength={500}
            onInput={(clause) => change({ clause })}
          />
          <CheckField
            label={say('statement.alsoIllegal')}
            checked={reasons.alsoIllegal}
            onChange={(alsoIllegal) => change({ alsoIllegal })}
          />
        </>
      )}
      <Field
        label={say('statement.url')}
        hint={say('statement.urlHint')}
        value={reasons.groundUrl}
        maxLength={500}
        onInput={(groundUrl) => change({ groundUrl })}
      />
      <DayField
        label={say('statement.contentDay')}
        hint={say('statement.contentDayHint')}
        value={reasons.contentDay}
        onInput={(contentDay) => change({ contentDay })}
      />
      <SelectField<StatementLanguage>
        label={say('statement.language')}
        value={reasons.language}
        options={LANGUAGE_NAMES}
        onChange={(language) => change({ language })}
      />
    </div>
  );
}

/** A law by its name, with those of the rows offered. */
function LawField(props: { readonly reasons: Reasons; readonly change: (part: Partial<Reasons>) => void }) {
  const { reasons, change } = props;
  const { say } = useConsole();
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{say('statement.law')}</label>
      <p class="hint" id={`${id}-hint`}>
        {say('statement.lawHint')}
      </p>
      <input
        id={id}
        class="input"
        type="text"
        autocomplete="off"
        list={`${id}-laws`}
        maxLength={500}
        aria-describedby={`${id}-hint`}
        value={reasons.cite}
        onInput={(event) => change({ cite: event.currentTarget.value })}
      />
      <datalist id={`${id}-laws`}>
        {legalGrounds(reasons.finding === 'deepfake').map((each) => (
          <option key={each.id} value={each.cite}>
            {each.jurisdiction}
          </option>
        ))}
      </datalist>
    </div>
  );
}

/** A calendar day; empty for none. */
export function DayField(props: {
  readonly label: string;
  readonly hint?: string;
  readonly value: string;
  readonly onInput: (day: string) => void;
}) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{props.label}</label>
      {props.hint !== undefined && (
        <p class="hint" id={`${id}-hint`}>
          {props.hint}
        </p>
      )}
      <input
        id={id}
        class="input"
        type="date"
        autocomplete="off"
        aria-describedby={props.hint === undefined ? undefined : `${id}-hint`}
        value={props.value}
        onInput={(event) => props.onInput(event.currentTarget.value)}
      />
    </div>
  );
}

function Preview({ preview }: { readonly preview: StatementPreview | undefined }) {
  const { say } = useConsole();
  if (preview === undefined) return null;
  if (preview.kind === 'lacking') {
    return <p class="finding attention">{say(`statement.lacking.${preview.what}`)}</p>;
  }
  // What is wrong with the facts stands at the facts; everything else is said here.
  const others =
    preview.kind === 'faulty' ? preview.faults.filter(({ field }) => field !== 'decision_facts') : [];
  return (
    <>
      {others.length > 0 && (
        <NoticeBox kind="attention" title={say('statement.faults')} live>
          <ul>
            {others.map(({ field, reason }) => (
              <li key={`${field} ${reason}`}>
                {say(reason === 'personal-data' ? 'statement.fault.personal' : 'statement.fault.other', {
                  field: field.replaceAll('_', ' '),
                })}
              </li>
            ))}
          </ul>
        </NoticeBox>
      )}
      <StatementSheet text={preview.text} />
      <p class="quiet-text small">{say('statement.readOnce')}</p>
    </>
  );
}

/** A statement as its recipient reads it. */
export function StatementSheet({ text }: { readonly text: StatementText }) {
  return (
    <div class="statement-sheet" lang={text.language}>
      <p class="title">{text.title}</p>
      {text.sections.map(({ part, heading, sentences }) => (
        <div key={part}>
          <p class="heading">{heading}</p>
          <p>{sentences.join(' ')}</p>
        </div>
      ))}
    </div>
  );
}
