/**
 * The mark that a notice was sent: when, what shows it, and the number that was given. It is what starts the clock on return, so
 * a moment in the future, or before what was marked last, is refused, and what was typed stays. The text itself is kept with it.
 * @module
 */

import {
  decideTakedown,
  evolveTakedown,
  SENDING_PROOFS,
  type SendingProof,
  type TrackName,
  type Tracks,
} from '@reclaim/casework/takedown/takedown';
import { MAX_NUMBER, MAX_TAKEDOWN_LINK } from '@reclaim/casework/takedown/takedown-record';
import { pinVersions } from '@reclaim/law/duty/rule';
import { rulesOf } from '@reclaim/law/duty/rules';
import type { NoticeText } from '@reclaim/law/notice/notice-text';
import type { NoticeRegime } from '@reclaim/law/notice/sentences';
import type { Way } from '@reclaim/law/plan/link-plan';
import { useState } from 'preact/hooks';
import { Button } from '../../ui/button.tsx';
import { Field, SelectField } from '../../ui/field.tsx';
import { NoticeBox } from '../../ui/notice-box.tsx';
import { useVisit } from '../visit.ts';
import { useLinks } from './link-context.ts';
import { type ListedLink, today } from './link-list.ts';
import { TimeField } from './time-field.tsx';

/** The panel for the links of one notice. */
export function SentPanel(props: {
  readonly links: readonly ListedLink[];
  /** The text, as it stands above: what the case keeps. */
  readonly text: NoticeText;
  readonly way: Way;
  readonly engine: string | undefined;
  readonly complete: readonly NoticeRegime[];
  readonly contact: boolean;
}) {
  const { desk, view, step } = useVisit();
  const { say } = useLinks();
  const { links, text, way, engine, complete, contact } = props;
  const [open, setOpen] = useState(false);
  const [proof, setProof] = useState<SendingProof>('own-statement');
  const [number, setNumber] = useState('');
  const [atMs, setAtMs] = useState<number>();
  const [error, setError] = useState<string>();
  const [marked, setMarked] = useState<'with-text' | 'without-text'>();
  const keepable = links.filter((each) => each.target.link.length <= MAX_TAKEDOWN_LINK);
  const track: TrackName = engine === undefined ? 'host' : `engine-${engine}`;
  const mark = async () => {
    const session = await desk.session();
    const nowMs = Date.now();
    const at = atMs ?? nowMs;
    const pins = pinVersions(way.regimes.flatMap(rulesOf), today(at));
    session.keepLinks(keepable.map((each) => each.target.link));
    const kept = new Set(session.view.takedowns.map((each) => each.link));
    if (!keepable.every((each) => kept.has(each.target.link))) {
      // A full case takes no mark: better said than lost.
      setError(say.plan.full);
      return;
    }
    const events = keepable.flatMap(({ target, tracks }) => {
      const decided = decideTakedown(
        begun(tracks, track, at),
        track,
        {
          kind: 'send',
          channel: way.channel?.id ?? '',
          regimes: way.regimes,
          complete,
          pins,
          proof,
          number: number.slice(0, MAX_NUMBER),
          contact,
        },
        at,
        nowMs,
      );
      return [{ link: target.link, decided }];
    });
    const refused = events.find((each) => !each.decided.ok);
    if (refused !== undefined && !refused.decided.ok) {
      const { reason } = refused.decided;
      setError(
        reason === 'in-future'
          ? say.ask.whenFuture
          : reason === 'out-of-order'
            ? say.ask.whenOrder
            : say.follow.notNow,
      );
      return;
    }
    // Only once every mark is taken: a text without a sending would be a text that nobody sent.
    const { language, subject, body } = text;
    const textId = session.keepSentText({ at, language, subject, body });
    for (const { link, decided } of events) {
      if (!decided.ok) continue;
      const event = textId === undefined ? decided.event : { ...decided.event, text: textId };
      // A search engine's track begins with the look that found it listed.
      const known = session.view.takedowns.find((each) => each.link === link);
      if (track !== 'host' && known?.events.every((each) => each.track !== track))
        session.keepEvent(link, { type: 'added', track, at: decided.event.at });
      session.keepEvent(link, event);
    }
    setError(undefined);
    setMarked(textId === undefined ? 'without-text' : 'with-text');
  };
  if (marked !== undefined) {
    return (
      <NoticeBox kind="good" live title={say.ask.sentTitle}>
        <p>{marked === 'with-text' ? say.ask.textKept : say.ask.textNotKept}</p>
        <div class="actions">
          <Button kind="quiet" onPress={() => step({ kind: 'go', to: 'plan' })}>
            {say.plan.title}
          </Button>
          {view?.kind !== 'open' && (
            <Button kind="quiet" onPress={() => step({ kind: 'go', to: 'code' })}>
              {say.plan.keep}
            </Button>
          )}
        </div>
      </NoticeBox>
    );
  }
  if (keepable.length === 0) return <p class="quiet-text">{say.ask.notKept}</p>;
  if (!open) {
    return (
      <div class="actions">
        <Button kind="quiet" onPress={() => setOpen(true)}>
          {say.ask.sent}
        </Button>
      </div>
    );
  }
  return (
    <section class="card stack" aria-labelledby="sent">
      <h2 id="sent">{say.ask.sent}</h2>
      <SelectField
        label={say.ask.proof}
        value={proof}
        options={SENDING_PROOFS.map((each) => [each, say.ask.proofs[each]] as const)}
        onChange={setProof}
      />
      <Field label={say.ask.number} value={number} maxLength={MAX_NUMBER} onInput={setNumber} />
      <TimeField label={say.ask.when} value={atMs} error={error} onChange={setAtMs} />
      <div class="actions">
        <Button onPress={() => void mark()}>{say.ask.mark}</Button>
      </div>
    </section>
  );
}

/** The tracks as they will be when the sending is marked: a link, and an engine, begin with it where they had not begun. */
function begun(tracks: Tracks, track: TrackName, at: number): Tracks {
  if (tracks.some((each) => each.name === track)) return tracks;
  return evolveTakedown(tracks, { type: 'added', track, at });
}
