/**
 * The list of jobs: a listbox that draws only the rows in view. Rows bear words and shapes, never a thumbnail.
 * @module
 */

import type { WireJob } from '@reclaim/casework/wire';
import { memo } from 'preact/compat';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Clock } from '../ui/clock.tsx';
import { SinceClock } from '../ui/since-clock.tsx';
import { useConsole } from './console-context.ts';
import { holderOf, matchesForReading } from './job-card.ts';
import { anchored, ROW_PX, rowsInView, scrollTo } from './list-window.ts';
import type { Queue } from './queue.ts';

/** The rows of `queue`; a press opens a job. */
export function QueueList(props: {
  readonly queue: Queue;
  readonly now: number;
  readonly onOpen: (job: WireJob) => void;
}) {
  const { queue } = props;
  const { say } = useConsole();
  const box = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ top: 0, height: 800 });
  const drawn = useRef<readonly string[]>([]);
  const markedBefore = useRef(queue.marked);
  const { rows, marked } = queue;
  const at = rows.findIndex(({ id }) => id === marked);

  useEffect(() => {
    const element = box.current;
    if (element === null) return undefined;
    const measure = () => setView({ top: element.scrollTop, height: element.clientHeight });
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return;
    const ids = rows.map(({ id }) => id);
    if (markedBefore.current !== marked && at !== -1) {
      element.scrollTop = scrollTo(at, element.scrollTop, element.clientHeight);
    } else if (drawn.current.length > 0 && element.scrollTop > 0) {
      const top = anchored(drawn.current, ids, element.scrollTop);
      if (top !== element.scrollTop) element.scrollTop = top;
    }
    drawn.current = ids;
    markedBefore.current = marked;
  }, [rows, marked, at]);

  const { first, end } = rowsInView(view.top, view.height, rows.length);
  return (
    <div
      ref={box}
      id="queue-list"
      class="queue-list"
      role="listbox"
      tabIndex={0}
      aria-label={say('queue.title')}
      aria-activedescendant={at >= first && at < end ? `row-${marked}` : undefined}
      onScroll={(event) => {
        const { scrollTop: top, clientHeight: height } = event.currentTarget;
        setView({ top, height });
      }}
    >
      <div class="queue-rows" role="presentation" style={{ height: `${rows.length * ROW_PX}px` }}>
        {rows.slice(first, end).map((job, i) => (
          <QueueRow
            key={job.id}
            job={job}
            place={first + i}
            count={rows.length}
            marked={job.id === marked}
            gone={queue.gone && job.id === marked}
            now={props.now}
            onOpen={props.onOpen}
          />
        ))}
      </div>
    </div>
  );
}

const QueueRow = memo(function QueueRow(props: {
  readonly job: WireJob;
  readonly place: number;
  readonly count: number;
  readonly marked: boolean;
  readonly gone: boolean;
  readonly now: number;
  readonly onOpen: (job: WireJob) => void;
}) {
  const { job, gone } = props;
  const { say, me, language } = useConsole();
  const holder = holderOf(job, me.id, props.now);
  const band = matchesForReading(job)[0]?.band;
  const state = gone ? 'gone' : holder === 'mine' ? 'mine' : job.state;
  return (
    // The listbox keeps the focus and hears the keys, as its pattern wants it.
    // biome-ignore lint/a11y/useKeyWithClickEvents: the console's keys open the marked row
    <div
      id={`row-${job.id}`}
      class={`queue-row ${holder === 'another' || gone ? 'taken' : ''}`}
      role="option"
      tabIndex={-1}
      aria-selected={props.marked}
      aria-setsize={props.count}
      aria-posinset={props.place + 1}
      style={{ top: `${props.place * ROW_PX}px`, height: `${ROW_PX}px` }}
      onClick={() => props.onOpen(job)}
    >
      <span class="queue-line">
        <span class="queue-item mono">{job.item?.id ?? job.id}</span>
        {job.due === undefined ? (
          <SinceClock since={job.openedAt} now={props.now} language={language} sentence={say('waits')} />
        ) : (
          <Clock
            dueAt={job.due.at}
            now={props.now}
            language={language}
            timeZone={job.due.zone}
            words={{ soon: say('clocks.soon'), past: say('clocks.past') }}
          />
        )}
      </span>
      <span class="queue-line">
        <span class="queue-facts">
          <span class={`shape ${job.interim}`} aria-hidden="true" />
          {say(`interim.${job.interim}`)} · {say(`cause.${job.cause}`)}
          {band === undefined ? '' : ` · ${say(`band.${band}`)}`}
          {(job.notices ?? 0) > 1 && ` · ${say('notices.count', { n: job.notices ?? 0 })}`}
          {(job.breaches ?? 0) > 0 && ` · ${say('notices.late', { n: job.breaches ?? 0 })}`}
        </span>
        <span class={`queue-state ${state}`}>
          {state === 'gone'
            ? say('queue.gone')
            : state === 'mine'
              ? say('state.mine')
              : say(`state.${job.state}`)}
        </span>
      </span>
    </div>
  );
});
