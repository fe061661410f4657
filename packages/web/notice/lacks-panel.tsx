/**
 * What each law asks for and what is still lacking, as it is typed: by sign and word, never by colour alone. Only the
 * count is announced, so that a screen reader is not interrupted at each letter.
 * @module
 */

import type { WireRegime } from '@reclaim/casework/wire-notice';
import { ELEMENTS } from '@reclaim/law/duty/element-row';
import { Icon } from '../ui/icon.tsx';
import { fill, plural } from '../ui/language.ts';
import { useNotice } from './notice-context.ts';
import type { NoticeWords } from './words/words.ts';

type Lacks = Pick<WireRegime, 'answer' | 'complete'> & {
  readonly regime: string;
  readonly lacking: readonly string[];
  readonly wanting: readonly string[];
};

/** The panel. */
export function LacksPanel({
  regimes,
  title,
  counted = true,
}: {
  readonly regimes: readonly Lacks[];
  readonly title: string;
  /** Whether these are all laws, of which it can be said how many are satisfied. */
  readonly counted?: boolean;
}) {
  const { words, language } = useNotice();
  const sure = regimes.filter(({ answer }) => answer === 'applies');
  const maybe = regimes.filter(({ answer }) => answer === 'unknown');
  const complete = sure.filter((each) => each.complete).length;
  return (
    <section class="stack" aria-labelledby="lacks">
      <h2 id="lacks">{title}</h2>
      <p class="quiet-text">{words.has.lead}</p>
      {counted && (
        <p role="status" class="small quiet-text">
          {plural(language, words.has.summary, complete)}
        </p>
      )}
      <RegimeList regimes={sure} />
      {maybe.length > 0 && (
        <details class="details">
          <summary>{words.has.may}</summary>
          <p class="quiet-text">{words.has.mayNote}</p>
          <RegimeList regimes={maybe} />
        </details>
      )}
    </section>
  );
}

function RegimeList({ regimes }: { readonly regimes: readonly Lacks[] }) {
  const { words, language } = useNotice();
  const list = new Intl.ListFormat(language, { type: 'conjunction' });
  const said = (regime: string, ids: readonly string[]) =>
    list.format([...new Set(ids.map((id) => partWords(words, regime, id)))]);
  return (
    <ul class="regimes">
      {regimes.map(({ regime, complete, lacking, wanting }) => (
        <li key={regime}>
          <Icon name={complete ? 'good' : 'info'} />
          <div>
            <p class="name">{regimeWords(words, regime)}</p>
            <p>
              {complete ? words.has.complete : fill(words.has.lacks, { list: said(regime, lacking) })}
              {wanting.length > 0 && ` ${fill(words.has.wants, { list: said(regime, wanting) })}`}
            </p>
          </div>
        </li>
      ))}
    </ul>
  );
}

/** A regime's name. */
export function regimeWords(words: NoticeWords, regime: string): string {
  return words.has.regimes[regime as keyof NoticeWords['has']['regimes']] ?? regime;
}

/** An element of a regime in words. */
function partWords(words: NoticeWords, regime: string, id: string): string {
  const part = ELEMENTS.find((each) => each.regime === regime && each.id === id)?.part;
  if (part === undefined) return id;
  if (typeof part === 'string') return words.has.parts[part];
  return part.declared === 'standing' ? words.has.parts['standing-declared'] : words.has.parts[part.declared];
}
