/**
 * What to do where the browser gives pages noise in place of a picture (Tor Browser and its like): have it ask the person,
 * who alone can allow it, and try again.
 * @module
 */

import { useState } from 'preact/hooks';
import { Button } from '../ui/button.tsx';
import { NoticeBox } from '../ui/notice-box.tsx';
import { askToReadCanvas } from './core/honest-canvas.ts';
import { useVisit } from './visit.ts';

/** The box. `onAgain` reads the pictures again; absent where the screen has a button of its own for that. */
export function HiddenPixels({ onAgain }: { readonly onAgain?: () => void }) {
  const { words } = useVisit();
  const say = words.protect.hidden;
  const [asked, setAsked] = useState(false);
  return (
    <NoticeBox kind="attention" title={say.title}>
      <p>{say.text}</p>
      <p>{say.how}</p>
      <div class="actions">
        <Button
          kind="quiet"
          onPress={() => {
            // Without having to ask: it was allowed already, or meanwhile.
            if (askToReadCanvas(document)) onAgain?.();
            setAsked(true);
          }}
        >
          {say.ask}
        </Button>
        {asked && onAgain !== undefined && (
          <Button kind="quiet" onPress={onAgain}>
            {say.again}
          </Button>
        )}
      </div>
      <p role="status">{asked ? say.asked : ''}</p>
    </NoticeBox>
  );
}
