/**
 * One link that is followed: the place and each search engine apart, the next step of each with who takes it and by when, the
 * marks that can be made, the text that is due (reminder, appeal, complaint, notice that it is back), and what happened.
 * @module
 */

import { clocksOfTrack, type NextStep, nextStep } from '@reclaim/casework/takedown/due-steps';
import {
  decideTakedown,
  type TakedownCommand,
  type TakedownEvent,
  type Track,
  type TrackName,
} from '@reclaim/casework/takedown/takedown';
import { useEffect, useState } from 'preact/hooks';
import { Button } from '../../ui/button.tsx';
import { fill, leftToRight } from '../../ui/language.ts';
import { NoticeBox } from '../../ui/notice-box.tsx';
import { StepHeader } from '../../ui/step-header.tsx';
import { Timeline } from '../../ui/timeline.tsx';
import { troubleWords } from '../trouble.ts';
import { useHeader, useTask, useVisit } from '../visit.ts';
import { engineName } from './engine-name.ts';
import { useLinks } from './link-context.ts';
import { deviceZone, type ListedGroup, type ListedLink } from './link-list.ts';
import { SentTexts } from './sent-texts.tsx';
import { momentWords, stateTag, stepWords } from './step-words.ts';
import { WatchPlace } from './watch-place.tsx';

/** The screen. */
export function Follow() {
  const visit = useVisit();
  const { words, language, journey, view, desk, step } = visit;
  const { say, list } = useLinks();
  const header = useHeader();
  const task = useTask();
  const [saved, setSaved] = useState(false);
  const found = list.ok ? findLink(list.groups, journey.picked) : undefined;
  if (found === undefined) {
    return (
      <div class="stack loose">
        <StepHeader title={say.follow.title} {...header} />
        <p>{say.plan.emptyNote}</p>
        <div class="actions">
          <Button onPress={() => step({ kind: 'go', to: 'plan' })}>{say.plan.title}</Button>
        </div>
      </div>
    );
  }
  const { group, link } = found;
  const { host, plan } = group.group;
  const events = view?.takedowns.find((each) => each.link === link.target.link)?.events ?? [];
  const engines = plan.engines.map(({ engine }) => `engine-${engine}` as const);
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
        <StepHeader title={`${say.follow.title}: ${host}`} {...header} />
        <details class="details">
          <summary>{say.follow.show}</summary>
          <p class="address">
            <bdi dir="ltr">{link.target.link}</bdi>
          </p>
        </details>
        <p class="quiet-text">{say.follow.note}</p>
      </div>
      <TrackCard name="host" title={say.follow.host} group={group} link={link} />
      {engines.map((name) => (
        <TrackCard
          key={name}
          name={name}
          title={fill(say.follow.engine, { name: engineName(name.slice('engine-'.length)) })}
          group={group}
          link={link}
        />
      ))}
      <SentTexts link={link} />
      <WatchPlace
        link={link.target.link}
        onBack={() =>
          void desk.session().then((session) => {
            const at = Date.now();
            const seen = decideTakedown(link.tracks, 'host', { kind: 'look', there: true }, at, at);
            // Of a link that was never marked as gone there is nothing to mark: the notice is what is left to do.
            if (seen.ok && seen.event.type === 'reappeared') session.keepEvent(link.target.link, seen.event);
            step({ kind: 'go', to: 'notice', picked: group.key });
          })
        }
      />
      <section class="stack" aria-labelledby="history">
        <h2 id="history">{say.follow.history}</h2>
        <Timeline
          entries={events.map((event, at) => ({
            id: `${at}`,
            done: true,
            title: eventWords(event, say.follow),
            body: (
              <span class="quiet-text">
                {momentWords(language, event.at)}
                {event.track === 'host' ? '' : ` · ${engineName(event.track.slice('engine-'.length))}`}
              </span>
            ),
          }))}
        />
      </section>
      <div class="actions">
        {view?.kind === 'open' && view.unsaved && (
          <Button busy={task.busy} onPress={save}>
            {say.plan.save}
          </Button>
        )}
        {view?.kind === 'draft' && (
          <Button onPress={() => step({ kind: 'go', to: 'code' })}>{say.plan.keep}</Button>
        )}
        <span role="status">
          {view?.kind === 'open' ? (view.unsaved ? say.plan.unsaved : saved ? say.plan.saved : '') : ''}
        </span>
        <Button
          kind="plain"
          onPress={() =>
            void desk.session().then((session) => {
              session.forgetLink(link.target.link);
              step({ kind: 'go', to: 'plan' });
            })
          }
        >
          {say.follow.marks.forget}
        </Button>
      </div>
      {task.trouble !== undefined && (
        <NoticeBox kind="attention" live>
          <p>{task.trouble}</p>
        </NoticeBox>
      )}
      <p class="not-your-fault">{words.frame.notFault}</p>
    </div>
  );
}

function findLink(
  groups: readonly ListedGroup[],
  picked: string | undefined,
): { readonly group: ListedGroup; readonly link: ListedLink } | undefined {
  for (const group of groups) {
    const link = group.links.find((each) => each.target.link === picked);
    if (link !== undefined) return { group, link };
  }
  return undefined;
}

/** One track: its state, its next step, its marks, its text. */
function TrackCard(props: {
  readonly name: TrackName;
  readonly title: string;
  readonly group: ListedGroup;
  readonly link: ListedLink;
}) {
  const { language, desk, step: walk } = useVisit();
  // Not when the page was drawn: a mark of a minute ago must not lie in the future.
  const now = Date.now();
  const { say } = useLinks();
  const [error, setError] = useState<string>();
  const { name, title, group, link } = props;
  const zone = deviceZone();
  const track = link.tracks.find((each) => each.name === name);
  const step: NextStep =
    track === undefined
      ? name === 'host'
        ? { kind: 'send', who: 'person' }
        : { kind: 'look', who: 'person' }
      : nextStep(track, now, zone);
  const mark = (command: TakedownCommand) =>
    void desk.session().then((session) => {
      const at = Date.now();
      const decided = decideTakedown(link.tracks, name, command, at, at);
      if (!decided.ok) {
        setError(say.follow.notNow);
        return;
      }
      setError(undefined);
      session.keepEvent(link.target.link, decided.event);
    });
  const may = (command: TakedownCommand) =>
    decideTakedown(link.tracks, name, command, Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER).ok;
  const marks = MARKS.filter((each) => may(each.command) && each.fits(track));
  return (
    <section class="card stack tight" aria-label={title}>
      <div class="row between">
        <h2 class="small-heading">{title}</h2>
        <span class={track?.state === 'removed' || track?.state === 'not-there' ? 'tag good' : 'tag'}>
          {track === undefined ? say.follow.states.unseen : stateTag(say, track)}
        </span>
      </div>
      {(name === 'host' || track !== undefined) && <p>{stepWords(say, language, step)}</p>}
      {track !== undefined && track.number !== '' && (
        <p class="quiet-text">
          <bdi>{fill(say.follow.number, { number: leftToRight(language, track.number) })}</bdi>
        </p>
      )}
      {step.kind === 'send' && (
        <div class="actions">
          <Button
            label={`${say.follow.write}: ${title}`}
            onPress={() =>
              walk({
                kind: 'go',
                to: 'notice',
                picked:
                  name !== 'host'
                    ? `engine ${engineChannel(group, name)}`
                    : track?.state === 'reappeared'
                      ? `again ${link.target.link}`
                      : group.key,
              })
            }
          >
            {track?.state === 'reappeared' ? say.follow.again : say.follow.write}
          </Button>
        </div>
      )}
      {track !== undefined && (
        <LaterText
          track={track}
          step={step}
          group={group}
          link={link}
          onMark={mark}
          clocks={clocksOfTrack(track, now, zone)}
        />
      )}
      {marks.length > 0 && (
        <div class="actions">
          {marks.map((each) => (
            <Button
              key={each.words}
              kind="quiet"
              label={`${say.follow.marks[each.words]}: ${title}`}
              onPress={() => mark(each.command)}
            >
              {say.follow.marks[each.words]}
            </Button>
          ))}
        </div>
      )}
      {error !== undefined && (
        <p class="error" role="alert">
          {error}
        </p>
      )}
    </section>
  );
}

/** The text that is due, whose part is fetched when one is: most visits need none. */
function LaterText(props: Parameters<typeof import('./due-text.tsx').DueText>[0]) {
  const { words } = useVisit();
  const [part, setPart] = useState<typeof import('./due-text.tsx')>();
  const [missing, setMissing] = useState(false);
  const { kind } = props.step;
  const due = kind === 'remind' || kind === 'appeal' || kind === 'complain';
  useEffect(() => {
    if (due) import('./due-text.tsx').then(setPart, () => setMissing(true));
  }, [due]);
  if (!due) return null;
  if (part !== undefined) return <part.DueText {...props} />;
  return <p role="status">{missing ? words.frame.offline : words.frame.loading}</p>;
}

function engineChannel(group: ListedGroup, name: TrackName): string {
  const engine = name.slice('engine-'.length);
  return group.group.plan.engines.find((each) => each.engine === engine)?.way.channel?.id ?? '';
}

type MarkWords =
  | 'acknowledge'
  | 'remove'
  | 'refuse'
  | 'be-silent'
  | 'look-there'
  | 'look-back'
  | 'look-gone'
  | 'look-still-gone'
  | 'drop'
  | 'take-back';

const any = () => true;
const isGone = (track: Track | undefined) => track?.state === 'removed' || track?.state === 'not-there';

/** The marks of a track in the order in which they are needed, with when each is the right word for what was seen. */
const MARKS: readonly {
  readonly words: MarkWords;
  readonly command: TakedownCommand;
  readonly fits: (track: Track | undefined) => boolean;
}[] = [
  { words: 'look-there', command: { kind: 'look', there: true }, fits: (track) => track === undefined },
  { words: 'look-gone', command: { kind: 'look', there: false }, fits: (track) => track === undefined },
  { words: 'look-still-gone', command: { kind: 'look', there: false }, fits: isGone },
  { words: 'look-back', command: { kind: 'look', there: true }, fits: isGone },
  { words: 'acknowledge', command: { kind: 'acknowledge', number: '' }, fits: any },
  { words: 'remove', command: { kind: 'remove' }, fits: any },
  { words: 'refuse', command: { kind: 'refuse' }, fits: any },
  { words: 'be-silent', command: { kind: 'be-silent' }, fits: any },
  { words: 'take-back', command: { kind: 'take-back' }, fits: any },
  { words: 'drop', command: { kind: 'drop' }, fits: any },
];

function eventWords(
  event: TakedownEvent,
  words: { readonly events: Readonly<Record<TakedownEvent['type'], string>> },
): string {
  return event.type === 'escalated'
    ? fill(words.events.escalated, { office: event.office })
    : words.events[event.type];
}
