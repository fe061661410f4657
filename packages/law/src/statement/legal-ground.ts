/**
 * The laws that a removal can rest on: the criminal rows of the rights that reach sharing, in the Union and beside it.
 *
 * "Illegal content" is what the law of the Union or of a Member State forbids (Regulation (EU) 2022/2065, Art. 3(h)), so
 * those come first. A row is offered with how it was read; whoever decides answers for the choice.
 * @module
 */

import { DEEDS, MARKS } from '../right/right.ts';
import { RIGHTS } from '../right/rights-rows.ts';
import type { Sureness } from '../source.ts';
import { EEA_COUNTRIES } from './record.ts';

/** A law that can be named. */
export interface LegalGround {
  readonly id: string;
  /** ISO 3166 code of the country or part. */
  readonly jurisdiction: string;
  readonly cite: string;
  readonly sureness: Sureness;
}

/** Laws that reach the sharing of a picture, or, for a deepfake, of a made one; those of the Union's members first. */
export function legalGrounds(deepfake: boolean): readonly LegalGround[] {
  const deed = DEEDS.indexOf(deepfake ? 'synthetic' : 'share');
  const reach = RIGHTS.filter(
    (row) => row.type === 'criminal' && (row.covers[deed] === 'yes' || row.covers[deed] === 'part'),
  ).map((row): LegalGround => {
    return {
      id: row.id,
      jurisdiction: row.jurisdiction,
      cite: row.statute,
      sureness: MARKS[row.coversMarks[deed]!],
    };
  });
  const inside = ({ jurisdiction }: LegalGround): boolean => EEA_COUNTRIES.includes(jurisdiction.slice(0, 2));
  return [...reach.filter(inside), ...reach.filter((each) => !inside(each))];
}
