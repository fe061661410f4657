/**
 * The card of one job, in three steps: what is it and is it complete; does it match; and only if that is still open, look.
 * @module
 */

import type { WireJob } from '@reclaim/casework/wire';
import { useEffect, useRef } from 'preact/hooks';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { NoticeBox } from '../ui/notice-box.tsx';
import { SinceClock } from '../ui/since-clock.tsx';
import { ClaimClock } from './claim-clock.tsx';
import { sayTrouble, useConsole } from './console-context.ts';
import { DecidePanel } from './decide-panel.tsx';
import { DecidedPanel } from './decided-panel.tsx';
import type { Choice } from './decision-draft.ts';
import { holderOf, isOpenJob, matchesForReading, withoutLooking } from './job-card.ts';
import { LookPanel } from './look-panel.tsx';
import type { LookEvent } from './looking.ts';
import { MinorDone, MinorDraft } from './minor-panel.tsx';
import { NoticesPanel } from './notices-panel.tsx';
import type { Card } from './use-card.ts';

/** The card. */
export function CardPanel(props: {
  readonly card: Card;
  readonly job: WireJob;
  readonly now: number;
  readonly rungWish: LookEvent | undefined;
  readonly onLooked: () => void;
  readonly onNext: () => void;
  readonly onChoose: (choice: Choice) => void;
}) {
  const { card, job, now } = props;
  const { say, me, language } = useConsole();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  const holder = holderOf(job, me.id, now);
  const ruling = job.decision?.ruling;
  const locked = ruling?.outcome === 'refer' && ruling.ground === 'minor-suspected';
  const { draft } = card;
  // Blackout at once, before anything is confirmed: nothing of the job stays on the screen.
  const minor = draft.kind !== 'none' && draft.choice === 'minor-suspected';
  const open = isOpenJob(job);
  return (
    <article class={`job-card ${minor || locked ? 'blackout' : ''}`}>
      <header class="job-head">
        <Button kind="plain" onPress={card.leave}>
          <Icon name="back" class="back-arrow" />
          {say('card.back')}
        </Button>
        <h2 ref={heading} tabIndex={-1} class="mono">
          <span class="visually-hidden">{say('card.item')}: </span>
          {job.item?.id ?? say(job.state === 'closed' ? 'card.itemGone' : 'notices.noItem')}
        </h2>
        {holder === 'mine' && <ClaimClock until={job.claimedUntil ?? 0} onRenew={() => void card.claim()} />}
      </header>
      {card.trouble !== undefined && (
        <NoticeBox kind="attention" title={say('error.title')} live>
          <p>{sayTrouble(say, card.trouble)}</p>
        </NoticeBox>
      )}
      {locked ? (
        <MinorDone card={card} job={job} onNext={props.onNext} />
      ) : minor ? (
        <MinorDraft draft={draft} dispatch={card.dispatch} onSend={() => void card.send()} />
      ) : (
        <>
          {open && holder === 'another' && <Taken job={job} onNext={props.onNext} />}
          {open && holder === 'nobody' && card.trouble !== undefined && (
            <div class="actions">
              <Button onPress={() => void card.claim()}>{say('claim.again')}</Button>
            </div>
          )}
          <div class={holder === 'another' ? 'steps taken' : 'steps'}>
            <section class="step">
              <h3>
                <span class="step-number">A</span> {say('card.what')}
              </h3>
              <dl class="facts">
                <dt>{say('card.cause')}</dt>
                <dd>{say(`cause.${job.cause}`)}</dd>
                <dt>{say('card.interim')}</dt>
                <dd>
                  <span class={`shape ${job.interim}`} aria-hidden="true" /> {say(`interim.${job.interim}`)}
                </dd>
                <dt>{say('card.age')}</dt>
                <dd>
                  <SinceClock since={job.openedAt} now={now} language={language} sentence="{time}" />
                </dd>
              </dl>
              {open && holder === 'mine' && job.interim === 'none' && job.item !== undefined && (
                <HoldButton card={card} job={job} />
              )}
              {job.lane === 'child' && (
                <NoticeBox kind="attention">
                  <p>{say('lane.child')}</p>
                </NoticeBox>
              )}
              {((job.notices ?? 0) === 0 || job.state === 'incomplete') && <Completeness job={job} />}
              {/* An uploader complains of a ruling also where nobody gave notice. */}
              {((job.notices ?? 0) > 0 || job.decision !== undefined) && (
                <NoticesPanel card={card} job={job} now={now} />
              )}
            </section>
            <section class="step">
              <h3>
                <span class="step-number">B</span> {say('card.match')}
              </h3>
              <Matches job={job} />
            </section>
            {open && holder === 'mine' && (
              <section class="step">
                <h3>
                  <span class="step-number">C</span> {say('card.look')}
                </h3>
                {job.item?.previewUrl === undefined ? (
                  <p class="quiet-text">{say(job.lane === 'child' ? 'lane.noLook' : 'look.none')}</p>
                ) : (
                  <LookPanel
                    jobId={job.id}
                    wish={props.rungWish}
                    onLooked={props.onLooked}
                    onGiveBack={card.leave}
                  />
                )}
              </section>
            )}
          </div>
          {job.state === 'decided' || job.state === 'complaint-open' || job.state === 'closed' ? (
            <DecidedPanel card={card} job={job} onNext={props.onNext} />
          ) : (
            holder === 'mine' && <DecidePanel card={card} job={job} onChoose={props.onChoose} />
          )}
        </>
      )}
    </article>
  );
}

/** Holding a published item until it is decided: quick, and put right by the decision either way. */
function HoldButton({ card, job }: { readonly card: Card; readonly job: WireJob }) {
  const { say, toast } = useConsole();
  return (
    <div class="stack tight">
      <div class="actions">
        <Button
          kind="quiet"
          onPress={async () => {
            if (await card.hold(job)) toast(say('hold.done'));
          }}
        >
          {say('hold.press')}
        </Button>
      </div>
      <p class="quiet-text small">{say('hold.hint')}</p>
    </div>
  );
}

function Taken({ job, onNext }: { readonly job: WireJob; readonly onNext: () => void }) {
  const { say, language } = useConsole();
  const until = new Intl.DateTimeFormat(language, { timeStyle: 'short' }).format(job.claimedUntil ?? 0);
  return (
    <NoticeBox kind="info" title={say('claim.another')} live>
      <p>{say('claim.anotherUntil', { time: until })}</p>
      <div class="actions">
        <Button kind="quiet" onPress={onNext}>
          {say('claim.next')} <kbd>n</kbd>
        </Button>
      </div>
    </NoticeBox>
  );
}

function Completeness({ job }: { readonly job: WireJob }) {
  const { say } = useConsole();
  if (job.state === 'incomplete') {
    return (
      <p class="finding attention">
        <Icon name="attention" /> {say('card.incomplete')}
      </p>
    );
  }
  if (job.item === undefined) return null;
  return (
    <p class="finding">
      <Icon name="good" />{' '}
      {job.item.previewUrl === undefined
        ? say('card.completeNoPreview')
        : say('card.complete', { n: job.matches.length })}
    </p>
  );
}

function Matches({ job }: { readonly job: WireJob }) {
  const { say } = useConsole();
  const verdict = withoutLooking(job);
  const matches = matchesForReading(job);
  const settled = verdict.kind === 'settled';
  const reason = settled ? verdict.by : verdict.kind === 'open' ? verdict.because : 'no-match';
  return (
    <>
      <p class={settled ? 'finding good' : 'finding attention'}>
        <Icon name={settled ? 'good' : 'info'} /> {say(`without.${reason}`)}
      </p>
      {matches.length === 0 ? (
        <p class="quiet-text">{say('card.noMatches')}</p>
      ) : (
        <table class="table matches">
          <thead>
            <tr>
              <th scope="col">{say('card.matchBand')}</th>
              <th scope="col">{say('card.matchState')}</th>
              <th scope="col">{say('card.matchKind')}</th>
              <th scope="col">{say('card.matchTurn')}</th>
            </tr>
          </thead>
          <tbody>
            {matches.map((match) => (
              <tr key={`${match.signalId} ${match.orientation} ${match.window}`}>
                <td data-label={say('card.matchBand')}>
                  <span>
                    <span class={`band ${match.band}`} aria-hidden="true">
                      <i />
                      <i />
                      <i />
                    </span>{' '}
                    {say(`band.${match.band}`)}
                  </span>
                </td>
                <td data-label={say('card.matchState')}>{say(`signal.${match.state}`)}</td>
                <td data-label={say('card.matchKind')}>{say(`kind.${match.kind}`)}</td>
                <td data-label={say('card.matchTurn')}>
                  {say(`orientation.${match.orientation}`)}
                  {match.window === 'full' ? '' : <br />}
                  {match.window === 'full' ? '' : say(`window.${match.window}`)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}
