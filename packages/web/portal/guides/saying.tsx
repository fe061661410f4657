/**
 * Words that a person may want to send, with a button that copies them. Where the browser gives no clipboard, they can be chosen by hand.
 * @module
 */

import { useState } from 'preact/hooks';
import { Button } from '../../ui/button.tsx';
import type { GuideWords } from '../../ui/words/guides/words.ts';

/** The words. */
export function Saying({ say, text }: { readonly say: GuideWords; readonly text: string }) {
  const [done, setDone] = useState('');
  const copy = () => {
    const copied = navigator.clipboard?.writeText(text) ?? Promise.reject(new TypeError('no clipboard'));
    copied.then(
      () => setDone(say.copied),
      () => setDone(say.notCopied),
    );
  };
  return (
    <div class="card stack tight">
      <blockquote>{text}</blockquote>
      <div class="actions">
        <Button kind="quiet" onPress={copy}>
          {say.copy}
        </Button>
        <span role="status">{done}</span>
      </div>
    </div>
  );
}
