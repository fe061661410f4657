/**
 * The notices on a job: what each says, what it lacks by law, and the clocks over all of them, due first. Who gave a notice
 * is not here; a lead asks for it with a reason. Links are text: nothing of a notice is opened by a press.
 * @module
 */

import type { WireJob } from '@reclaim/casework/wire';
import type { JobNotices, WireClock, WireNotice } from '@reclaim/casework/wire-notice';
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { Button } from '../ui/button.tsx';
import { Clock } from '../ui/clock.tsx';
import { Field } from '../ui/field.tsx';
import { Icon } from '../ui/icon.tsx';
import { NoticeBox } from '../ui/notice-box.tsx';
import { SinceClock } from '../ui/since-clock.tsx';
import type { Trouble } from './api.ts';
import { ComplaintPanel } from './complaint-panel.tsx';
import { sayTrouble, useConsole } from './console-context.ts';
import { CountMisuse } from './count-misuse.tsx';
import { isReason } from './decision-draft.ts';
import {
  actsOffered,
  clocksOfJob,
  elementWord,
  regimesForReading,
  regimeTitle,
  ruleOf,
} from './notice-card.ts';
import { Unsealing } from './unsealing.tsx';
import type { Card } from './use-card.ts';
import type { WordName } from './words/en.ts';

/** The panel of one job; it reads again whenever the job changes. */
export function NoticesPanel({
  card,
  job,
  now,
}: {
  readonly card: Card;
  readonly job: WireJob;
  readonly now: number;
}) {
  const { api, say, toast } = useConsole();
  const [read, setRead] = useState<JobNotices>();
  const [trouble, setTrouble] = useState<Trouble>();
  const asked = useRef(0);
  const fetchAll = useCallback(async () => {
    const turn = ++asked.current;
    const answer = await api.notices(job.id);
    // An answer that was overtaken by a later one knows less.
    if (turn !== asked.current) return;
    if (answer.ok) setRead(answer.value);
    setTrouble(answer.ok ? undefined : answer.trouble);
  }, [api, job.id]);
  useEffect(() => {
    void fetchAll();
  }, [fetchAll, job.state, job.notices, job.decision?.id]);
  if (trouble !== undefined) {
    return (
      <NoticeBox kind="attention" title={say('error.title')} live>
        <p>{sayTrouble(say, trouble)}</p>
      </NoticeBox>
    );
  }
  if (read === undefined) return <p role="status">{say('notices.loading')}</p>;
  const clocks = clocksOfJob(read);
  return (
    <>
      {read.notices.length > 0 && <Clocks clocks={clocks} zone={read.zone} now={now} />}
      {/* Before the ruling nothing was removed yet, so nothing can be said to have been. */}
      {(job.decision === undefined ? [] : actsOffered(clocks)).map((act) => (
        <div class="actions" key={act}>
          <Button
            kind="quiet"
            onPress={async () => {
              const answer = await api.act(job.id, act);
              if (!answer.ok) return setTrouble(answer.trouble);
              toast(say('act.done'));
              await fetchAll();
            }}
          >
            {say(`act.${act}`)}
          </Button>
        </div>
      ))}
      {read.notices.length > 0 && <h4>{say('notices.title')}</h4>}
      {read.notices.map((notice) => (
        <OneNotice key={notice.id} job={job} notice={notice} now={now} changed={() => void fetchAll()} />
      ))}
      {read.complaints.length > 0 && (
        <ComplaintPanel card={card} job={job} complaints={read.complaints} now={now} />
      )}
    </>
  );
}

function Clocks(props: {
  readonly clocks: readonly WireClock[];
  readonly zone: string;
  readonly now: number;
}) {
  const { say, language } = useConsole();
  const { clocks, zone, now } = props;
  const owed = clocks.filter((clock) => clock.owed);
  const maybe = clocks.filter((clock) => !clock.owed && !clock.applies);
  const row = (clock: WireClock) => {
    const { duty, limit, cite, read, counted } = ruleOf(clock);
    const open = clock.state === 'running' || clock.state === 'breached';
    return (
      <tr key={`${clock.ruleId} ${clock.startAt ?? ''}`}>
        <td data-label={say('clocks.rule')}>
          <span title={`${cite}; ${read}`}>
            <strong>{regimeTitle(clock.regime)}</strong>: {duty} <span class="quiet-text">({limit})</span>
          </span>
        </td>
        <td data-label={say('clocks.due')}>
          {clock.dueAt === undefined ? (
            <span class="quiet-text">{say(counted ? 'clocks.notCounted' : 'clocks.noNumber')}</span>
          ) : open ? (
            <Clock
              dueAt={clock.dueAt}
              now={now}
              language={language}
              timeZone={zone}
              words={{ soon: say('clocks.soon'), past: say('clocks.past') }}
            />
          ) : (
            <span>
              {new Intl.DateTimeFormat(language, {
                dateStyle: 'medium',
                timeStyle: 'short',
                timeZone: zone,
              }).format(clock.dueAt)}
            </span>
          )}
        </td>
        <td data-label={say('clocks.state')}>
          <span>
            {say(`clock.${clock.state}`)}
            {clock.reason === undefined ? '' : `: ${say(`clock.reason.${clock.reason}` as WordName)}`}
          </span>
        </td>
      </tr>
    );
  };
  const table = (rows: readonly WireClock[]) => (
    <table class="table clocks">
      <thead>
        <tr>
          <th scope="col">{say('clocks.rule')}</th>
          <th scope="col">{say('clocks.due')}</th>
          <th scope="col">{say('clocks.state')}</th>
        </tr>
      </thead>
      <tbody>{rows.map(row)}</tbody>
    </table>
  );
  return (
    <>
      <h4>{say('clocks.title')}</h4>
      {table(owed)}
      <p class="small quiet-text">{say('clocks.zone', { zone })}</p>
      {maybe.length > 0 && (
        <details class="details">
          <summary>{say('clocks.may')}</summary>
          <p class="quiet-text small">{say('clock.may')}</p>
          {table(maybe)}
        </details>
      )}
    </>
  );
}

function OneNotice(props: {
  readonly job: WireJob;
  readonly notice: WireNotice;
  readonly now: number;
  readonly changed: () => void;
}) {
  const { job, notice, now } = props;
  const { say, language } = useConsole();
  return (
    <section class="one-notice stack tight" aria-label={say('notices.number', { number: notice.number })}>
      <p>
        <strong class="mono">{say('notices.number', { number: notice.number })}</strong> ·{' '}
        <SinceClock
          since={notice.receivedAt}
          now={now}
          language={language}
          sentence={say('notices.received')}
        />
      </p>
      <dl class="facts">
        <dt>{say('notices.who')}</dt>
        <dd>{say(`standing.${notice.standing}`)}</dd>
        {notice.authorityBasis !== '' && (
          <>
            <dt>{say('notices.authority')}</dt>
            <dd>
              <bdi>{notice.authorityBasis}</bdi>
            </dd>
          </>
        )}
        <dt>{say('notices.kind')}</dt>
        <dd>{say(`picture.${notice.kind}`)}</dd>
        <dt>{say('notices.signed')}</dt>
        <dd>{say(`notices.signed.${notice.signed}`)}</dd>
        <dt>{say('notices.contact')}</dt>
        <dd>{say(notice.hasContact ? 'notices.yes' : 'notices.no')}</dd>
        {notice.locations.length > 0 && (
          <>
            <dt>{say('notices.places')}</dt>
            <dd>
              <ul class="plain places">
                {notice.locations.map((place) => (
                  <li key={place} class="mono">
                    <bdi>{place}</bdi>
                  </li>
                ))}
              </ul>
            </dd>
          </>
        )}
      </dl>
      <p class="quiet-text small">{say('notices.says')}</p>
      <p class="said" lang={notice.language} dir="auto">
        {notice.facts === '' ? say('notices.saysNothing') : notice.facts}
      </p>
      <Completeness job={job} notice={notice} changed={props.changed} />
      <Unsealing notice={notice} changed={props.changed} />
      {job.state === 'decided' && job.decision?.ruling.outcome === 'keep' && (
        <CountMisuse
          key={job.decision.id}
          jobId={job.id}
          act={{ misuse: 'unfounded-notices', noticeId: notice.id, manifest: true }}
        />
      )}
    </section>
  );
}

function Completeness(props: {
  readonly job: WireJob;
  readonly notice: WireNotice;
  readonly changed: () => void;
}) {
  const { job, notice } = props;
  const { say, language } = useConsole();
  const [asked, setAsked] = useState<string>();
  const list = new Intl.ListFormat(language, { type: 'conjunction' });
  const named = (regime: string, ids: readonly string[]) =>
    list.format(
      ids.map((id) => {
        const word = elementWord(regime, id);
        return word === undefined ? id : say(word);
      }),
    );
  return (
    <ul class="plain regimes" aria-label={say('notices.elements')}>
      {regimesForReading(notice).map(({ regime, answer, complete, lacking }) => (
        <li key={regime} class={complete ? 'finding' : 'finding attention'}>
          <Icon name={complete ? 'good' : 'attention'} />
          <div>
            {regimeTitle(regime)}
            {answer === 'unknown' && <span class="quiet-text"> ({say('notices.mayApply')})</span>}:{' '}
            {complete ? say('notices.complete') : say('notices.lacks', { list: named(regime, lacking) })}
            {answer === 'unknown' && asked !== regime && (
              <>
                {' '}
                <Button kind="plain" onPress={() => setAsked(regime)}>
                  {say('notices.applies')}
                </Button>
              </>
            )}
            {asked === regime && (
              <AppliesForm
                job={job}
                notice={notice}
                regime={regime}
                drop={() => setAsked(undefined)}
                done={() => {
                  setAsked(undefined);
                  props.changed();
                }}
              />
            )}
          </div>
        </li>
      ))}
    </ul>
  );
}

/** A reviewer holds that a law applies: its clocks are owed from the moment that started them. */
function AppliesForm(props: {
  readonly job: WireJob;
  readonly notice: WireNotice;
  readonly regime: string;
  readonly drop: () => void;
  readonly done: () => void;
}) {
  const { api, say } = useConsole();
  const [reason, setReason] = useState('');
  const [trouble, setTrouble] = useState<Trouble>();
  return (
    <form
      class="stack tight"
      onSubmit={async (event) => {
        event.preventDefault();
        if (!isReason(reason)) return;
        const answer = await api.applyRegime(props.job.id, props.notice.id, props.regime, reason.trim());
        if (answer.ok) props.done();
        else setTrouble(answer.trouble);
      }}
    >
      <Field
        label={say('notices.appliesReason')}
        hint={say('notices.appliesHint')}
        error={trouble === undefined ? undefined : sayTrouble(say, trouble)}
        value={reason}
        onInput={setReason}
        maxLength={1_000}
      />
      <div class="actions">
        <Button sends kind="quiet" off={!isReason(reason)}>
          {say('notices.appliesSend')}
        </Button>
        <Button kind="plain" onPress={props.drop}>
          {say('cancel')}
        </Button>
      </div>
    </form>
  );
}
