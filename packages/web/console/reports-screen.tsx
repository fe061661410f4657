/**
 * Reports: the transparency report of a period as the sheets that the law asks for, the records of its statements, and, for
 * who leads, what statements and reports name.
 * @module
 */

import type { Accountability, WireReportFiles } from '@reclaim/casework/wire-statement';
import type { QualitativeId } from '@reclaim/law/report/report';
import { useCallback, useState } from 'preact/hooks';
import { Button } from '../ui/button.tsx';
import { Field, SelectField } from '../ui/field.tsx';
import { NoticeBox } from '../ui/notice-box.tsx';
import type { Trouble } from './api.ts';
import { Answered, ScreenHead, TroubleBox, useAsked } from './asked.tsx';
import { useConsole } from './console-context.ts';
import { PublicationsCard } from './publications-card.tsx';
import { downloadName, isPeriod, type Period, usualPeriod } from './report-period.ts';
import { LANGUAGE_NAMES } from './statement-choice.ts';
import { DayField } from './statement-panel.tsx';

/** The texts of sheet 11 that every provider writes. */
const TEXTS = [
  'own-initiative-summary',
  'own-initiative-information',
  'automated-means',
  'accuracy',
  'purposes',
  'safeguards',
] as const satisfies readonly QualitativeId[];

type Texts = Readonly<Partial<Record<(typeof TEXTS)[number], string>>>;

/** The screen. */
export function ReportsScreen() {
  const { say, me } = useConsole();
  return (
    <div class="screen stack loose">
      <ScreenHead title={say('reports.title')} lead={say('reports.lead')} />
      <ReportCard />
      <PublicationsCard />
      {me.permissions.includes('lead') && <AccountabilityCard />}
    </div>
  );
}

function ReportCard() {
  const { api, say } = useConsole();
  const [period, setPeriod] = useState<Period>(() => usualPeriod(Date.now()));
  const [texts, setTexts] = useState<Texts>({});
  const [previousOn, setPreviousOn] = useState('');
  const [busy, setBusy] = useState<'none' | 'report' | 'records'>('none');
  const [drawn, setDrawn] = useState<{ readonly period: Period; readonly report: WireReportFiles }>();
  const [trouble, setTrouble] = useState<Trouble>();
  const good = isPeriod(period);

  const draw = useCallback(async () => {
    setBusy('report');
    setTrouble(undefined);
    const written = Object.fromEntries(Object.entries(texts).filter(([, text]) => text.trim() !== ''));
    const answer = await api.drawReport({
      ...period,
      texts: written,
      ...(previousOn === '' ? {} : { previousOn }),
    });
    setBusy('none');
    if (answer.ok) setDrawn({ period, report: answer.value });
    else setTrouble(answer.trouble);
  }, [api, period, texts, previousOn]);
  const records = useCallback(async () => {
    setBusy('records');
    setTrouble(undefined);
    const answer = await api.records(period.from, period.to);
    setBusy('none');
    if (answer.ok) save(answer.value, downloadName(period, 'records.jsonl'));
    else setTrouble(answer.trouble);
  }, [api, period]);

  return (
    <section class="card stack" aria-labelledby="report-title">
      <h2 id="report-title">{say('reports.period')}</h2>
      <div class="two">
        <DayField
          label={say('reports.from')}
          value={period.from}
          onInput={(from) => setPeriod((now) => ({ ...now, from }))}
        />
        <DayField
          label={say('reports.to')}
          value={period.to}
          onInput={(to) => setPeriod((now) => ({ ...now, to }))}
        />
      </div>
      <DayField
        label={say('reports.previous')}
        hint={say('reports.previousHint')}
        value={previousOn}
        onInput={setPreviousOn}
      />
      {!good && <p class="finding attention">{say('reports.badPeriod')}</p>}
      <details>
        <summary>{say('reports.texts')}</summary>
        <div class="stack">
          <p class="quiet-text">{say('reports.textsHint')}</p>
          {TEXTS.map((id) => (
            <Field
              key={id}
              label={say(`reports.text.${id}`)}
              value={texts[id] ?? ''}
              rows={3}
              maxLength={5_000}
              onInput={(text) => setTexts((now) => ({ ...now, [id]: text }))}
            />
          ))}
        </div>
      </details>
      <div class="actions">
        <Button busy={busy === 'report'} off={!good} onPress={() => void draw()}>
          {say('reports.draw')}
        </Button>
        <Button kind="quiet" busy={busy === 'records'} off={!good} onPress={() => void records()}>
          {say('reports.records')}
        </Button>
      </div>
      <p class="quiet-text small">{say('reports.recordsHint')}</p>
      {trouble !== undefined && <TroubleBox trouble={trouble} again={() => void draw()} />}
      {drawn !== undefined && <Drawn period={drawn.period} report={drawn.report} />}
    </section>
  );
}

function Drawn({ period, report }: { readonly period: Period; readonly report: WireReportFiles }) {
  const { say } = useConsole();
  return (
    <div class="stack" role="status">
      <NoticeBox kind="good" title={say('reports.drawn', { from: period.from, to: period.to })}>
        <p>{say('reports.drawnWords', { n: report.position })}</p>
      </NoticeBox>
      {report.missingTexts.length > 0 && (
        <NoticeBox kind="attention" title={say('reports.missing', { n: report.missingTexts.length })}>
          <p>{say('reports.missingWords')}</p>
        </NoticeBox>
      )}
      <ul class="files">
        {report.files.map(({ name, text }) => (
          <li key={name}>
            <span class="mono">{name}</span>
            <Button
              kind="quiet"
              onPress={() =>
                save(new Blob([text], { type: 'text/csv;charset=utf-8' }), downloadName(period, name))
              }
            >
              {say('reports.save')}
              <span class="visually-hidden"> {name}</span>
            </Button>
          </li>
        ))}
      </ul>
    </div>
  );
}

function AccountabilityCard() {
  const { api, say, toast } = useConsole();
  const [answer, again] = useAsked(useCallback(() => api.accountability(), [api]));
  return (
    <section class="card stack" aria-labelledby="accountability-title">
      <h2 id="accountability-title">{say('accountability.title')}</h2>
      <p class="quiet-text">{say('accountability.lead')}</p>
      <Answered answer={answer} again={again}>
        {(value) => <AccountabilityForm value={value} onSaved={() => toast(say('accountability.saved'))} />}
      </Answered>
    </section>
  );
}

function AccountabilityForm(props: { readonly value: Accountability; readonly onSaved: () => void }) {
  const { api, say } = useConsole();
  const [value, setValue] = useState(props.value);
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<Trouble>();
  const set = (part: Partial<Accountability>) => setValue((now) => ({ ...now, ...part }));
  const send = async () => {
    setBusy(true);
    setTrouble(undefined);
    const answer = await api.setAccountability(value);
    setBusy(false);
    if (answer.ok) props.onSaved();
    else setTrouble(answer.trouble);
  };
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      {(['provider', 'service', 'lawCite', 'lawUrl', 'termsClause', 'termsUrl'] as const).map((name) => (
        <Field
          key={name}
          label={say(`accountability.${name}`)}
          hint={name === 'lawCite' ? say('accountability.lawHint') : undefined}
          value={value[name]}
          maxLength={name === 'provider' || name === 'service' ? 200 : 500}
          onInput={(text) => set({ [name]: text })}
        />
      ))}
      <SelectField
        label={say('accountability.language')}
        value={value.language}
        options={LANGUAGE_NAMES}
        onChange={(language) => set({ language })}
      />
      {trouble !== undefined && <TroubleBox trouble={trouble} again={() => void send()} />}
      <div class="actions">
        <Button sends busy={busy}>
          {say('accountability.save')}
        </Button>
      </div>
    </form>
  );
}

/** Hands a file to the browser to be kept where the person says. */
function save(blob: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  // The browser has taken it once the click is over; a while longer costs nothing and loses nothing.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
