/**
 * A screen's one question to the node: loading, the answer, or the trouble with a way to ask again.
 * @module
 */

import type { ComponentChildren } from 'preact';
import { useCallback, useEffect, useState } from 'preact/hooks';
import { Button } from '../ui/button.tsx';
import { NoticeBox } from '../ui/notice-box.tsx';
import type { Asked, Trouble } from './api.ts';
import { sayTrouble, useConsole } from './console-context.ts';

/** The answer of `ask`, and a function that asks again. `ask` must stay the same between drawings. */
export function useAsked<T>(ask: () => Promise<Asked<T>>): readonly [Asked<T> | undefined, () => void] {
  const [answer, setAnswer] = useState<Asked<T>>();
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    let over = false;
    void ask().then((came) => {
      if (!over) setAnswer(came);
    });
    return () => {
      over = true;
    };
  }, [ask, turn]);
  return [answer, useCallback(() => setTurn((before) => before + 1), [])];
}

/** A trouble, announced, with a way to ask again where there is one. */
export function TroubleBox(props: { readonly trouble: Trouble; readonly again?: () => void }) {
  const { say } = useConsole();
  return (
    <NoticeBox kind="attention" title={say('error.title')} live>
      <p>{sayTrouble(say, props.trouble)}</p>
      {props.again !== undefined && (
        <div class="actions">
          <Button kind="quiet" onPress={props.again}>
            {say('again')}
          </Button>
        </div>
      )}
    </NoticeBox>
  );
}

/** Draws the answer with `children`; meanwhile that it is loading, otherwise the trouble. */
export function Answered<T>(props: {
  readonly answer: Asked<T> | undefined;
  readonly again: () => void;
  readonly children: (value: T) => ComponentChildren;
}) {
  const { say } = useConsole();
  if (props.answer === undefined) return <p role="status">{say('loading')}</p>;
  if (!props.answer.ok) return <TroubleBox trouble={props.answer.trouble} again={props.again} />;
  return <>{props.children(props.answer.value)}</>;
}

/** The head of a screen: its name, what it is, and its one main action. */
export function ScreenHead(props: {
  readonly title: string;
  readonly lead: string;
  readonly children?: ComponentChildren;
}) {
  return (
    <header class="screen-head">
      <div>
        <h1>{props.title}</h1>
        <p class="quiet-text">{props.lead}</p>
      </div>
      {props.children}
    </header>
  );
}

/** A secret that is shown once: to be copied, and gone when the dialog is closed. */
export function ShownOnce(props: { readonly secret: string; readonly label: string; readonly lead: string }) {
  const { say } = useConsole();
  const [copied, setCopied] = useState(false);
  return (
    <div class="code-card">
      <p>{props.lead}</p>
      <output class="secret mono" aria-label={props.label}>
        {props.secret}
      </output>
      <div class="actions">
        <Button
          kind="quiet"
          onPress={() => void navigator.clipboard.writeText(props.secret).then(() => setCopied(true))}
        >
          {copied ? say('copied') : say('copy')}
        </Button>
      </div>
    </div>
  );
}
