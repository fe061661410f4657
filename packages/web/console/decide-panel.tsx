/**
 * Deciding: the choices with their digits, then the reason, then what it does. The usual decision is `1`, a digit for the
 * reason, Enter.
 * @module
 */

import type { WireJob } from '@reclaim/casework/wire';
import { findPersonalData } from '@reclaim/law/statement/personal-data';
import { useEffect, useRef } from 'preact/hooks';
import { Button } from '../ui/button.tsx';
import { CheckField, Field } from '../ui/field.tsx';
import { type Say, useConsole } from './console-context.ts';
import { CHOICE_KEYS, type Choice, isReason, outcomeOf } from './decision-draft.ts';
import { confirmable } from './job-card.ts';
import { Templates } from './minor-panel.tsx';
import { mayGive } from './statement-choice.ts';
import { StatementPanel } from './statement-panel.tsx';
import type { Card } from './use-card.ts';

const GROUPS = ['remove', 'keep', 'refer'] as const;

/** The panel of a job that is the reviewer's. */
export function DecidePanel(props: {
  readonly card: Card;
  readonly job: WireJob;
  readonly onChoose: (choice: Choice) => void;
}) {
  const { card } = props;
  return card.draft.kind === 'none' ? (
    <Choices onChoose={props.onChoose} />
  ) : (
    <Reason card={card} job={props.job} />
  );
}

function Choices({ onChoose }: { readonly onChoose: (choice: Choice) => void }) {
  const { say } = useConsole();
  const all: readonly (readonly [string, Choice])[] = [
    ...Object.entries(CHOICE_KEYS).toSorted(([a], [b]) => (Number(a) || 10) - (Number(b) || 10)),
    ['m', 'minor-suspected'],
  ];
  return (
    <section class="decide" aria-labelledby="decide-title">
      <h3 id="decide-title">{say('decide.title')}</h3>
      <div class="choice-groups">
        {GROUPS.map((group) => (
          <fieldset key={group} aria-label={say(`decide.group.${group}`)}>
            <p class="small quiet-text" aria-hidden="true">
              {say(`decide.group.${group}`)}
            </p>
            {all
              .filter(([, choice]) => outcomeOf(choice) === group)
              .map(([key, choice]) => (
                <button key={choice} type="button" class="template" onClick={() => onChoose(choice)}>
                  <kbd>{key}</kbd> <span>{say(`choice.${choice}`)}</span>
                </button>
              ))}
          </fieldset>
        ))}
      </div>
    </section>
  );
}

function Reason({ card, job }: { readonly card: Card; readonly job: WireJob }) {
  const { say } = useConsole();
  const panel = useRef<HTMLElement>(null);
  const { draft, dispatch } = card;
  const choice = draft.kind === 'none' ? undefined : draft.choice;
  // The panel takes the focus, not the field: the next key is a reason's digit.
  useEffect(() => {
    if (choice === undefined) return;
    panel.current?.focus({ preventScroll: true });
    panel.current?.scrollIntoView({ block: 'nearest' });
  }, [choice]);
  if (draft.kind === 'none') return null;
  const name = say(`choice.${draft.choice}`);
  // Where a statement is given the facts are the uploader's to read: what could lead to a person is named as it is typed.
  const personal = card.reasons?.on === true ? personalIn(say, draft.facts) : '';
  const signals = outcomeOf(draft.choice) === 'remove' ? confirmable(job) : [];
  return (
    <section ref={panel} class="decide drafting stack" aria-labelledby="draft-title" tabIndex={-1}>
      <div>
        <h3 id="draft-title">{name}</h3>
        <p class="quiet-text">{say(`draft.effect.${outcomeOf(draft.choice)}`)}</p>
      </div>
      <Templates draft={draft} dispatch={dispatch} />
      <Field
        label={say('draft.reason')}
        hint={say('draft.reasonHint')}
        value={draft.facts}
        onInput={(text) => dispatch({ kind: 'write', text })}
        rows={2}
        maxLength={5_000}
        error={personal === '' ? undefined : say('statement.personal', { what: personal })}
      />
      {signals.length > 0 && (
        <fieldset class="confirms">
          <legend class="legend">{say('draft.confirms')}</legend>
          <p class="quiet-text small">
            {say('draft.confirmsHint')} {draft.confirms.length === 0 && say('draft.notLooked')}
          </p>
          {signals.map(({ signalId, band, state, kind }) => (
            <CheckField
              key={signalId}
              label={`${say(`band.${band}`)} · ${say(`signal.${state}`)} · ${say(`kind.${kind}`)}`}
              checked={draft.confirms.includes(signalId)}
              onChange={(on) => dispatch({ kind: 'confirm', signalId, on })}
            />
          ))}
        </fieldset>
      )}
      {card.reasons !== undefined && (
        <StatementPanel reasons={card.reasons} preview={card.preview} change={card.changeReasons} />
      )}
      <div class="actions">
        <Button
          busy={draft.kind === 'sending'}
          off={draft.kind === 'drafting' && !(isReason(draft.facts) && mayGive(card.reasons, card.preview))}
          onPress={() => void card.send()}
        >
          {draft.kind === 'sending' ? say('draft.sending') : say('draft.send', { choice: name })}{' '}
          <kbd>Enter</kbd>
        </Button>
        <Button kind="quiet" onPress={() => dispatch({ kind: 'drop' })}>
          {say('draft.drop')} <kbd>Esc</kbd>
        </Button>
      </div>
    </section>
  );
}

/** What in a text could lead to a person, named with its words; empty where nothing is found. */
export function personalIn(say: Say, facts: string): string {
  return findPersonalData(facts)
    .map(({ kind, start, end }) => `${say(`personal.${kind}`)} (${facts.slice(start, end)})`)
    .join(', ');
}
