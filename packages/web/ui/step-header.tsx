/**
 * The head of a step: back, "save and come back later", the step's one question. The heading takes the focus when a
 * step replaces another, so that a screen reader says where one is now; but never from the exit control: a screen that
 * came late would make Enter do nothing just when somebody leaves.
 * @module
 */

import { useLayoutEffect, useRef } from 'preact/hooks';
import { Button } from './button.tsx';
import { Icon } from './icon.tsx';

/** A way on that stands in the head: its words and what it does. */
export type HeaderAction = { readonly words: string; readonly onPress: () => void };

/** The head of a step. `focus` is off on the first screen of a visit: nobody moved yet. */
export function StepHeader(props: {
  readonly title: string;
  readonly lead?: string | undefined;
  readonly back?: HeaderAction | undefined;
  readonly save?: HeaderAction | undefined;
  readonly focus?: boolean;
}) {
  const heading = useRef<HTMLHeadingElement>(null);
  const focus = props.focus !== false;
  // In the moment in which it stands: a frame later it would take the focus out of a field in which somebody types already.
  useLayoutEffect(() => {
    if (!focus || document.activeElement?.closest('.exit')) return;
    heading.current?.focus({ preventScroll: true });
    globalThis.scrollTo?.(0, 0);
  }, [focus]);
  return (
    <>
      {(props.back !== undefined || props.save !== undefined) && (
        <div class="step-header">
          {props.back === undefined ? (
            <span />
          ) : (
            <Button kind="plain" onPress={props.back.onPress}>
              <Icon name="back" class="back-arrow" />
              {props.back.words}
            </Button>
          )}
          {props.save !== undefined && (
            <Button kind="plain" onPress={props.save.onPress}>
              {props.save.words}
            </Button>
          )}
        </div>
      )}
      <h1 ref={heading} tabIndex={-1}>
        {props.title}
      </h1>
      {props.lead !== undefined && <p class="lead">{props.lead}</p>}
    </>
  );
}
