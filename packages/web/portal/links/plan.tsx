/**
 * The plan: every place with its links, what comes before asking, by when it has to act, and the way to the notice; beside it
 * the search engines and the offices that act at once. Addresses are hidden until pressed.
 * @module
 */

import { MAX_TAKEDOWNS } from '@reclaim/casework/takedown/takedown-record';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { SelectField } from '../../ui/field.tsx';
import { fill, plural } from '../../ui/language.ts';
import { NoticeBox } from '../../ui/notice-box.tsx';
import { StepHeader } from '../../ui/step-header.tsx';
import { Outside } from '../service-list.tsx';
import { troubleWords } from '../trouble.ts';
import { useHeader, useTask, useVisit } from '../visit.ts';
import { engineName } from './engine-name.ts';
import { KeepList } from './keep-list.tsx';
import { useLinks } from './link-context.ts';
import { countryNames, deviceZone, type ListedGroup, linkStep } from './link-list.ts';
import { stateTag, stepWords } from './step-words.ts';
import { TakeAlong } from './take-along.tsx';

/** Places shown before "more": a list of ten thousand must not be drawn at once. */
const SHOWN = 25;

/** Addresses of one place shown before "and more". */
const SHOWN_LINKS = 50;

/** The screen. */
export function Plan() {
  const visit = useVisit();
  const { words, view, go, desk } = visit;
  const { say, planWords, list, minor } = useLinks();
  const [shown, setShown] = useState(SHOWN);
  const [saved, setSaved] = useState(false);
  const task = useTask();
  const header = useHeader();
  const groups = list.ok ? list.groups : [];
  const offices = groups[0]?.group.plan.offices ?? [];
  const engines = groups.find((each) => each.group.plan.engines.length > 0)?.group.plan.engines ?? [];
  const save = () =>
    task.run(async () => {
      const answer = await (await desk.session()).save();
      if (!answer.ok) return answer.reason === 'too-long' ? say.follow.tooLong : troubleWords(visit, answer);
      setSaved(true);
      return undefined;
    });
  return (
    <div class="stack loose">
      <div class="stack">
        <StepHeader title={say.plan.title} lead={say.plan.lead} {...header} />
        {minor && (
          <NoticeBox kind="attention">
            <p>{say.ask.minorText}</p>
          </NoticeBox>
        )}
        <Found />
        {!minor && <Place />}
      </div>
      {groups.length === 0 ? (
        <EmptyState title={say.plan.empty} words={say.plan.emptyNote} />
      ) : (
        <section class="stack" aria-label={say.plan.title}>
          <p class="quiet-text">{say.plan.note}</p>
          <ul class="plain stack">
            <Cards groups={groups} most={shown} />
          </ul>
          {groups.length > shown && (
            <div class="actions">
              <Button kind="quiet" onPress={() => setShown(shown + 4 * SHOWN)}>
                {say.plan.morePlaces}
              </Button>
            </div>
          )}
        </section>
      )}
      {engines.length > 0 && (
        <section class="stack" aria-labelledby="engines">
          <h2 id="engines">{say.plan.engines}</h2>
          <p>{say.plan.enginesNote}</p>
          <ul class="plain stack tight">
            {engines.map(({ engine, way }) => (
              <li key={engine}>
                <span class="row between">
                  <bdi>{engineName(engine)}</bdi>
                  <Button
                    kind="quiet"
                    label={`${say.plan.write}: ${engineName(engine)}`}
                    onPress={() =>
                      visit.step({ kind: 'go', to: 'notice', picked: `engine ${way.channel?.id ?? ''}` })
                    }
                  >
                    {say.plan.write}
                  </Button>
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {offices.length > 0 && (
        <section class="stack" aria-labelledby="offices">
          <h2 id="offices">{say.plan.offices}</h2>
          <ul class="plain stack">
            {offices.map((office) => (
              <li key={office.id} class="card stack tight">
                <p>{planWords.offices[office.id]}</p>
                <p>
                  <Outside href={`https://${office.addresses[0] ?? ''}`}>{words.talk.visit}</Outside>
                </p>
              </li>
            ))}
          </ul>
        </section>
      )}
      <div class="actions">
        <Button kind="quiet" onPress={() => go('links')}>
          {say.plan.add}
        </Button>
        {!minor && view?.kind === 'draft' && view.takedowns.length > 0 && (
          <Button kind="quiet" onPress={() => go('code')}>
            {say.plan.keep}
          </Button>
        )}
        {view?.kind === 'open' && view.unsaved && (
          <Button kind="quiet" busy={task.busy} onPress={save}>
            {say.plan.save}
          </Button>
        )}
        <span role="status">
          {view?.kind === 'open' ? (view.unsaved ? say.plan.unsaved : saved ? say.plan.saved : '') : ''}
        </span>
      </div>
      {task.trouble !== undefined && (
        <NoticeBox kind="attention" live>
          <p>{task.trouble}</p>
        </NoticeBox>
      )}
      {!minor && (view?.takedowns.length ?? 0) >= MAX_TAKEDOWNS && <p class="quiet-text">{say.plan.full}</p>}
      {groups.length > 0 && <TakeAlong />}
      {groups.length > 0 && !minor && (
        <KeepList kinds={new Set(groups.map((each) => each.group.plan.kind))} />
      )}
    </div>
  );
}

/** What was read of the paste: doubles, pieces that are no links, a paste that was too long. */
function Found() {
  const { language, pasted } = useVisit();
  const { say } = useLinks();
  if (pasted === undefined) return null;
  const { duplicates, refused, cut } = pasted;
  if (duplicates === 0 && refused.length === 0 && !cut) return null;
  return (
    <p class="quiet-text">
      {[
        duplicates > 0 ? plural(language, say.plan.doubles, duplicates) : '',
        refused.length > 0 ? plural(language, say.plan.refused, refused.length) : '',
        cut ? say.plan.cut : '',
      ]
        .filter((each) => each !== '')
        .join(' ')}
    </p>
  );
}

/** Where the person lives: a guess that can be changed, or kept to oneself. */
function Place() {
  const { language, desk } = useVisit();
  const { say, facts } = useLinks();
  const names = useMemo(() => countryNames(language), [language]);
  const options = [['unknown', say.plan.notSaid] as const, ...names];
  const keep = (notice: { country?: string; subdivision?: string }) =>
    void desk.session().then((session) => session.setNotice(notice));
  return (
    <>
      <SelectField
        label={say.plan.place}
        value={facts.country}
        options={options}
        onChange={(country) =>
          keep({ country: country === 'unknown' ? 'unknown' : country, subdivision: 'unknown' })
        }
      />
      {facts.country === 'US' && (
        <SelectField
          label={say.plan.state}
          value={facts.subdivision}
          options={[
            ['unknown', say.plan.stateOther],
            ['US-CA', 'California'],
            ['US-UT', 'Utah'],
          ]}
          onChange={(subdivision) => keep({ country: 'US', subdivision })}
        />
      )}
    </>
  );
}

/** Places drawn in one go: with more of them a slow phone is held up. */
const DRAWN = 3;

/** The first cards at once, the others a few at a time, each after the page had its turn. */
function Cards({ groups, most }: { readonly groups: readonly ListedGroup[]; readonly most: number }) {
  const [drawn, setDrawn] = useState(DRAWN);
  const there = Math.min(most, groups.length);
  useEffect(() => {
    if (drawn >= there) return;
    const next = setTimeout(() => setDrawn(drawn + DRAWN));
    return () => clearTimeout(next);
  }, [drawn, there]);
  const shown = Math.min(drawn, there);
  const parts = Array.from({ length: Math.ceil(shown / DRAWN) }, (_, at) => at * DRAWN);
  return (
    <>
      {parts.map((from) => (
        <SomeCards key={from} groups={groups} from={from} to={Math.min(from + DRAWN, there)} />
      ))}
    </>
  );
}

function SomeCards(props: {
  readonly groups: readonly ListedGroup[];
  readonly from: number;
  readonly to: number;
}) {
  const { groups, from, to } = props;
  // The same cards as before are left alone while further ones are drawn.
  return useMemo(
    () => (
      <>
        {groups.slice(from, to).map((each) => (
          <GroupCard key={each.key} listed={each} />
        ))}
      </>
    ),
    [groups, from, to],
  );
}

function GroupCard({ listed }: { readonly listed: ListedGroup }) {
  const { language, step } = useVisit();
  // Not when the page was drawn: a mark of a minute ago must not lie in the future.
  const now = Date.now();
  const { say, minor } = useLinks();
  const { group, links, key } = listed;
  const { plan, host, otherScript } = group;
  const way = plan.ways[0];
  const zone = deviceZone();
  const followed = links.filter((each) => each.tracks.some((track) => track.state !== 'open'));
  return (
    <li class="card stack tight">
      <div class="row between">
        <h2 class="small-heading">
          <bdi dir="ltr">{host}</bdi>
        </h2>
        <span class="tag">
          {plural(language, say.plan.links, links.length)} · {say.kinds[plan.kind]}
        </span>
      </div>
      {otherScript && (
        <NoticeBox kind="attention">
          <p>
            <bdi>{fill(say.plan.script, { host })}</bdi>
          </p>
        </NoticeBox>
      )}
      {plan.guessed && <p class="quiet-text">{fill(say.plan.guessed, { name: plan.platform })}</p>}
      {plan.first.map((each) => (
        <p key={each}>{say.first[each]}</p>
      ))}
      {way === undefined ? (
        plan.first.length === 0 && <p>{say.plan.nothing}</p>
      ) : (
        <p class="quiet-text">
          {minor
            ? say.ask.minorForms
            : way.hours !== null
              ? fill(say.plan.within, { n: way.hours })
              : way.regimes.length > 0
                ? say.plan.noHours
                : say.plan.ownRules}
        </p>
      )}
      <div class="actions">
        {way !== undefined && (
          <Button
            label={`${say.plan.write}: ${host}`}
            onPress={() => step({ kind: 'go', to: 'notice', picked: key })}
          >
            {say.plan.write}
          </Button>
        )}
      </div>
      {followed.length > 0 && (
        <ul class="plain stack tight">
          {followed.slice(0, SHOWN_LINKS).map((each) => (
            <li key={each.target.key} class="row between">
              <span>{stateTag(say, each.tracks[0]!)}</span>
              <Button
                kind="plain"
                label={`${say.plan.look}: ${host}, ${stateTag(say, each.tracks[0]!)}`}
                onPress={() => step({ kind: 'go', to: 'link', picked: each.target.link })}
              >
                {linkStep(each, now, zone).who === 'person'
                  ? stepWords(say, language, linkStep(each, now, zone))
                  : say.plan.look}
              </Button>
            </li>
          ))}
        </ul>
      )}
      <Addresses links={links} />
    </li>
  );
}

/** The addresses of a place. Drawn when they are opened: closed, those of 25 places held a slow phone up for half a second. */
function Addresses({ links }: { readonly links: ListedGroup['links'] }) {
  const { language, step } = useVisit();
  const { say } = useLinks();
  const [open, setOpen] = useState(false);
  return (
    <details class="details" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{say.plan.show}</summary>
      <ul class="plain stack tight">
        {(open ? links.slice(0, SHOWN_LINKS) : []).map((each) => (
          <li key={each.target.key} class="address">
            <bdi dir="ltr">{each.target.link}</bdi>
            {each.tracks.length > 0 && (
              <Button
                kind="plain"
                label={`${say.plan.look}: ${each.target.link}`}
                onPress={() => step({ kind: 'go', to: 'link', picked: each.target.link })}
              >
                {say.plan.look}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {links.length > SHOWN_LINKS && <p>{plural(language, say.plan.more, links.length - SHOWN_LINKS)}</p>}
    </details>
  );
}
