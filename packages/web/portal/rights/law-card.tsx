/**
 * One law: what it reaches, who may complain, what it asks and threatens, as far as that may be shown; what is not confirmed by
 * name; where it was read and when.
 * @module
 */

import type { RightsWords } from '../../ui/words/rights/words.ts';
import { useVisit } from '../visit.ts';
import type { ShownLaw } from './rights-view.ts';
import { RowText, SourceLine, statuteLanguage } from './row-text.tsx';

/** The card. */
export function LawCard({ say, law }: { readonly say: RightsWords; readonly law: ShownLaw }) {
  const { language } = useVisit();
  const listed = (items: readonly string[]) =>
    new Intl.ListFormat(language, { type: 'conjunction' }).format(items);
  const parts: Readonly<Record<string, string>> = say.parts;
  const reach = [
    [say.yes, law.yes],
    [say.partly, law.part],
    [say.unknown, law.unknown],
  ] as const;
  return (
    <div class="card stack tight">
      <h3>
        <RowText text={law.statute} lang={statuteLanguage(law.jurisdiction)} />
      </h3>
      {law.jurisdiction.includes('-') && (
        <p>
          <span class="tag">{parts[law.jurisdiction] ?? law.jurisdiction}</span>
        </p>
      )}
      {law.expired && <p>{say.expired}</p>}
      {reach.map(
        ([name, deeds]) =>
          deeds.length > 0 && (
            <p key={name}>
              <strong>{name}</strong>: {listed(deeds.map((each) => say.deeds[each]))}
            </p>
          ),
      )}
      {law.who !== undefined && (
        <p>
          <strong>{say.cells.whoText}</strong>: {say.who[law.who]}
        </p>
      )}
      {law.texts.map(({ cell, text }) => (
        <p key={cell}>
          <strong>{say.cells[cell]}</strong>: <RowText text={text} />
        </p>
      ))}
      {law.unconfirmed.length > 0 && (
        <p class="quiet-text">
          {say.unconfirmed}: {law.unconfirmed.map((each) => say.cells[each]).join(' · ')}
        </p>
      )}
      <SourceLine say={say} read={law.read} day={law.checkedOn} />
    </div>
  );
}
