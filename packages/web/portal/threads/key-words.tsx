/**
 * Five words of a helper's key, to be compared aloud. Shown folded: they mean nothing to somebody who cannot speak with
 * the helper some other way.
 * @module
 */

import type { WireHelper } from '@reclaim/casework/wire-thread';
import { useEffect, useState } from 'preact/hooks';
import { fill } from '../../ui/language.ts';
import { useVisit } from '../visit.ts';
import { useThreadWords } from './thread-words.ts';

/** The words of `helper`. */
export function KeyWords({ helper }: { readonly helper: Pick<WireHelper, 'name' | 'party'> }) {
  const { desk } = useVisit();
  const say = useThreadWords();
  const [words, setWords] = useState<readonly string[]>([]);
  const { recipient, verifyKey } = helper.party;
  useEffect(() => {
    desk
      .session()
      .then((session) => session.keyWords({ recipient, verifyKey }))
      .then(setWords, () => undefined);
  }, [recipient, verifyKey]);
  return (
    <details class="details">
      <summary>{fill(say.list.key, { name: helper.name })}</summary>
      <p class="mono" translate={false} lang="en" dir="ltr">
        {words.join(' ')}
      </p>
      <p>{fill(say.list.keyNote, { name: helper.name })}</p>
    </details>
  );
}
