/**
 * A text that is being typed and that a lock seals with the rest of the session: there again with the code (S14).
 * @module
 */

import { useEffect, useState } from 'preact/hooks';
import { useVisit } from '../visit.ts';

/** The text of a form, and what sets it; an empty text is one that is not being typed any more. */
export function useDraft(form: string): readonly [text: string, set: (text: string) => void] {
  const { desk } = useVisit();
  const [text, setText] = useState('');
  useEffect(() => {
    desk.session().then(
      (session) => setText((now) => (now === '' ? (session.draft(form) ?? '') : now)),
      () => undefined,
    );
  }, [form]);
  const set = (typed: string) => {
    setText(typed);
    desk.session().then(
      (session) => session.setDraft(form, typed),
      () => undefined,
    );
  };
  return [text, set];
}
