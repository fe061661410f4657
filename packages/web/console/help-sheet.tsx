/**
 * The help sheet: every key and what it does.
 * @module
 */

import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import type { Say } from './console-context.ts';
import { KEY_SHEET } from './keys.ts';

/** The sheet. */
export function HelpSheet({ say, onClose }: { readonly say: Say; readonly onClose: () => void }) {
  return (
    <Dialog title={say('help.title')} onClose={onClose} class="help-sheet">
      <dl class="key-sheet">
        {KEY_SHEET.map(({ word, keys }) => (
          <div key={word}>
            <dt>
              {keys.map((key) => (key === '…' ? <span key={key}>…</span> : <kbd key={key}>{key}</kbd>))}
            </dt>
            <dd>{say(`help.${word}`)}</dd>
          </div>
        ))}
      </dl>
      <div class="actions">
        <Button onPress={onClose}>{say('close')}</Button>
      </div>
    </Dialog>
  );
}
