/**
 * The hours that the law sets, for the notifier: the act that is due and when, by word, in the time of their device. A rule
 * that was read only in reports about the law is marked so (`law/source`, the display rule).
 * @module
 */

import type { WireClock } from '@reclaim/casework/wire-notice';
import { RULES } from '@reclaim/law/duty/rules';
import { mayShow } from '@reclaim/law/source';
import { Icon } from '../ui/icon.tsx';
import { fill } from '../ui/language.ts';
import { regimeWords } from './lacks-panel.tsx';
import { useNotice, whenWords } from './notice-context.ts';
import type { NoticeWords } from './words/words.ts';

/** The clocks of a notice that are owed, and those that wait. */
export function ClockList({ clocks }: { readonly clocks: readonly WireClock[] }) {
  const { words, language } = useNotice();
  const shown = clocks.filter(({ applies, owed, reason }) => applies && owed && reason !== 'no-event');
  const regimes = [...new Set(shown.map(({ regime }) => regime))];
  return (
    <section class="stack" aria-labelledby="clocks">
      <h2 id="clocks">{words.clocks.title}</h2>
      {shown.length === 0 ? (
        <p class="quiet-text">{words.clocks.none}</p>
      ) : (
        <ul class="regimes">
          {regimes.map((regime) => (
            <li key={regime}>
              <Icon name="clock" />
              <div>
                <p class="name">{regimeWords(words, regime)}</p>
                <ul class="plain">
                  {shown
                    .filter((clock) => clock.regime === regime)
                    .map((clock) => (
                      <li key={clock.ruleId}>
                        <p>{clockWords(words, clock, (at) => whenWords(language, at))}</p>
                        {!isRead(clock) && <p class="small quiet-text">{words.clocks.reading}</p>}
                      </li>
                    ))}
                </ul>
              </div>
            </li>
          ))}
        </ul>
      )}
      {shown.length > 0 && <p class="small quiet-text">{words.clocks.zone}</p>}
    </section>
  );
}

function isRead({ ruleId, version }: WireClock): boolean {
  const rule = RULES.find(({ id }) => id === ruleId);
  const source = rule?.versions.find((each) => each.version === version)?.source;
  return source !== undefined && mayShow(source.sureness);
}

function clockWords({ clocks }: NoticeWords, clock: WireClock, when: (at: number) => string): string {
  const ends = RULES.find(({ id }) => id === clock.ruleId)?.ends ?? null;
  const what = clocks.duties[(ends ?? 'open') as keyof typeof clocks.duties] ?? clocks.duties.open;
  const due = when(clock.dueAt ?? 0);
  const done = when(clock.endAt ?? 0);
  switch (clock.state) {
    case 'running':
      return fill(clock.dueAt === undefined ? clocks.noNumber : clocks.due, { what, when: due });
    case 'met':
      return fill(clocks.met, { what, when: done });
    case 'met-late':
      return fill(clocks.late, { what, when: done });
    case 'breached':
      return fill(clocks.breached, { what, when: due });
    case 'refused':
      return fill(clocks.refused, { what });
    case 'over':
    case 'cancelled':
      return fill(clocks.other, { what });
    case 'not-started':
      if (clock.reason === 'incomplete-notice') return fill(clocks.waits, { what });
      return fill(clock.reason === 'no-contact' ? clocks.noContact : clocks.other, { what });
    default: {
      const never: never = clock.state;
      return never;
    }
  }
}
