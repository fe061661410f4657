/**
 * What was decided on a job, and the way to take it back with a reason.
 * @module
 */

import type { WireJob } from '@reclaim/casework/wire';
import { useState } from 'preact/hooks';
import { Button } from '../ui/button.tsx';
import { Field } from '../ui/field.tsx';
import { useConsole } from './console-context.ts';
import { CountMisuse } from './count-misuse.tsx';
import { isReason } from './decision-draft.ts';
import type { Card } from './use-card.ts';

/** The panel of a decided job. */
export function DecidedPanel(props: {
  readonly card: Card;
  readonly job: WireJob;
  readonly onNext: () => void;
}) {
  const { card, job } = props;
  const { say, me } = useConsole();
  const { decision } = job;
  if (decision === undefined) return <p class="quiet-text">{say('decided.none')}</p>;
  const { ruling } = decision;
  const name = ruling.outcome === 'duplicate' ? say('state.closed') : say(`choice.${ruling.ground}`);
  return (
    <section class="decide stack" aria-labelledby="decided-title">
      <div>
        <h3 id="decided-title">
          {say('decided.title')}: {name}
        </h3>
        <p class="quiet-text">
          {say('decided.by')} {decision.by === me.id ? say('decided.you') : say('decided.other')}
        </p>
      </div>
      {card.undoing ? (
        <UndoForm card={card} job={job} />
      ) : (
        <div class="actions">
          <Button onPress={props.onNext}>
            {say('claim.next')} <kbd>n</kbd>
          </Button>
          {job.state === 'decided' && (
            <Button kind="quiet" onPress={() => card.askUndo(true)}>
              {say('undo.title')} <kbd>u</kbd>
            </Button>
          )}
        </div>
      )}
      {job.state === 'decided' && ruling.outcome === 'remove' && job.account === true && (
        <CountMisuse key={decision.id} jobId={job.id} act={{ misuse: 'illegal-content', manifest: true }} />
      )}
    </section>
  );
}

function UndoForm({ card, job }: { readonly card: Card; readonly job: WireJob }) {
  const { say } = useConsole();
  const [facts, setFacts] = useState('');
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault();
        if (isReason(facts)) void card.undo(job, facts);
      }}
    >
      <p>{say('undo.words')}</p>
      <fieldset class="templates" aria-label={say('draft.templates')}>
        {([0, 1, 2] as const).map((index) => {
          const text = say(`undo.facts.${index}`);
          return (
            <button
              key={index}
              type="button"
              class="template"
              aria-pressed={facts === text}
              onClick={() => setFacts(text)}
            >
              <span>{text}</span>
            </button>
          );
        })}
      </fieldset>
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
          {say('undo.send')}
        </Button>
        <Button kind="quiet" onPress={() => card.askUndo(false)}>
          {say('cancel')}
        </Button>
      </div>
    </form>
  );
}
