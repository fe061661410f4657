/**
 * A minor may be shown: everything goes dark at once, one confirmation locks the job, and what happens next is said. No
 * description is asked for, and nothing of the item stays on the screen.
 * @module
 */

import type { WireJob } from '@reclaim/casework/wire';
import { useEffect, useRef } from 'preact/hooks';
import { Button } from '../ui/button.tsx';
import { useConsole } from './console-context.ts';
import { type Draft, type DraftEvent, isReason } from './decision-draft.ts';
import { LanePanel } from './lane-panel.tsx';
import type { Card } from './use-card.ts';

/** The confirmation. The first offered reason stands ready, so that nothing has to be thought of. */
export function MinorDraft(props: {
  readonly draft: Exclude<Draft, { readonly kind: 'none' }>;
  readonly dispatch: (event: DraftEvent) => void;
  readonly onSend: () => void;
}) {
  const { draft, dispatch } = props;
  const { say } = useConsole();
  const panel = useRef<HTMLDivElement>(null);
  useEffect(() => {
    panel.current?.focus();
    dispatch({ kind: 'template', index: 0, text: say('facts.minor-suspected.0') });
  }, [dispatch, say]);
  return (
    <div ref={panel} class="minor stack" role="alertdialog" aria-labelledby="minor-title" tabIndex={-1}>
      <h3 id="minor-title">{say('minor.title')}</h3>
      <p class="lead">{say('minor.now')}</p>
      <NextSteps />
      <Templates draft={draft} dispatch={dispatch} />
      <div class="actions">
        <Button busy={draft.kind === 'sending'} off={!isReason(draft.facts)} onPress={props.onSend}>
          {say('minor.confirm')} <kbd>Enter</kbd>
        </Button>
        <Button kind="quiet" onPress={() => dispatch({ kind: 'drop' })}>
          {say('cancel')} <kbd>Esc</kbd>
        </Button>
      </div>
    </div>
  );
}

/** What is left of the card once the job is locked. */
export function MinorDone(props: {
  readonly card: Card;
  readonly job: WireJob;
  readonly onNext: () => void;
}) {
  const { say, me } = useConsole();
  const inLane = me.permissions.includes('minor-lane');
  return (
    <div class="minor stack">
      <div role="status">
        <h3>{say('minor.done')}</h3>
        <p class="lead">{say('minor.doneWords')}</p>
      </div>
      <NextSteps />
      <p class="quiet-text">{say('undo.minor')}</p>
      {inLane && props.job.state === 'decided' && <LanePanel card={props.card} job={props.job} />}
      <div class="actions">
        <Button kind={inLane ? 'quiet' : 'primary'} onPress={props.onNext}>
          {say('claim.next')} <kbd>n</kbd>
        </Button>
      </div>
    </div>
  );
}

function NextSteps() {
  const { say } = useConsole();
  return (
    <ol>
      <li>{say('minor.next1')}</li>
      <li>{say('minor.next2')}</li>
      <li>{say('minor.next3')}</li>
      <li>{say('minor.next4')}</li>
    </ol>
  );
}

/** The offered reasons of a draft, each with its digit. */
export function Templates(props: {
  readonly draft: Exclude<Draft, { readonly kind: 'none' }>;
  readonly dispatch: (event: DraftEvent) => void;
}) {
  const { draft, dispatch } = props;
  const { say } = useConsole();
  return (
    <fieldset class="templates" aria-label={say('draft.templates')}>
      {([0, 1, 2] as const).map((index) => {
        const text = say(`facts.${draft.choice}.${index}`);
        return (
          <button
            key={index}
            type="button"
            class="template"
            aria-pressed={draft.template === index}
            onClick={() => dispatch({ kind: 'template', index, text })}
          >
            <kbd>{index + 1}</kbd> <span>{text}</span>
          </button>
        );
      })}
    </fieldset>
  );
}
