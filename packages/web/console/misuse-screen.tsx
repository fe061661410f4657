/**
 * The misuse ladder, for leads: who is on it, on which facts, and the next step. Nobody is named here: a sender is a number of
 * acts. What is written is read by the one concerned, word by word.
 * @module
 */

import type { WireMisuse } from '@reclaim/casework/wire-misuse';
import { useState } from 'preact/hooks';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Field } from '../ui/field.tsx';
import { NoticeBox } from '../ui/notice-box.tsx';
import type { Asked, Trouble } from './api.ts';
import { Answered, ScreenHead, TroubleBox, useAsked } from './asked.tsx';
import { useConsole } from './console-context.ts';
import { isReason } from './decision-draft.ts';
import { type MisuseStep, openSteps } from './misuse-ladder.ts';

type Policy = {
  readonly windowDays: number;
  readonly leastActs: number;
  readonly warningDays: number;
  readonly longestDays: number;
};

/** The screen. */
export function MisuseScreen() {
  const { api, say } = useConsole();
  const [answer, again] = useAsked(api.misuse);
  return (
    <div class="screen stack loose">
      <ScreenHead title={say('misuse.title')} lead={say('misuse.lead')} />
      <Answered answer={answer} again={again}>
        {({ ladder, policy }) => (
          <div class="stack loose">
            <p class="quiet-text">{say('misuse.policy', policy)}</p>
            {ladder.length === 0 && <EmptyState title={say('misuse.none')} words={say('misuse.noneNext')} />}
            {ladder.map((each) => (
              <OneSender key={each.id} each={each} policy={policy} changed={again} />
            ))}
          </div>
        )}
      </Answered>
    </div>
  );
}

function OneSender(props: {
  readonly each: WireMisuse;
  readonly policy: Policy;
  readonly changed: () => void;
}) {
  const { each, policy } = props;
  const { say, me, language } = useConsole();
  const [step, setStep] = useState<MisuseStep>();
  const days = new Intl.DateTimeFormat(language, { dateStyle: 'medium' });
  const steps = openSteps(each, policy.leastActs, me.id);
  const waits = each.objection?.state === 'waits';
  return (
    <section class="card stack" aria-label={say(`misuse.kind.${each.misuse}`)}>
      <h2>{say(`misuse.kind.${each.misuse}`)}</h2>
      <p>
        <span class={each.state === 'suspended' || waits ? 'tag attention' : 'tag'}>
          {say(`misuse.state.${each.state}`)}
        </span>{' '}
        {each.state === 'suspended' && say('misuse.until', { day: days.format(each.suspendedUntil ?? 0) })}
        {each.state === 'warned' && say('misuse.warnedUntil', { day: days.format(each.warnedUntil ?? 0) })}
      </p>
      <p>{say('misuse.numbers', { count: each.acts.length, all: each.all, days: policy.windowDays })}</p>
      <Facts title={say('misuse.warning')} facts={each.warning} />
      <Facts title={say('misuse.suspension')} facts={each.suspension} />
      <details>
        <summary>{say('misuse.acts')}</summary>
        <ul class="plain">
          {each.acts.map(({ decisionId, jobId, at }) => (
            <li key={decisionId}>
              {days.format(at)} · <span class="mono small wrap-anywhere">{jobId}</span>
            </li>
          ))}
        </ul>
      </details>
      {each.disownedAt !== undefined && (
        <NoticeBox kind="attention">
          <p>{say('misuse.disowned', { day: days.format(each.disownedAt) })}</p>
        </NoticeBox>
      )}
      {each.objection !== undefined && (
        <NoticeBox
          kind={waits ? 'attention' : 'info'}
          title={say(`misuse.objection.${each.objection.state}`)}
        >
          <p class="said" dir="auto">
            {each.objection.words}
          </p>
          {each.objection.answer !== undefined && <p>{each.objection.answer}</p>}
          {waits && each.suspendedBy === me.id && <p>{say('misuse.notYours')}</p>}
        </NoticeBox>
      )}
      {step === undefined ? (
        <div class="actions">
          {steps.map((next) => (
            <Button
              key={next}
              kind={next === 'suspend' ? 'danger' : next === 'lift' ? 'plain' : 'quiet'}
              onPress={() => setStep(next)}
            >
              {say(`misuse.step.${next === 'lift' && each.state === 'warned' ? 'unwarn' : next}`)}
            </Button>
          ))}
        </div>
      ) : (
        <StepForm
          each={each}
          step={step}
          policy={policy}
          drop={() => setStep(undefined)}
          done={() => {
            setStep(undefined);
            props.changed();
          }}
        />
      )}
    </section>
  );
}

function Facts(props: {
  readonly title: string;
  readonly facts: { readonly gravity: string; readonly intention: string } | undefined;
}) {
  const { say } = useConsole();
  if (props.facts === undefined) return null;
  return (
    <div class="stack tight">
      <h3>{props.title}</h3>
      <dl class="facts">
        <dt>{say('misuse.gravity')}</dt>
        <dd dir="auto">{props.facts.gravity}</dd>
        <dt>{say('misuse.intention')}</dt>
        <dd dir="auto">{props.facts.intention}</dd>
      </dl>
    </div>
  );
}

function StepForm(props: {
  readonly each: WireMisuse;
  readonly step: MisuseStep;
  readonly policy: Policy;
  readonly drop: () => void;
  readonly done: () => void;
}) {
  const { each, step, policy } = props;
  const { api, say, toast } = useConsole();
  const [gravity, setGravity] = useState('');
  const [intention, setIntention] = useState('');
  const [reason, setReason] = useState('');
  const [days, setDays] = useState('30');
  const [trouble, setTrouble] = useState<Trouble>();
  const measure = step === 'warn' || step === 'suspend';
  const length = Number(days);
  const wrongDays =
    step === 'suspend' && !(Number.isInteger(length) && length >= 1 && length <= policy.longestDays);
  const ready = measure ? isReason(gravity) && isReason(intention) && !wrongDays : isReason(reason);
  const send = (): Promise<Asked<WireMisuse>> => {
    const facts = { gravity: gravity.trim(), intention: intention.trim() };
    if (step === 'warn') return api.warnMisuse(each.id, facts);
    if (step === 'suspend') return api.suspendMisuse(each.id, { ...facts, days: length });
    return api.answerMisuse(each.id, step, reason.trim());
  };
  return (
    <form
      class="stack"
      onSubmit={async (event) => {
        event.preventDefault();
        if (!ready) return;
        const answer = await send();
        if (!answer.ok) return setTrouble(answer.trouble);
        toast(say('misuse.done'));
        props.done();
      }}
    >
      <p>{say(`misuse.effect.${step}.${each.misuse === 'illegal-content' ? 'account' : 'sender'}`)}</p>
      {trouble !== undefined && <TroubleBox trouble={trouble} />}
      {measure ? (
        <>
          <Field
            label={say('misuse.gravity')}
            hint={say('misuse.gravityHint')}
            value={gravity}
            onInput={setGravity}
            rows={2}
            maxLength={5_000}
          />
          <Field
            label={say('misuse.intention')}
            hint={say('misuse.intentionHint')}
            value={intention}
            onInput={setIntention}
            rows={2}
            maxLength={5_000}
          />
        </>
      ) : (
        <Field
          label={say('draft.reason')}
          hint={say('misuse.reasonHint')}
          value={reason}
          onInput={setReason}
          rows={2}
          maxLength={5_000}
        />
      )}
      {step === 'suspend' && (
        <Field
          label={say('misuse.days')}
          value={days}
          onInput={setDays}
          inputMode="numeric"
          {...(wrongDays ? { error: say('misuse.daysWrong', { n: policy.longestDays }) } : {})}
        />
      )}
      <div class="actions">
        <Button sends kind={step === 'suspend' ? 'danger' : 'quiet'} off={!ready}>
          {say(`misuse.send.${step}`)}
        </Button>
        <Button kind="plain" onPress={props.drop}>
          {say('cancel')}
        </Button>
      </div>
    </form>
  );
}
