/**
 * Paste links, in any form: what is found is read in slices, so that a press is never kept waiting, and nothing is asked of any
 * network. From here the plan.
 * @module
 */

import { type ParsedPaste, readPaste } from '@reclaim/law/link/link';
import { useState } from 'preact/hooks';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { fill } from '../../ui/language.ts';
import { NoticeBox } from '../../ui/notice-box.tsx';
import { StepHeader } from '../../ui/step-header.tsx';
import { useHeader, useTask, useVisit } from '../visit.ts';
import { inSlices } from './in-slices.ts';
import { useLinks } from './link-context.ts';
import { keepable } from './link-list.ts';

/** Pieces read in one go: about a millisecond on a slow phone. */
const SLICE = 25;

/** The screen. */
export function Paste() {
  const { words, language, journey, view, desk, go, pasted, setPasted } = useVisit();
  const { say, minor } = useLinks();
  const [text, setText] = useState('');
  const [error, setError] = useState<string>();
  const [read, setRead] = useState<readonly [number, number]>();
  const task = useTask();
  const header = useHeader();
  if (journey.under18 === undefined && view?.kind !== 'open') {
    return (
      <div class="stack loose">
        <StepHeader title={say.paste.title} {...header} />
        <p>{say.paste.ageFirst}</p>
        <div class="actions">
          <Button onPress={() => go('age')}>{say.paste.toAge}</Button>
        </div>
      </div>
    );
  }
  const plan = () =>
    task.run(async () => {
      const of = text.split(/\s+/u).length;
      const found = await inSlices(
        readPaste(text, SLICE),
        () => false,
        (done) => setRead([done, of]),
      );
      setRead(undefined);
      if (found === undefined) return undefined;
      if (found.links.length === 0) {
        setError(say.paste.none);
        return undefined;
      }
      setPasted(joined(pasted, found));
      if (!minor) (await desk.session()).keepLinks(keepable(found.links));
      go('plan');
      return undefined;
    });
  return (
    <form
      class="stack loose"
      autocomplete="off"
      onSubmit={(event) => {
        event.preventDefault();
        plan();
      }}
    >
      <div class="stack">
        <StepHeader title={say.paste.title} lead={say.paste.lead} {...header} />
        {minor && (
          <NoticeBox kind="attention">
            <p>{say.paste.minor}</p>
          </NoticeBox>
        )}
        <div class="ltr-input">
          <Field
            label={say.paste.label}
            hint={say.paste.hint}
            error={error}
            rows={6}
            value={text}
            onInput={(value) => {
              setText(value);
              setError(undefined);
            }}
          />
        </div>
      </div>
      <div class="actions">
        <Button sends busy={task.busy}>
          {say.paste.plan}
        </Button>
        {pasted !== undefined || (view?.takedowns.length ?? 0) > 0 ? (
          <Button kind="plain" onPress={() => go('plan')}>
            {say.plan.title}
          </Button>
        ) : null}
      </div>
      <p role="status">
        {read === undefined
          ? ''
          : fill(say.paste.reading, {
              n: new Intl.NumberFormat(language).format(read[0]),
              of: new Intl.NumberFormat(language).format(read[1]),
            })}
      </p>
      {task.trouble !== undefined && (
        <NoticeBox kind="attention" live>
          <p>{task.trouble}</p>
        </NoticeBox>
      )}
      {!minor && <p class="quiet-text">{say.paste.onDevice}</p>}
      <details class="details">
        <summary>{say.paste.noLinks}</summary>
        <p>{say.paste.noLinksNote}</p>
      </details>
      <p class="not-your-fault">{words.frame.notFault}</p>
    </form>
  );
}

/** A second paste joins the first: what is there already is counted as a double. */
function joined(before: ParsedPaste | undefined, found: ParsedPaste): ParsedPaste {
  if (before === undefined) return found;
  const there = new Set(before.links.map((each) => each.key));
  const fresh = found.links.filter((each) => !there.has(each.key));
  return {
    ...found,
    links: [...before.links, ...fresh],
    duplicates: found.duplicates + found.links.length - fresh.length,
  };
}
