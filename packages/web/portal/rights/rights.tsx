/**
 * "Your rights": what may be shown of the law of one place, in the order in which it matters. What can turn against the person
 * comes first; then crimes, times to complain, orders and claims, where to report, what the police will ask for.
 *
 * Texts of laws stay in the language of their row and say so (`lang`). Days that are typed stay in this screen's memory.
 * @module
 */

import { type Day, parseDay } from '@reclaim/law/day';
import type { Sourced } from '@reclaim/law/right/display';
import type { PersonEvents } from '@reclaim/law/right/person-clock';
import { RIGHTS_CHECKED } from '@reclaim/law/right/right';
import type { ComponentChildren } from 'preact';
import { useId, useLayoutEffect, useMemo, useState } from 'preact/hooks';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { SelectField } from '../../ui/field.tsx';
import { type Language, plural } from '../../ui/language.ts';
import { NoticeBox } from '../../ui/notice-box.tsx';
import { StepHeader } from '../../ui/step-header.tsx';
import { loadRightsWords, type RightsWords } from '../../ui/words/rights/words.ts';
import { COUNTRIES } from '../directory.ts';
import { useHeader, useVisit } from '../visit.ts';
import { worded } from '../worded.tsx';
import { FirstQuestions } from './first-questions.tsx';
import { LawCard } from './law-card.tsx';
import { partsOfCountry, RIGHTS_COUNTRIES, type RightsView, viewRights } from './rights-view.ts';
import { RowText, SourceLine } from './row-text.tsx';
import { ClockCard, Days } from './time-to-complain.tsx';

/** The screen, once its words are there. */
export const Rights = worded(loadRightsWords, Screen);

function Screen({ say }: { readonly say: RightsWords }) {
  const { words, language, journey, now, go } = useVisit();
  const header = useHeader();
  const [chosen, setChosen] = useState<string>(journey.country);
  const [part, setPart] = useState('');
  const [events, setEvents] = useState<PersonEvents>({});
  // The country of the visit can be changed at the foot of the page, and the page follows: before it can be touched, for a frame
  // later this would take back what somebody chose at once.
  useLayoutEffect(() => {
    setChosen(journey.country);
    setPart('');
  }, [journey.country]);
  const place = part === '' ? chosen : part;
  const minor = journey.under18 !== 'no';
  const view = useMemo(() => viewRights(place, minor, events, localDay(now)), [place, minor, events, now]);
  // S40: the reducer keeps everybody else out; the rows are kept out of the page a second time.
  if (minor) return null;
  const parts = partsOfCountry(chosen);
  return (
    <div class="stack loose">
      <div class="stack">
        <StepHeader title={say.title} lead={say.lead} {...header} />
        <SelectField
          label={say.country}
          value={chosen}
          options={placeOptions(language, say.pick)}
          onChange={(country) => {
            setChosen(country);
            setPart('');
          }}
        />
        {parts.length > 0 && (
          <SelectField
            label={say.part}
            value={part}
            options={[['', say.all], ...parts.map((each) => [each, partName(say, each)] as const)]}
            onChange={setPart}
          />
        )}
      </div>
      <Risks say={say} view={view} />
      <NoticeBox kind="info">
        <p>{say.care}</p>
        {view.known && <p>{say.tongue}</p>}
      </NoticeBox>
      {view.expired && (
        <NoticeBox kind="attention">
          <p>{say.expired}</p>
        </NoticeBox>
      )}
      <FirstQuestions say={say} view={view} />
      {view.known ? (
        <Law say={say} view={view} events={events} onEvents={setEvents} />
      ) : (
        <EmptyState
          title={chosen === 'world' ? say.unpicked : say.none}
          words={chosen === 'world' ? say.unpickedNote : say.noneNote}
        />
      )}
      <Part title={say.police}>
        <p class="quiet-text">{say.policeNote}</p>
        <SourcedList say={say} rows={view.police} />
        <h3>{say.policeBefore}</h3>
        <SourcedList say={say} rows={view.policeWarnings} />
      </Part>
      <div class="actions">
        <Button kind="quiet" onPress={() => go('talk')}>
          {say.talk}
        </Button>
      </div>
      <p class="not-your-fault">{words.frame.notFault}</p>
    </div>
  );
}

/** What can turn against the person: before everything else of the law. */
function Risks({ say, view }: { readonly say: RightsWords; readonly view: RightsView }) {
  if (view.risks.length === 0) return null;
  return (
    <NoticeBox
      kind={view.riskFirst ? 'danger' : 'attention'}
      title={view.riskFirst ? say.risk.first : say.risk.title}
    >
      {view.risks.map((risk) => (
        <div key={risk.id} class="stack tight">
          <p>
            <RowText text={risk.text[0]} />
          </p>
          <p>
            {say.risk.instead}: <RowText text={risk.instead} />
          </p>
          {risk.text[1] === '2' && <p class="small">{say.risk.secondary}</p>}
          <SourceLine say={say} read={risk.read} day={RIGHTS_CHECKED} />
        </div>
      ))}
    </NoticeBox>
  );
}

function Law(props: {
  readonly say: RightsWords;
  readonly view: RightsView;
  readonly events: PersonEvents;
  readonly onEvents: (events: PersonEvents) => void;
}) {
  const { say, view } = props;
  const { language } = useVisit();
  const court = view.claims.length + view.remedies.length;
  return (
    <>
      <Part title={say.offences}>
        {view.offences.length === 0 && <p>{say.offencesNone}</p>}
        {view.offences.map((law) => (
          <LawCard key={law.id} say={say} law={law} />
        ))}
        {view.withheld > 0 && <p class="quiet-text">{plural(language, say.withheld, view.withheld)}</p>}
      </Part>
      <Part title={say.clock.title}>
        <p>{say.clock.sooner}</p>
        {view.clocks.length > 0 && <Days {...props} />}
        {view.clocks.map((clock) => (
          <ClockCard key={clock.state.clock.id} say={say} clock={clock} />
        ))}
      </Part>
      <Part title={say.orders}>
        {view.orders.length === 0 && <p>{say.ordersNone}</p>}
        {view.orders.map((law) => (
          <LawCard key={law.id} say={say} law={law} />
        ))}
      </Part>
      <Part title={say.claims}>
        {court === 0 && <p>{say.ordersNone}</p>}
        {view.claims.map((law) => (
          <LawCard key={law.id} say={say} law={law} />
        ))}
        <SourcedList say={say} rows={view.remedies} />
      </Part>
      <Part title={say.report}>
        {view.reporting.length === 0 && <p>{say.reportNone}</p>}
        <SourcedList say={say} rows={view.reporting} />
        {view.anonymity.length > 0 && <h3>{say.anonymity}</h3>}
        <SourcedList say={say} rows={view.anonymity} />
      </Part>
    </>
  );
}

function Part({ title, children }: { readonly title: string; readonly children: ComponentChildren }) {
  const id = useId();
  return (
    <section class="stack" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {children}
    </section>
  );
}

/** Texts, each with where it was read; a source that all share stands once. */
function SourcedList({ say, rows }: { readonly say: RightsWords; readonly rows: readonly Sourced[] }) {
  const shared = new Set(rows.map((each) => each.read)).size === 1;
  if (rows.length === 0) return null;
  return (
    <div class="stack tight">
      <ul>
        {rows.map((row) => (
          <li key={row.id}>
            <RowText text={row.text} />
            {!shared && <SourceLine say={say} read={row.read} day={RIGHTS_CHECKED} />}
          </li>
        ))}
      </ul>
      {shared && <SourceLine say={say} read={rows[0]!.read} day={RIGHTS_CHECKED} />}
    </div>
  );
}

function partName(say: RightsWords, place: string): string {
  const names: Readonly<Record<string, string>> = say.parts;
  return names[place] ?? place;
}

/** Every country with laws or with people to talk to, by name. */
function placeOptions(language: Language, pick: string): readonly (readonly [string, string])[] {
  const names = new Intl.DisplayNames(language, { type: 'region' });
  const all = [...new Set([...RIGHTS_COUNTRIES, ...COUNTRIES])].map(
    (each) => [each, names.of(each) ?? each] as const,
  );
  return [['world', pick] as const, ...all.sort((a, b) => a[1].localeCompare(b[1], language))];
}

/** The day on the device's calendar. */
function localDay(ms: number): Day {
  return parseDay(new Date(ms - new Date(ms).getTimezoneOffset() * 60_000).toISOString().slice(0, 10));
}
