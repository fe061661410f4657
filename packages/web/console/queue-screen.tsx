/**
 * The queue: the list on one side, the card of the open job on the other; on a narrow screen one after the other.
 * @module
 */

import type { WireJob } from '@reclaim/casework/wire';
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { EmptyState } from '../ui/empty-state.tsx';
import { NoticeBox } from '../ui/notice-box.tsx';
import { CardPanel } from './card-panel.tsx';
import { useConsole, useNow } from './console-context.ts';
import { holderOf } from './job-card.ts';
import type { Command } from './keys.ts';
import type { LookEvent } from './looking.ts';
import { FILTERS, nextToTake, pressing } from './queue.ts';
import { QueueList } from './queue-list.tsx';
import { TOAST_MS } from './toast-time.ts';
import { useCard } from './use-card.ts';
import { useQueue } from './use-queue.ts';

/** How often the clocks of the list move on, milliseconds. */
const CLOCKS_MS = 30_000;

/** The screen. */
export function QueueScreen() {
  const { say, me, toast, listen, language } = useConsole();
  const [queue, dispatch, staleSince] = useQueue();
  const now = useNow(CLOCKS_MS);
  const search = useRef<HTMLInputElement>(null);
  const [looked, setLooked] = useState<ReadonlySet<string>>(new Set());
  const [rungWish, setRungWish] = useState<LookEvent | undefined>(undefined);
  const lastDecided = useRef<{ readonly job: WireJob; readonly at: number } | undefined>(undefined);

  const changed = useCallback((job: WireJob) => dispatch({ kind: 'changed', job }), [dispatch]);
  const undone = useCallback(() => {
    lastDecided.current = undefined;
    toast(say('toast.undone'));
  }, [toast, say]);
  const takeBack = useRef<(job: WireJob) => void>(() => undefined);
  const decided = useCallback(
    (job: WireJob) => {
      const ground = job.decision?.ruling;
      if (ground === undefined || ground.outcome === 'duplicate') return;
      // A lock for a minor is not undone by a slip of the hand: it has no toast.
      if (ground.ground === 'minor-suspected') return;
      lastDecided.current = { job, at: Date.now() };
      toast(say('toast.decided', { choice: say(`choice.${ground.ground}`) }), () => takeBack.current(job));
    },
    [toast, say],
  );
  const card = useCard(changed, decided, undone);
  takeBack.current = (job) => void card.undo(job, say('undo.facts.0'));

  const { job } = card;
  const mine = job !== undefined && holderOf(job, me.id, now) === 'mine';
  const openJob = useCallback(
    (next: WireJob) => {
      dispatch({ kind: 'mark', id: next.id });
      void card.open(next);
    },
    [card.open, dispatch],
  );

  const take = (command: Command): void => {
    switch (command.kind) {
      case 'move':
        dispatch({ kind: 'move', by: command.by });
        document.getElementById('queue-list')?.focus();
        break;
      case 'open': {
        const marked = queue.rows.find(({ id }) => id === queue.marked);
        if (marked !== undefined && !queue.gone) openJob(marked);
        break;
      }
      case 'next': {
        const next = nextToTake(queue, job?.id ?? queue.marked, Date.now());
        if (next === undefined) toast(say('claim.none'));
        else openJob(next);
        break;
      }
      case 'close':
        if (card.draft.kind === 'drafting') card.dispatch({ kind: 'drop' });
        else if (card.undoing) card.askUndo(false);
        else {
          card.leave();
          document.getElementById('queue-list')?.focus();
        }
        break;
      case 'choose':
        if (job !== undefined && mine) {
          card.dispatch({ kind: 'choose', choice: command.choice, job, looked: looked.has(job.id) });
        }
        break;
      case 'template':
        if (card.draft.kind === 'drafting') {
          const index = command.index as 0 | 1 | 2;
          card.dispatch({ kind: 'template', index, text: say(`facts.${card.draft.choice}.${index}`) });
        }
        break;
      case 'send':
        void card.send();
        break;
      case 'closer':
      case 'further':
        setRungWish({ kind: command.kind });
        break;
      case 'undo': {
        const last = lastDecided.current;
        if (last !== undefined && Date.now() - last.at < TOAST_MS) takeBack.current(last.job);
        else if (job?.decision !== undefined && job.state === 'decided') card.askUndo(true);
        else toast(say('undo.none'));
        break;
      }
      case 'renew':
        if (mine) void card.claim().then(() => toast(say('toast.renewed')));
        break;
      case 'search':
        search.current?.focus();
        break;
      default:
    }
  };
  const taking = useRef(take);
  taking.current = take;
  const standing = useRef<'none' | 'open' | 'drafting'>('none');
  standing.current = job === undefined ? 'none' : card.draft.kind === 'none' ? 'open' : 'drafting';
  useEffect(
    () =>
      listen(
        (command) => taking.current(command),
        () => standing.current,
      ),
    [listen],
  );

  // Whoever comes here by the screen's name can go on with j and Enter: the name itself would take the Enter.
  useEffect(() => document.getElementById('queue-list')?.focus({ preventScroll: true }), []);

  const pressed = pressing(queue.jobs, now);
  const count = queue.loading
    ? say('queue.counting', { n: queue.jobs.length })
    : queue.search === ''
      ? say('queue.count', { n: queue.jobs.length })
      : say('queue.found', { n: queue.rows.length, all: queue.jobs.length });
  const time = new Intl.DateTimeFormat(language, { timeStyle: 'short' });
  return (
    <div class={`queue ${job === undefined ? 'list-only' : 'with-card'}`}>
      {/* Outside both sides: on a narrow screen either may be away, and the page keeps its name. */}
      <h1 class="visually-hidden">{say('queue.title')}</h1>
      <section class="queue-side" aria-label={say('queue.title')}>
        <div class="queue-head">
          <p class="small quiet-text">
            {say('queue.order')} · <span role="status">{count}</span>
          </p>
          {(pressed.late > 0 || pressed.soon > 0) && (
            <p class="small">
              {pressed.late > 0 && <span class="tag danger">{say('queue.late', { n: pressed.late })}</span>}{' '}
              {pressed.soon > 0 && (
                <span class="tag attention">{say('queue.soon', { n: pressed.soon })}</span>
              )}
            </p>
          )}
          <fieldset class="filters" aria-label={say('queue.filter')}>
            {FILTERS.map((filter) => (
              <button
                key={filter}
                type="button"
                class="filter"
                aria-pressed={queue.filter === filter}
                onClick={() => dispatch({ kind: 'filter', filter })}
              >
                {say(`filter.${filter}`)}
              </button>
            ))}
          </fieldset>
          <input
            ref={search}
            class="input"
            type="search"
            autocomplete="off"
            spellcheck={false}
            maxLength={128}
            aria-label={say('queue.search')}
            placeholder={say('queue.search')}
            value={queue.search}
            onInput={(event) => dispatch({ kind: 'search', text: event.currentTarget.value })}
            onKeyDown={(event) => {
              if (event.key !== 'Escape' && event.key !== 'Enter') return;
              event.preventDefault();
              if (event.key === 'Escape') dispatch({ kind: 'search', text: '' });
              document.getElementById('queue-list')?.focus();
            }}
          />
          {staleSince !== undefined && (
            <NoticeBox kind="attention" live>
              <p>{say('queue.stale', { time: time.format(staleSince) })}</p>
            </NoticeBox>
          )}
        </div>
        {queue.rows.length === 0 && !queue.loading ? (
          <EmptyState
            title={say(queue.search === '' ? 'queue.empty' : 'queue.noneFound')}
            words={say(queue.search === '' ? 'queue.emptyNext' : 'queue.noneFoundNext')}
          />
        ) : (
          <QueueList queue={queue} now={now} onOpen={openJob} />
        )}
      </section>
      <section class="card-side" aria-label={say('card.item')}>
        {job === undefined ? (
          <EmptyState title={say('queue.pick')} words={say('queue.pickNext')} />
        ) : (
          <CardPanel
            // A job's looking must never outlive it: another job is another card.
            key={job.id}
            card={card}
            job={job}
            now={now}
            rungWish={rungWish}
            onLooked={() => setLooked((before) => new Set(before).add(job.id))}
            onNext={() => take({ kind: 'next' })}
            onChoose={(choice) => take({ kind: 'choose', choice })}
          />
        )}
      </section>
    </div>
  );
}
