/**
 * Where the advice of a guide was read.
 * @module
 */

import { fill } from '../../ui/language.ts';
import type { GuideWords } from '../../ui/words/guides/words.ts';

/** The line below a guide. */
export function Source(props: { readonly say: GuideWords; readonly source: string }) {
  return (
    <p class="small quiet-text">
      <bdi>{fill(props.say.source, { source: props.source })}</bdi>
    </p>
  );
}
