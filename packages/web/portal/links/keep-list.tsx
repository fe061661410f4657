/**
 * What to keep before asking, since removal can delete the trace of who posted it: what disappears by itself first.
 * @module
 */

import { keepFirst } from '@reclaim/law/channel/keep-for';
import type { LinkKind } from '@reclaim/law/link/pattern';
import { useLinks } from './link-context.ts';

/** The list for the kinds of links that are there. */
export function KeepList({ kinds }: { readonly kinds: ReadonlySet<LinkKind> }) {
  const { say, planWords } = useLinks();
  const first = new Set([...kinds].flatMap((kind) => keepFirst(kind)).map((each) => each.id));
  return (
    <details class="details">
      <summary>{first.size > 0 ? say.plan.keepFirst : say.plan.keepAlso}</summary>
      {first.size > 0 && (
        <ul>
          {[...first].map((id) => (
            <li key={id}>{planWords.keep[id]}</li>
          ))}
        </ul>
      )}
      <p>{say.plan.keepAlso}:</p>
      <ul>
        {planWords.keepAlways.map((each) => (
          <li key={each}>{each}</li>
        ))}
      </ul>
    </details>
  );
}
