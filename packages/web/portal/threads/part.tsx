/**
 * The part of helpers and of the way back: its words in the language of the visit, and its screens.
 * @module
 */

import { useEffect, useState } from 'preact/hooks';
import { loadThreadWords, type ThreadWords } from '../../ui/words/threads/words.ts';
import { useVisit } from '../visit.ts';
import { ThreadList } from './list.tsx';
import { NewCodeScreen } from './new-code.tsx';
import { OneThread } from './one.tsx';
import { RecoverScreen } from './recover.tsx';
import { RecoveryScreen } from './recovery.tsx';
import { Summary } from './summary.tsx';
import { ThreadWordsContext } from './thread-words.ts';

const SCREEN = {
  threads: ThreadList,
  thread: OneThread,
  recovery: RecoveryScreen,
  newcode: NewCodeScreen,
  recover: RecoverScreen,
  summary: Summary,
} as const;

/** One screen of this part. */
export function ThreadsScreen({ screen }: { readonly screen: keyof typeof SCREEN }) {
  const { words, language } = useVisit();
  const [loaded, setLoaded] = useState<{ readonly language: string; readonly say: ThreadWords }>();
  useEffect(() => {
    let stays = true;
    loadThreadWords(language).then(
      (say) => stays && setLoaded({ language, say }),
      () => undefined,
    );
    return () => {
      stays = false;
    };
  }, [language]);
  const Shown = SCREEN[screen];
  // Without the network the words before stay, as they do elsewhere.
  if (loaded === undefined) return <p role="status">{words.frame.loading}</p>;
  return (
    <ThreadWordsContext.Provider value={loaded.say}>
      <Shown />
    </ThreadWordsContext.Provider>
  );
}
