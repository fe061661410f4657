/**
 * What is open to the helper: chosen thing by thing, for some days, closed with one press. From here only texts of the case;
 * something of the proof is opened where it is looked at (`evidence/proof-open.tsx`), and closed here as well.
 * @module
 */

import { stands } from '@reclaim/vault/messages/grants';
import { useState } from 'preact/hooks';
import { Button } from '../../ui/button.tsx';
import { CheckField, SelectField } from '../../ui/field.tsx';
import { dayWords, fill, plural } from '../../ui/language.ts';
import type { ThreadWords } from '../../ui/words/threads/words.ts';
import type { Words } from '../../ui/words/words.ts';
import type { ItemToOpen } from '../core/case-sharing.ts';
import type { Done, SessionView, ThreadView } from '../core/session-state.ts';
import { useVisit } from '../visit.ts';
import { useThreadWords } from './thread-words.ts';

const DAY_MS = 86_400_000;
const DAYS = ['7', '30', '90'] as const;

/** What of a case can be opened, as texts. */
export function sharable(
  view: Pick<SessionView, 'notes' | 'signals' | 'takedowns'>,
  say: ThreadWords['one'],
  states: Words['status']['states'],
): readonly ItemToOpen[] {
  const pictures = [...Map.groupBy(view.signals, (each) => each.picture)].map(([, signals]) => {
    const receipt = signals[0]?.receipt;
    const state =
      receipt?.kind === 'answered' ? receipt.receipt.state : receipt?.kind === 'gone' ? 'gone' : 'unknown';
    return `${signals[0]?.label ?? ''}: ${states[state]}`;
  });
  const links = view.takedowns.map(({ link }) => link);
  return [
    { id: 'notes', title: say.notes, text: view.notes },
    { id: 'pictures', title: say.pictures, text: pictures.join('\n').slice(0, 8_000) },
    { id: 'links', title: say.links, text: links.join('\n').slice(0, 8_000) },
  ].filter(({ text }) => text.trim() !== '');
}

/** How something of the proof is called where its words are not at hand. */
function proofName(say: ThreadWords['one'], id: string): string {
  const part = id.split(':')[2];
  return part === 'original' ? say.proofOriginal : part === 'shielded' ? say.proofCovered : say.proofWords;
}

/** The choice, and what is open now. */
export function OpenToHelper(props: {
  readonly thread: ThreadView;
  readonly busy: boolean;
  readonly run: (work: () => Promise<Done>, after?: () => void) => void;
}) {
  const { view, desk, language, words, now } = useVisit();
  const say = useThreadWords();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [days, setDays] = useState<(typeof DAYS)[number]>('30');
  const { thread, run } = props;
  const items = view === undefined ? [] : sharable(view, say.one, words.status.states);
  const wanted = items.filter(({ id }) => chosen.has(id));
  const standing = thread.shares.filter((share) => stands(share, now));
  const titles = new Map(items.map(({ id, title }) => [id, title]));
  return (
    <section class="stack" aria-labelledby="open-to">
      <h2 id="open-to">{say.one.open}</h2>
      <p>{say.one.openNote}</p>
      {standing.length > 0 && (
        <ul class="plain stack">
          {standing.map((share) => (
            <li key={share.share} class="card stack tight">
              <p>
                {share.items.map((id) => titles.get(id) ?? proofName(say.one, id)).join(', ')}{' '}
                {fill(say.one.openUntil, { day: dayWords(language, share.until) })}
              </p>
              <div class="actions">
                <Button
                  kind="quiet"
                  busy={props.busy}
                  onPress={() => run(async () => (await desk.session()).endShare(thread.id, share.share))}
                >
                  {say.one.closeIt}
                </Button>
              </div>
            </li>
          ))}
        </ul>
      )}
      {items.length === 0 ? (
        <p class="quiet-text">{say.one.nothingToOpen}</p>
      ) : (
        <>
          {items.map(({ id, title }) => (
            <CheckField
              key={id}
              label={title}
              checked={chosen.has(id)}
              onChange={(on) => {
                const next = new Set(chosen);
                if (on) next.add(id);
                else next.delete(id);
                setChosen(next);
              }}
            />
          ))}
          <SelectField
            label={say.one.until}
            value={days}
            options={DAYS.map((each) => [each, plural(language, say.one.days, Number(each))] as const)}
            onChange={setDays}
          />
          <div class="actions">
            <Button
              kind="quiet"
              busy={props.busy}
              off={wanted.length === 0}
              onPress={() =>
                run(
                  async () => (await desk.session()).share(thread.id, wanted, now + Number(days) * DAY_MS),
                  () => setChosen(new Set()),
                )
              }
            >
              {say.one.openIt}
            </Button>
          </div>
        </>
      )}
    </section>
  );
}
