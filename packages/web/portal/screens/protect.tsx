/**
 * Choosing pictures: each is fingerprinted at once, in a worker, with its progress; a screenshot is offered its part.
 * @module
 */

import { useState } from 'preact/hooks';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { CheckField } from '../../ui/field.tsx';
import { FileDrop, FileRow } from '../../ui/file-drop.tsx';
import { fill, plural } from '../../ui/language.ts';
import { NoticeBox } from '../../ui/notice-box.tsx';
import { StepHeader } from '../../ui/step-header.tsx';
import type { Words } from '../../ui/words/words.ts';
import { HiddenPixels } from '../hidden-pixels.tsx';
import { ACCEPT, made, type Pick, progressOf } from '../picks.ts';
import { useHeader, useVisit } from '../visit.ts';

/** The sentence for a reason; an unknown one is the network's. */
function refusal(words: Words, reason: string): string {
  const known: Readonly<Record<string, string>> = words.protect.refusals;
  return known[reason] ?? words.frame.offline;
}

function stateWords(words: Words, each: Pick): string {
  switch (each.state.kind) {
    case 'working':
      return words.protect[each.state.phase];
    case 'done':
      return each.made?.part === undefined ? words.protect.done : words.protect.cropped;
    case 'stopped':
      return refusal(words, each.state.reason);
    default: {
      const never: never = each.state;
      return never;
    }
  }
}

function PickRow({ each }: { readonly each: Pick }) {
  const { words, step, desk } = useVisit();
  const name = fill(words.protect.label, { n: each.number });
  const working = each.state.kind === 'working';
  const screenshot = each.made?.proposed !== undefined;
  return (
    <>
      <FileRow
        name={name}
        state={stateWords(words, each)}
        progress={each.state.kind === 'working' ? progressOf(each.state.phase) : undefined}
      >
        {working ? (
          <Button kind="quiet" label={`${words.protect.stop}: ${name}`} onPress={() => desk.stop(each.id)}>
            {words.protect.stop}
          </Button>
        ) : (
          <>
            {each.made !== undefined && (
              <Button
                kind="plain"
                label={`${words.protect.crop}: ${name}`}
                onPress={() => step({ kind: 'go', to: 'crop', picked: each.id })}
              >
                {words.protect.crop}
              </Button>
            )}
            {each.state.kind === 'stopped' && each.state.reason === 'network' && (
              <Button kind="quiet" onPress={() => desk.measure(each.id, undefined, name)}>
                {words.frame.goOn}
              </Button>
            )}
            <Button
              kind="plain"
              label={`${words.protect.remove}: ${name}`}
              onPress={() => desk.remove(each.id)}
            >
              {words.protect.remove}
            </Button>
          </>
        )}
      </FileRow>
      {screenshot && each.made?.part === undefined && !working && (
        <li>
          <NoticeBox kind="info">
            <p>{words.protect.cropHint}</p>
          </NoticeBox>
        </li>
      )}
    </>
  );
}

/** The pictures. */
export function Protect() {
  const { words, language, journey, picks, desk, go } = useVisit();
  const [exact, setExact] = useState(false);
  const header = useHeader();
  const ready = made(picks).length;
  const current = picks.list.find((each) => each.state.kind === 'working');
  const working = current !== undefined;
  const hidden = picks.list.filter(
    ({ state }) => state.kind === 'stopped' && state.reason === 'pixels-hidden',
  );
  // S40: the reducer keeps everybody else out; the control itself is kept out of the page a second time.
  if (journey.under18 !== 'no') return null;
  return (
    <div class="stack loose">
      <div class="stack">
        <StepHeader title={words.protect.title} lead={words.protect.lead} {...header} />
        <FileDrop
          label={words.protect.choose}
          hint={words.protect.hint}
          accept={ACCEPT}
          onFiles={(files) =>
            desk.choose(files, (order) => fill(words.protect.label, { n: picks.next + order }), exact)
          }
        />
        <CheckField
          label={words.protect.exact}
          hint={words.protect.exactNote}
          checked={exact}
          onChange={setExact}
        />
      </div>
      {picks.list.length === 0 ? (
        <EmptyState title={words.protect.none} words={words.protect.noneNote} />
      ) : (
        <ul class="plain">
          {picks.list.map((each) => (
            <PickRow key={each.id} each={each} />
          ))}
        </ul>
      )}
      {hidden.length > 0 && (
        <HiddenPixels
          onAgain={() => {
            for (const { id, number } of hidden)
              desk.measure(id, undefined, fill(words.protect.label, { n: number }));
          }}
        />
      )}
      <div class="actions">
        <Button onPress={() => go('leaves')} off={ready === 0 || working}>
          {words.protect.see}
        </Button>
        {/* S65: the rows show how far each is; this says it, one file at a time. */}
        <span role="status" class="visually-hidden">
          {current === undefined
            ? ''
            : `${fill(words.protect.label, { n: current.number })}: ${stateWords(words, current)}`}
        </span>
        <span role="status">{ready > 0 ? plural(language, words.protect.ready, ready) : ''}</span>
      </div>
    </div>
  );
}
