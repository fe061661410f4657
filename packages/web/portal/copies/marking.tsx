/**
 * Preparing copies: a picture, a name a line, and a copy for each, made on this device.
 *
 * States: choosing → working (a part of 0 to 1) → made (the list first, then the copies) | stopped, from where one can
 * choose again. Pictures, names, copies and list are forgotten with the screen, and when the visit is cleared: whoever
 * leaves without saving the list has no list, unless they keep it in their case, sealed with their code. New copies go on
 * from the list of the case, where there is one and no other was chosen.
 * @module
 */

import { useEffect, useRef, useState } from 'preact/hooks';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { FileDrop } from '../../ui/file-drop.tsx';
import { fill } from '../../ui/language.ts';
import { NoticeBox } from '../../ui/notice-box.tsx';
import { StepHeader } from '../../ui/step-header.tsx';
import type { CopiesWords } from '../../ui/words/copies/words.ts';
import type { CopiesWork } from '../core/copies.ts';
import type { MadeCopy, MarkOutcome } from '../core/copies-task.ts';
import { HiddenPixels } from '../hidden-pixels.tsx';
import { ACCEPT } from '../picks.ts';
import { troubleWords } from '../trouble.ts';
import { useHeader, useTask, useVisit } from '../visit.ts';
import { useBlobAddress } from './address.ts';
import { stoppedWords, withCopiesWords } from './copies-words.tsx';
import { namesIn } from './names.ts';

/** The form, and what came of it. */
export const Marking = withCopiesWords(Screen);

type State =
  | { readonly kind: 'choosing'; readonly trouble?: string; readonly hidden?: boolean }
  | { readonly kind: 'working'; readonly phase: 'original' | 'copies' | 'suspect'; readonly part: number }
  | {
      readonly kind: 'made';
      readonly copies: readonly MadeCopy[];
      readonly registry: string;
      readonly zip: Blob;
      /** Whether an authority has witnessed; `undefined` while it is asked. */
      readonly witnessed: boolean | undefined;
      /** Whether the case may keep this list without losing another. */
      readonly keepable: boolean;
    };

function Screen({ say }: { readonly say: CopiesWords }) {
  const { words, journey, desk, view } = useVisit();
  const header = useHeader();
  const [original, setOriginal] = useState<File>();
  const [earlier, setEarlier] = useState<File>();
  const [names, setNames] = useState('');
  const [nameTrouble, setNameTrouble] = useState<string>();
  const [state, setState] = useState<State>({ kind: 'choosing' });
  const running = useRef<CopiesWork<MarkOutcome> | undefined>(undefined);
  const here = useRef(0);

  useEffect(() => {
    const forget = () => {
      here.current++;
      running.current?.stop();
      running.current = undefined;
    };
    const away = desk.onClear(() => {
      forget();
      setOriginal(undefined);
      setEarlier(undefined);
      setNames('');
      setState({ kind: 'choosing' });
    });
    return () => {
      away();
      forget();
    };
  }, [desk]);

  // S40: the reducer keeps everybody else out; the control itself is kept out of the page a second time.
  if (journey.under18 !== 'no') return null;

  const make = async (file: File) => {
    const list = namesIn(names);
    if (!list.ok)
      return setNameTrouble(
        {
          none: say.make.namesNone,
          twice: say.make.namesTwice,
          many: say.make.namesMany,
          long: say.make.namesLong,
        }[list.reason],
      );
    const visit = ++here.current;
    setState({ kind: 'working', phase: 'original', part: 0 });
    const loaded = await import('../core/copies.ts').catch(() => undefined);
    // Left, or another file chosen, while it was fetched: nothing is begun with what is forgotten.
    if (here.current !== visit) return;
    if (loaded === undefined) return setState({ kind: 'choosing', trouble: words.frame.offline });
    const inCase = view?.copies;
    const registry = (await earlier?.text()) ?? inCase;
    const work = loaded.markCopies({ original: file, names: list.names, registry }, (phase, part) => {
      if (here.current === visit) setState({ kind: 'working', phase, part });
    });
    running.current = work;
    const outcome = await work.outcome;
    if (here.current !== visit) return;
    running.current = undefined;
    if (outcome.kind === 'stopped')
      return setState({
        kind: 'choosing',
        trouble: stoppedWords(words, say, outcome.reason),
        hidden: outcome.reason === 'pixels-hidden',
      });
    const { copies, line, seq } = outcome;
    const keepable = inCase === undefined || registry === inCase;
    const made = { kind: 'made', copies, zip: await loaded.zipOfCopies(copies), keepable } as const;
    setState({ ...made, registry: outcome.registry, witnessed: undefined });
    const answers = await desk
      .evidence()
      .then((proofs) => proofs.witness(line))
      .catch(() => []);
    if (here.current !== visit) return;
    setState({
      ...made,
      registry: loaded.stampedRegistry(outcome.registry, seq, answers),
      witnessed: answers.length > 0,
    });
  };

  if (state.kind === 'made') return <Made say={say} {...state} />;
  const working = state.kind === 'working';
  return (
    <form
      class="stack loose"
      autocomplete="off"
      onSubmit={(event) => {
        event.preventDefault();
        if (original !== undefined && !working) void make(original);
      }}
    >
      <div class="stack">
        <StepHeader title={say.make.title} lead={say.make.lead} {...header} save={undefined} />
        <FileDrop
          single
          label={say.make.original}
          hint={original === undefined ? say.make.originalHint : say.make.chosen}
          accept={ACCEPT}
          onFiles={([file]) => setOriginal(file)}
        />
        <Field
          label={say.make.names}
          hint={say.make.namesHint}
          error={nameTrouble}
          rows={5}
          maxLength={30_000}
          value={names}
          onInput={(value) => {
            setNames(value);
            setNameTrouble(undefined);
          }}
        />
        <details class="details">
          <summary>{say.make.earlier}</summary>
          <FileDrop
            single
            label={say.make.earlier}
            hint={
              earlier !== undefined
                ? say.make.earlierChosen
                : view?.copies === undefined
                  ? say.make.earlierHint
                  : say.make.earlierInCase
            }
            accept="application/json,.json"
            onFiles={([file]) => setEarlier(file)}
          />
        </details>
      </div>
      <div class="actions">
        <Button sends off={original === undefined || working}>
          {say.make.go}
        </Button>
        {working && (
          <Button kind="quiet" onPress={() => running.current?.stop()}>
            {words.protect.stop}
          </Button>
        )}
      </div>
      {working && <progress max={1} value={state.part} aria-label={say.make.working[state.phase]} />}
      <p role="status">{working ? say.make.working[state.phase] : ''}</p>
      {state.kind === 'choosing' && state.hidden === true && <HiddenPixels />}
      {state.kind === 'choosing' && state.trouble !== undefined && state.hidden !== true && (
        <NoticeBox kind="attention" live>
          <p>{state.trouble}</p>
        </NoticeBox>
      )}
    </form>
  );
}

function Made({
  say,
  copies,
  registry,
  zip,
  witnessed,
  keepable,
}: { readonly say: CopiesWords } & Extract<State, { kind: 'made' }>) {
  const header = useHeader();
  const [list, setList] = useState<Blob>();
  useEffect(() => setList(new Blob([registry], { type: 'application/json' })), [registry]);
  const listAddress = useBlobAddress(list);
  const zipAddress = useBlobAddress(zip);
  return (
    <div class="stack loose">
      <div class="stack">
        <StepHeader title={say.make.done} lead={say.make.doneLead} {...header} save={undefined} focus />
        <NoticeBox kind="attention">
          <p>{say.make.listNote}</p>
          <p role="status">
            {witnessed === undefined
              ? say.make.witnessing
              : witnessed
                ? say.make.witnessed
                : say.make.notWitnessed}
          </p>
          {listAddress !== undefined && witnessed !== undefined && (
            <a class="button" href={listAddress} download="list.json">
              {say.make.list}
            </a>
          )}
          {keepable && witnessed !== undefined && <KeepInCase say={say} registry={registry} />}
        </NoticeBox>
        <p>{say.make.care}</p>
      </div>
      <ul class="plain stack">
        {copies.map((copy) => (
          <CopyRow key={copy.file} say={say} copy={copy} />
        ))}
      </ul>
      {zipAddress !== undefined && copies.length > 1 && (
        <div class="actions">
          <a class="button quiet" href={zipAddress} download="copies.zip">
            {say.make.all}
          </a>
        </div>
      )}
    </div>
  );
}

/** Keeping the list in the case: for a device that is lost. Without a case it waits for a code. */
function KeepInCase({ say, registry }: { readonly say: CopiesWords; readonly registry: string }) {
  const visit = useVisit();
  const { desk, view, go, words } = visit;
  const [state, setState] = useState<'no' | 'waits' | 'kept'>('no');
  const task = useTask();
  const keep = () =>
    task.run(async () => {
      const session = await desk.session();
      if (!session.keepCopies(compact(registry))) return say.make.listTooLong;
      if (session.view.kind !== 'open') {
        setState('waits');
        return undefined;
      }
      const answer = await session.save();
      if (!answer.ok)
        return answer.reason === 'too-long' ? say.make.listTooLong : troubleWords(visit, answer);
      setState('kept');
      return undefined;
    });
  return (
    <>
      {state === 'no' ? (
        <Button kind="quiet" busy={task.busy} onPress={keep}>
          {say.make.keep}
        </Button>
      ) : (
        <p role="status">{state === 'kept' ? say.make.kept : say.make.keepWaits}</p>
      )}
      {state === 'waits' && view?.kind === 'draft' && (
        <Button kind="quiet" onPress={() => go('code')}>
          {words.frame.save}
        </Button>
      )}
      <p class="quiet-text">{say.make.keepNote}</p>
      {task.trouble !== undefined && <p>{task.trouble}</p>}
    </>
  );
}

/** The same list in fewer characters: a case has little room. */
function compact(registry: string): string {
  return JSON.stringify(JSON.parse(registry));
}

function CopyRow({ say, copy }: { readonly say: CopiesWords; readonly copy: MadeCopy }) {
  const address = useBlobAddress(copy.blob);
  return (
    <li class="file-row">
      <div>
        <strong dir="auto">{fill(say.make.for, { name: copy.name })}</strong>
      </div>
      <div class="actions">
        {address !== undefined && (
          <a class="button quiet" href={address} download={copy.file}>
            {fill(say.make.save, { file: copy.file })}
          </a>
        )}
      </div>
    </li>
  );
}
