/**
 * The third step: a cover that opens only while Space or a pointer is held, and never without the view in the log first.
 *
 * The picture exists in the page only while it is shown: each hold fetches it anew and lets it go when it is covered.
 * Losing the window, leaving the job or ten seconds cover it. Hovering does nothing.
 * @module
 */

import { LOOKS } from '@reclaim/casework/wire-staff';
import { useCallback, useEffect, useReducer, useRef, useState } from 'preact/hooks';
import { Button } from '../ui/button.tsx';
import { NoticeBox } from '../ui/notice-box.tsx';
import { sayTrouble, useConsole, useNow } from './console-context.ts';
import { HOLD_MS, type LookEvent, openRungs, reduceLooking, secondsShown, startLooking } from './looking.ts';

type Views = { readonly count: number; readonly seconds: number; readonly allowance: number };

/** Whether today's allowance is used; what is not known yet is not over. */
function isOver(views: Views | undefined): boolean {
  return views !== undefined && views.count >= views.allowance;
}

/** The cover of one job. `wish` moves along the ladder; `onLooked` hears that something was shown. */
export function LookPanel(props: {
  readonly jobId: string;
  readonly wish: LookEvent | undefined;
  readonly onLooked: () => void;
  readonly onGiveBack: () => void;
}) {
  const { jobId } = props;
  const { api, say, firstRung } = useConsole();
  // Whatever else the screen draws meanwhile, a look on its way is not asked for, and not counted, once more.
  const told = useRef({ say, onLooked: props.onLooked });
  told.current = { say, onLooked: props.onLooked };
  const [looking, dispatch] = useReducer(reduceLooking, firstRung, startLooking);
  const [picture, setPicture] = useState<string>();
  const [views, setViews] = useState<Views>();
  const now = useRef(looking);
  now.current = looking;
  const over = isOver(views);
  // Looked up when a key comes down: a listener that is set again only after the drawing would still know the count before.
  const overNow = useRef(over);
  overNow.current = over;
  const counted = useRef<Promise<Views | undefined>>(undefined);

  useEffect(() => {
    counted.current = api.views().then((answer) => {
      if (!answer.ok) return undefined;
      setViews(answer.value);
      return answer.value;
    });
  }, [api]);
  useEffect(() => {
    if (props.wish !== undefined) dispatch(props.wish);
  }, [props.wish]);

  // The fetching half of `asking`.
  const { kind, asked, rung } = looking;
  useEffect(() => {
    if (kind !== 'asking') return undefined;
    // A card that was left hears of nothing any more: its picture must not come into the page after it.
    let left = false;
    const still = () => !left && now.current.kind === 'asking' && now.current.asked === asked;
    void (async () => {
      // The allowance holds from the first look on, however late the day's count comes.
      const first = await counted.current;
      if (!still()) return;
      if (isOver(first) && !now.current.waived) return dispatch({ kind: 'over', asked });
      const look = await api.look(jobId, rung);
      if (!look.ok)
        return dispatch({ kind: 'failed', asked, trouble: sayTrouble(told.current.say, look.trouble) });
      setViews((before) => before && { ...before, count: before.count + 1 });
      if (!still()) return void api.lookEnd(jobId, 0);
      const bytes = await api.picture(look.value.url);
      if (!bytes.ok) return dispatch({ kind: 'failed', asked, trouble: told.current.say('trouble.preview') });
      if (!still()) return void api.lookEnd(jobId, 0);
      setPicture(URL.createObjectURL(bytes.value));
      dispatch({ kind: 'came', asked, now: Date.now() });
      told.current.onLooked();
    })();
    return () => {
      left = true;
    };
  }, [kind, asked, rung, api, jobId]);

  // The covering half of `shown`: whatever ends it, the picture is let go and its seconds are told.
  const since = looking.kind === 'shown' ? looking.since : undefined;
  useEffect(() => {
    if (since === undefined) return undefined;
    const shown = now.current;
    const timer = setTimeout(() => dispatch({ kind: 'tick', now: Date.now() }), HOLD_MS + 20);
    return () => {
      clearTimeout(timer);
      const seconds = secondsShown(shown, Date.now());
      setPicture((before) => {
        if (before !== undefined) URL.revokeObjectURL(before);
        return undefined;
      });
      setViews((before) => before && { ...before, seconds: before.seconds + seconds });
      void api.lookEnd(jobId, seconds);
    };
  }, [since, api, jobId]);

  const hold = useCallback(() => dispatch({ kind: 'hold', overAllowance: overNow.current }), []);
  useEffect(() => {
    const release = () => dispatch({ kind: 'release' });
    const leave = () => dispatch({ kind: 'leave' });
    const down = (event: KeyboardEvent) => {
      if (event.key !== ' ' || event.ctrlKey || event.metaKey || event.altKey) return;
      if (document.querySelector('dialog[open]') !== null || isOthers(event.target)) return;
      event.preventDefault();
      if (!event.repeat) hold();
    };
    const up = (event: KeyboardEvent) => {
      if (event.key === ' ') release();
    };
    globalThis.addEventListener('keydown', down);
    globalThis.addEventListener('keyup', up);
    globalThis.addEventListener('blur', leave);
    globalThis.addEventListener('pagehide', leave);
    document.addEventListener('visibilitychange', leave);
    return () => {
      globalThis.removeEventListener('keydown', down);
      globalThis.removeEventListener('keyup', up);
      globalThis.removeEventListener('blur', leave);
      globalThis.removeEventListener('pagehide', leave);
      document.removeEventListener('visibilitychange', leave);
    };
  }, [hold]);

  if (looking.kind === 'stopped') {
    return (
      <NoticeBox kind="attention" title={say('stop.title')} live>
        <p>{say('stop.words')}</p>
        <div class="actions">
          <Button onPress={props.onGiveBack}>{say('stop.give')}</Button>
          <Button kind="quiet" onPress={() => dispatch({ kind: 'go-on' })}>
            {say('stop.goOn')}
          </Button>
        </div>
      </NoticeBox>
    );
  }
  return (
    <div class="look">
      <button
        type="button"
        class="covered"
        data-cover
        onPointerDown={(event) => {
          if (event.button !== 0) return;
          event.currentTarget.setPointerCapture(event.pointerId);
          hold();
        }}
        onPointerUp={() => dispatch({ kind: 'release' })}
        onPointerCancel={() => dispatch({ kind: 'release' })}
        onContextMenu={(event) => event.preventDefault()}
      >
        {looking.kind === 'shown' && picture !== undefined ? (
          <img
            class="shown"
            src={picture}
            alt={say('look.shown', { rung: say(`rung.${rung}`) })}
            draggable={false}
          />
        ) : (
          <span class="cover-words">
            <strong>{looking.kind === 'asking' ? say('look.asking') : say('look.title')}</strong>
            <span class="quiet-text">{coverWords()}</span>
          </span>
        )}
      </button>
      <div class="look-foot">
        <fieldset class="rungs" aria-label={say('look.rung')}>
          {LOOKS.map((each) => {
            const opened = openRungs(looking).includes(each);
            return (
              <button
                key={each}
                type="button"
                class="filter"
                aria-pressed={rung === each}
                disabled={!opened}
                title={opened ? undefined : say('look.rungLocked')}
                onClick={() => {
                  const steps = LOOKS.indexOf(each) - LOOKS.indexOf(rung);
                  for (let i = 0; i < Math.abs(steps); i++)
                    dispatch({ kind: steps > 0 ? 'closer' : 'further' });
                }}
              >
                {say(`rung.${each}`)}
              </button>
            );
          })}
        </fieldset>
        {looking.kind === 'shown' && <Watched since={looking.since} />}
        {views !== undefined && (
          <p class={`small views ${over ? 'over' : ''}`}>
            {say('views.count', { n: views.count, all: views.allowance })} ·{' '}
            {say('views.minutes', { n: Math.ceil(views.seconds / 60) })}
          </p>
        )}
      </div>
    </div>
  );

  function coverWords(): string {
    if (looking.kind !== 'covered') return '';
    if (looking.why === 'trouble') return looking.trouble ?? say('trouble.preview');
    return looking.why === 'left'
      ? say('look.left')
      : looking.why === 'time'
        ? say('look.time')
        : say('look.hold');
  }
}

function Watched({ since }: { readonly since: number }) {
  const { say } = useConsole();
  const seconds = Math.max(0, Math.floor((useNow(250) - since) / 1_000));
  return <p class="small tabular">{say('look.watching', { n: seconds })}</p>;
}

/** Space belongs to what is typed in and to every control but the cover itself. */
function isOthers(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement) || target.dataset['cover'] !== undefined) return false;
  return target.matches('input, textarea, select, button, a, summary');
}
