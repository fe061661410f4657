/**
 * Complaints against the decision on a job, and the answer to them: by somebody else than who decided.
 * @module
 */

import type { WireJob } from '@reclaim/casework/wire';
import type { WireComplaint } from '@reclaim/casework/wire-notice';
import { useState } from 'preact/hooks';
import { Button } from '../ui/button.tsx';
import { Field, SelectField } from '../ui/field.tsx';
import { NoticeBox } from '../ui/notice-box.tsx';
import { SinceClock } from '../ui/since-clock.tsx';
import { useConsole } from './console-context.ts';
import { CHOICE_KEYS, type Choice, isReason } from './decision-draft.ts';
import type { Card } from './use-card.ts';

/** The complaints, with a form while one waits. */
export function ComplaintPanel(props: {
  readonly card: Card;
  readonly job: WireJob;
  readonly complaints: readonly WireComplaint[];
  readonly now: number;
}) {
  const { card, job, complaints, now } = props;
  const { say, me, language } = useConsole();
  return (
    <section class="stack tight" aria-labelledby="complaints">
      <h4 id="complaints">{say('complaint.title')}</h4>
      {complaints.map((complaint) => (
        <div key={complaint.id} class="one-notice stack tight">
          <p>
            <strong>{say(`complaint.by.${complaint.side}`)}</strong> ·{' '}
            <SinceClock
              since={complaint.at}
              now={now}
              language={language}
              sentence={say('notices.received')}
            />
          </p>
          <p class="said" dir="auto">
            {complaint.facts}
          </p>
          {complaint.outcome !== undefined && (
            <p class="quiet-text">
              {say('complaint.answered', { outcome: say(`complaint.outcome.${complaint.outcome}`) })}
            </p>
          )}
        </div>
      ))}
      {job.state === 'complaint-open' &&
        (job.decision?.by === me.id ? (
          <NoticeBox kind="info">
            <p>{say('complaint.notYours')}</p>
          </NoticeBox>
        ) : (
          <Answer card={card} job={job} />
        ))}
    </section>
  );
}

function Answer({ card, job }: { readonly card: Card; readonly job: WireJob }) {
  const { say, toast } = useConsole();
  const [choice, setChoice] = useState<Choice | 'uphold'>('uphold');
  const [facts, setFacts] = useState('');
  const options: readonly (readonly [Choice | 'uphold', string])[] = [
    ['uphold', say('complaint.uphold')],
    ...Object.values(CHOICE_KEYS).map((each) => [each, say(`choice.${each}`)] as const),
  ];
  return (
    <form
      class="stack tight"
      onSubmit={async (event) => {
        event.preventDefault();
        if (!isReason(facts)) return;
        if (await card.answerComplaint(job, facts, choice === 'uphold' ? undefined : choice)) {
          toast(say('complaint.sent'));
        }
      }}
    >
      <SelectField label={say('complaint.answer')} value={choice} options={options} onChange={setChoice} />
      <Field
        label={say('draft.reason')}
        hint={say('draft.reasonHint')}
        value={facts}
        onInput={setFacts}
        rows={2}
        maxLength={5_000}
      />
      <div class="actions">
        <Button sends off={!isReason(facts)}>
          {say('complaint.send')}
        </Button>
      </div>
    </form>
  );
}
