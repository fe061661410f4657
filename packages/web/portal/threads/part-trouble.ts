/**
 * What to say of typed parts, and beside which of them.
 * @module
 */

import { fill } from '../../ui/language.ts';
import type { ThreadWords } from '../../ui/words/threads/words.ts';
import type { RecoveryAsked } from '../core/case-recovery.ts';

/** Why typed parts lead to nothing. */
export type PartRefusal = Extract<RecoveryAsked, { ok: false }>;

/**
 * What to say, and beside which field. Of two parts that do not go together nobody can say which is the odd one: `third` says
 * that a third part would tell. `undefined` where it is not about the parts.
 */
export function partTrouble(
  say: ThreadWords['recover'],
  refusal: PartRefusal,
): { readonly which: number; readonly words: string; readonly third?: true } | undefined {
  const which = 'which' in refusal ? refusal.which : 1;
  switch (refusal.reason) {
    case 'empty':
      return { which, words: say.empty };
    case 'unknown-word': {
      const slip = fill(say.slip, { at: refusal.at + 1 });
      const { suggestions } = refusal;
      const near = suggestions.length > 0 && suggestions.length < 5;
      return { which, words: near ? `${slip} ${fill(say.near, { words: suggestions.join(', ') })}` : slip };
    }
    case 'too-few':
      return { which, words: 'count' in refusal ? fill(say.count, { n: refusal.count }) : say.empty };
    case 'too-many':
      return 'count' in refusal ? { which, words: fill(say.count, { n: refusal.count }) } : undefined;
    case 'does-not-add-up':
      return { which, words: say.sum };
    case 'newer':
      return 'which' in refusal ? { which, words: say.newer } : undefined;
    case 'same-share':
      return { which: 1, words: say.same };
    case 'other-set':
      return { which: refusal.at, words: say.otherSet, third: true };
    case 'does-not-fit':
      return { which: refusal.at ?? 1, words: say.damaged, third: true };
    case 'not-found':
      return { which: 1, words: say.none };
    default:
      return undefined;
  }
}
