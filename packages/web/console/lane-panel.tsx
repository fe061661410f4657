/**
 * The lane for minors on a locked job: until when it is held, the draft of a report, writing down that it was reported, and
 * the taking back of the lock by somebody else than who made it. Nothing of the item is shown but its id.
 * @module
 */

import { ANNOTATIONS, AUTHORITIES, CLASSES, type Finding, INCIDENTS } from '@reclaim/casework/minor-lane';
import type { WireJob } from '@reclaim/casework/wire';
import type { WireMinorLane } from '@reclaim/casework/wire-minor';
import { Fragment } from 'preact';
import { useCallback, useState } from 'preact/hooks';
import { Button } from '../ui/button.tsx';
import { CheckField, Field, SelectField } from '../ui/field.tsx';
import type { Trouble } from './api.ts';
import { Answered, TroubleBox, useAsked } from './asked.tsx';
import { useConsole } from './console-context.ts';
import { isReason } from './decision-draft.ts';
import { draftLines, draftText } from './lane-draft.ts';
import type { Card } from './use-card.ts';

/** The panel; for members of the lane alone. */
export function LanePanel({ card, job }: { readonly card: Card; readonly job: WireJob }) {
  const { api, say, language } = useConsole();
  const ask = useCallback(() => api.minorLane(job.id), [api, job.id]);
  const [answer, again] = useAsked(ask);
  const [open, setOpen] = useState<'none' | 'report' | 'clear'>('none');
  const moment = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' });
  return (
    <section class="stack" aria-labelledby="lane-title">
      <h4 id="lane-title">{say('lane.title')}</h4>
      <Answered answer={answer} again={again}>
        {(lane) => (
          <div class="stack">
            <dl class="facts">
              <dt>{say('lane.state')}</dt>
              <dd>{say(`lane.state.${lane.state}`)}</dd>
              <dt>{say('lane.locked')}</dt>
              <dd>{moment.format(lane.lockedAt)}</dd>
              <dt>{say('lane.hold')}</dt>
              <dd>
                <strong>{moment.format(lane.holdUntil)}</strong>
                <br />
                <span class="quiet-text">{lane.holdBasis}</span>
              </dd>
              {lane.reports.map(({ authority, at }) => (
                <Fragment key={`${authority} ${at}`}>
                  <dt>{say('lane.reportedTo')}</dt>
                  <dd>
                    {say(`lane.authority.${authority}`)} · {moment.format(at)}
                  </dd>
                </Fragment>
              ))}
            </dl>
            {open === 'none' && (
              <div class="actions">
                <Button kind="quiet" onPress={() => setOpen('report')}>
                  {say(lane.state === 'reported' ? 'lane.reportAgain' : 'lane.report')}
                </Button>
                {lane.state === 'locked' && (
                  <Button kind="plain" onPress={() => setOpen('clear')}>
                    {say('lane.clear')}
                  </Button>
                )}
              </div>
            )}
            {open === 'report' && (
              <ReportForm
                job={job}
                lane={lane}
                drop={() => setOpen('none')}
                done={() => {
                  setOpen('none');
                  again();
                }}
              />
            )}
            {open === 'clear' && <ClearForm card={card} job={job} lane={lane} drop={() => setOpen('none')} />}
          </div>
        )}
      </Answered>
    </section>
  );
}

function ReportForm(props: {
  readonly job: WireJob;
  readonly lane: WireMinorLane;
  readonly drop: () => void;
  readonly done: () => void;
}) {
  const { job, lane } = props;
  const { api, say, toast } = useConsole();
  const [finding, setFinding] = useState<Finding>(
    lane.finding ?? { incident: INCIDENTS[0], class: 'not-classified', annotations: [] },
  );
  const [authority, setAuthority] = useState<(typeof AUTHORITIES)[number]>(AUTHORITIES[0]);
  const [reference, setReference] = useState('');
  const [copied, setCopied] = useState(false);
  const [trouble, setTrouble] = useState<Trouble>();
  const change = (part: Partial<Finding>) => {
    setFinding((now) => ({ ...now, ...part }));
    setCopied(false);
  };
  const text = draftText(say, draftLines(say, job, lane, finding));
  // What was found is found once: a second report is of the same.
  const found = lane.finding !== undefined;
  return (
    <form
      class="stack"
      onSubmit={async (event) => {
        event.preventDefault();
        if (reference.trim() === '') return;
        const answer = await api.minorReport(job.id, {
          finding: { ...finding, annotations: [...finding.annotations] },
          authority,
          reference: reference.trim(),
        });
        if (!answer.ok) return setTrouble(answer.trouble);
        toast(say('lane.reported'));
        props.done();
      }}
    >
      {trouble !== undefined && <TroubleBox trouble={trouble} />}
      {!found && (
        <>
          <SelectField
            label={say('lane.incident')}
            value={finding.incident}
            options={INCIDENTS.map((each) => [each, say(`lane.incident.${each}`)] as const)}
            onChange={(incident) => change({ incident })}
          />
          <SelectField
            label={say('lane.class')}
            value={finding.class}
            options={[
              ['not-classified', say('lane.class.not-classified')] as const,
              ...CLASSES.map((each) => [each, say(`lane.class.${each}`)] as const),
            ]}
            onChange={(each) => change({ class: each })}
          />
          <fieldset>
            <legend class="legend">{say('lane.annotations')}</legend>
            {ANNOTATIONS.map((each) => (
              <CheckField
                key={each}
                label={say(`lane.annotation.${each}`)}
                checked={finding.annotations.includes(each)}
                onChange={(on) =>
                  change({
                    annotations: on
                      ? [...finding.annotations, each]
                      : finding.annotations.filter((other) => other !== each),
                  })
                }
              />
            ))}
          </fieldset>
        </>
      )}
      <div class="stack tight">
        <h5>{say('lane.draft')}</h5>
        <p class="quiet-text small">{say('lane.draftHint')}</p>
        <pre class="lane-draft">{text}</pre>
        <div class="actions">
          <Button
            kind="quiet"
            onPress={() => void navigator.clipboard.writeText(text).then(() => setCopied(true))}
          >
            {say(copied ? 'copied' : 'lane.copy')}
          </Button>
        </div>
      </div>
      <SelectField
        label={say('lane.authority')}
        value={authority}
        options={AUTHORITIES.map((each) => [each, say(`lane.authority.${each}`)] as const)}
        onChange={setAuthority}
      />
      <Field
        label={say('lane.reference')}
        hint={say('lane.referenceHint')}
        value={reference}
        onInput={setReference}
        maxLength={200}
      />
      <div class="actions">
        <Button sends off={reference.trim() === ''}>
          {say('lane.writeDown')}
        </Button>
        <Button kind="plain" onPress={props.drop}>
          {say('cancel')}
        </Button>
      </div>
    </form>
  );
}

function ClearForm(props: {
  readonly card: Card;
  readonly job: WireJob;
  readonly lane: WireMinorLane;
  readonly drop: () => void;
}) {
  const { card, job, lane } = props;
  const { say, me } = useConsole();
  const [facts, setFacts] = useState('');
  if (lane.lockedBy === me.id) {
    return (
      <div class="stack tight">
        <p>{say('lane.clearNotYours')}</p>
        <div class="actions">
          <Button kind="plain" onPress={props.drop}>
            {say('cancel')}
          </Button>
        </div>
      </div>
    );
  }
  return (
    <form
      class="stack tight"
      onSubmit={(event) => {
        event.preventDefault();
        if (isReason(facts)) void card.undo(job, facts);
      }}
    >
      <p>{say('lane.clearWords')}</p>
      <Field
        label={say('draft.reason')}
        hint={say('lane.clearHint')}
        value={facts}
        onInput={setFacts}
        rows={2}
        maxLength={5_000}
      />
      <div class="actions">
        <Button sends kind="danger" off={!isReason(facts)}>
          {say('lane.clearSend')}
        </Button>
        <Button kind="plain" onPress={props.drop}>
          {say('cancel')}
        </Button>
      </div>
    </form>
  );
}
