/**
 * The times to complain that may be shown: the days that they count from, which the person may type and which stay in the page,
 * and what follows from them.
 * @module
 */

import { type Day, parseDay } from '@reclaim/law/day';
import type { PersonEvent, PersonEvents } from '@reclaim/law/right/person-clock';
import { RIGHTS_CHECKED } from '@reclaim/law/right/right';
import { useId, useState } from 'preact/hooks';
import { dayWords, fill, plural } from '../../ui/language.ts';
import type { RightsWords } from '../../ui/words/rights/words.ts';
import { useVisit } from '../visit.ts';
import type { RightsView, ShownClock } from './rights-view.ts';
import { RowText, SourceLine } from './row-text.tsx';

/** The days that the shown times count from. */
export function Days(props: {
  readonly say: RightsWords;
  readonly view: RightsView;
  readonly events: PersonEvents;
  readonly onEvents: (events: PersonEvents) => void;
}) {
  const { say, view, events, onEvents } = props;
  const asked = [
    ...new Set(view.clocks.flatMap(({ state }) => state.clock.counts.flatMap((count) => count.from))),
  ];
  return (
    <div class="stack tight">
      <p class="quiet-text">{say.clock.days}</p>
      {asked.map((event) => (
        <DayField
          key={event}
          label={say.clock.event[event]}
          error={say.clock.bad}
          onDay={(day) => {
            const { [event]: _, ...others } = events;
            onEvents(day === undefined ? others : { ...others, [event]: day });
          }}
        />
      ))}
    </div>
  );
}

function DayField(props: {
  readonly label: string;
  readonly error: string;
  readonly onDay: (day: Day | undefined) => void;
}) {
  const id = useId();
  const [text, setText] = useState('');
  const bad = text !== '' && dayOf(text) === undefined;
  return (
    <div class="field">
      <label for={id}>{props.label}</label>
      <input
        id={id}
        class="input"
        type="date"
        autocomplete="off"
        value={text}
        aria-describedby={bad ? `${id}-error` : undefined}
        aria-invalid={bad ? 'true' : undefined}
        onInput={(event) => {
          setText(event.currentTarget.value);
          props.onDay(dayOf(event.currentTarget.value));
        }}
      />
      {bad && (
        <p class="error" id={`${id}-error`} role="alert">
          {props.error}
        </p>
      )}
    </div>
  );
}

/** One time: from which days it counts, and by when, as far as they are known. */
export function ClockCard({ say, clock }: { readonly say: RightsWords; readonly clock: ShownClock }) {
  const { language } = useVisit();
  const { state, read } = clock;
  const row = state.clock;
  const named = (events: readonly PersonEvent[]) => events.map((each) => say.clock.event[each]);
  return (
    <div class="card stack tight">
      <p>
        <RowText text={row.lost[0]} />
      </p>
      {row.counts.map((count) => (
        <div key={count.from.join()}>
          <p>{plural(language, say.clock.months, count.months)}</p>
          <ul>
            {named(count.from).map((each) => (
              <li key={each}>{each}</li>
            ))}
          </ul>
        </div>
      ))}
      {row.counts.length > 1 && <p>{say.clock[row.join]}</p>}
      {row.eachOffender && <p>{say.clock.each}</p>}
      <p role="status">
        {state.kind === 'now' && say.clock.now}
        {state.kind === 'running' && (
          <strong>{fill(say.clock.before, { day: dayWords(language, state.bestBefore) })}</strong>
        )}
        {state.kind === 'passed' && say.clock.passed}
        {state.kind === 'not-started' && `${say.clock.waits} ${named(state.waitsFor).join(' · ')}`}
      </p>
      <SourceLine say={say} read={read} day={RIGHTS_CHECKED} />
    </div>
  );
}

function dayOf(text: string): Day | undefined {
  try {
    return parseDay(text);
  } catch {
    return undefined;
  }
}
