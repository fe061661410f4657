/**
 * Complaints against the decision on a job, and the answer to them: by somebody else than who decided.
 * @module
 */

import type { WireJob } from '@reclaim/casework/wire';
import type { WireComplaint } from '@reclaim/casework/wire-notice';
import { useEffect, useState } from 'preact/hooks';
import { Button } from '../ui/button.tsx';
import { Field, SelectField } from '../ui/field.tsx';
import { NoticeBox } from '../ui/notice-box.tsx';
import { SinceClock } from '../ui/since-clock.tsx';
import { useConsole } from './console-context.ts';
import { CountMisuse } from './count-misuse.tsx';
import { personalIn } from './decide-panel.tsx';
import { CHOICE_KEYS, type Choice, isReason, outcomeOf } from './decision-draft.ts';
import { mayGive, previewOf, type Reasons, reasonsFor } from './statement-choice.ts';
import { StatementPanel } from './statement-panel.tsx';
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
          {complaint.answer !== undefined && (
            <p class="said" dir="auto">
              {complaint.answer}
            </p>
          )}
          {job.state === 'decided' && complaint.outcome === 'upheld' && (
            <CountMisuse
              jobId={job.id}
              act={{ misuse: 'unfounded-complaints', complaintId: complaint.id, manifest: true }}
            />
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
  const [reasons, setReasons] = useState<Reasons>();
  const [busy, setBusy] = useState(false);
  const { came, defaults, platform } = card.known;
  // A removal that comes of a complaint restricts somebody as any other does: they get its reasons.
  useEffect(() => {
    setReasons(choice === 'uphold' ? undefined : reasonsFor(choice, defaults));
  }, [choice, defaults]);
  const preview = reasons?.on === true ? previewOf(reasons, job, facts, platform, Date.now()) : undefined;
  // The reason is read by whoever complained, with a statement or without.
  const personal = personalIn(say, facts);
  const options: readonly (readonly [Choice | 'uphold', string])[] = [
    ['uphold', say('complaint.uphold')],
    ...Object.values(CHOICE_KEYS).map((each) => [each, say(`choice.${each}`)] as const),
  ];
  // Before it is known whether a statement goes with a removal, none is answered: it would go without.
  const settled = choice === 'uphold' || outcomeOf(choice) !== 'remove' || (came && reasons !== undefined);
  const ready = settled && isReason(facts) && personal === '' && mayGive(reasons, preview);
  return (
    <form
      class="stack tight"
      onSubmit={async (event) => {
        event.preventDefault();
        if (!ready || busy) return;
        const ruled = choice === 'uphold' ? undefined : choice;
        setBusy(true);
        const taken = await card.answerComplaint(job, facts, ruled, reasons);
        setBusy(false);
        if (taken) toast(say('complaint.sent'));
      }}
    >
      <SelectField label={say('complaint.answer')} value={choice} options={options} onChange={setChoice} />
      <p class="quiet-text small">{say(`complaint.effect.${effectOn(job, choice)}`)}</p>
      <Field
        label={say('draft.reason')}
        hint={say('complaint.reasonHint')}
        value={facts}
        onInput={setFacts}
        rows={2}
        maxLength={5_000}
        error={personal === '' ? undefined : say('statement.personal', { what: personal })}
      />
      {reasons !== undefined && (
        <StatementPanel
          reasons={reasons}
          preview={preview}
          change={(part) => setReasons((now) => (now === undefined ? now : { ...now, ...part }))}
        />
      )}
      <div class="actions">
        <Button sends off={!ready} busy={busy}>
          {say('complaint.send')}
        </Button>
      </div>
    </form>
  );
}

/** What an answer does to the item, for whoever is about to give it. */
function effectOn(
  job: WireJob,
  choice: Choice | 'uphold',
): 'upheld' | 'restored' | 'removed' | 'ground' | 'referred' {
  if (choice === 'uphold') return 'upheld';
  const before = job.decision?.ruling.outcome;
  const after = outcomeOf(choice);
  if (after === 'refer') return 'referred';
  if (before === after) return 'ground';
  return after === 'keep' ? 'restored' : 'removed';
}
