/**
 * Which copy got out: the picture, the list, and the picture that appeared, on this device alone.
 *
 * States: choosing → working → answered (a match, no match, or cannot tell) | stopped. Of a match the name is not in the
 * page until the person asks for it, after what it may set off was said; a file for a lawyer or the police can be saved
 * without. S30: the drawing of both is covered, and shows only while it is held. All is forgotten with the screen.
 * @module
 */

import { useEffect, useRef, useState } from 'preact/hooks';
import { Button } from '../../ui/button.tsx';
import { CoveredPicture } from '../../ui/covered-picture.tsx';
import { FileDrop } from '../../ui/file-drop.tsx';
import { fill, type Language } from '../../ui/language.ts';
import { NoticeBox } from '../../ui/notice-box.tsx';
import { StepHeader } from '../../ui/step-header.tsx';
import type { CopiesWords } from '../../ui/words/copies/words.ts';
import { loadEvidenceWords } from '../../ui/words/evidence/words.ts';
import type { CopiesWork } from '../core/copies.ts';
import type { FoundCopy, TraceOutcome } from '../core/copies-task.ts';
import { evidenceTrouble } from '../evidence/evidence-words.tsx';
import { ACCEPT } from '../picks.ts';
import { useHeader, useTask, useVisit } from '../visit.ts';
import { useBlobAddress } from './address.ts';
import { stoppedWords, withCopiesWords } from './copies-words.tsx';

/** The question and its answer. */
export const Tracing = withCopiesWords(Screen);

type Match = Extract<TraceOutcome, { kind: 'match' }>;

type State =
  | { readonly kind: 'choosing'; readonly trouble?: string }
  | { readonly kind: 'working'; readonly phase: 'original' | 'copies' | 'suspect'; readonly part: number }
  | {
      readonly kind: 'answered';
      readonly outcome: Exclude<TraceOutcome, { kind: 'stopped' }>;
      /** When all copies that were found had been witnessed; `undefined` where not all were. */
      readonly witnessedAt: string | undefined;
    };

function Screen({ say }: { readonly say: CopiesWords }) {
  const { words, journey, desk } = useVisit();
  const header = useHeader();
  const [files, setFiles] = useState<{
    readonly original?: File;
    readonly list?: File;
    readonly suspect?: File;
  }>({});
  const [state, setState] = useState<State>({ kind: 'choosing' });
  const running = useRef<CopiesWork<TraceOutcome> | undefined>(undefined);
  const here = useRef(0);

  useEffect(() => {
    const forget = () => {
      here.current++;
      running.current?.stop();
      running.current = undefined;
    };
    const away = desk.onClear(() => {
      forget();
      setFiles({});
      setState({ kind: 'choosing' });
    });
    return () => {
      away();
      forget();
    };
  }, [desk]);

  // S40: the reducer keeps everybody else out; the control itself is kept out of the page a second time.
  if (journey.under18 !== 'no') return null;

  const choose = (which: 'original' | 'list' | 'suspect') => (chosen: readonly File[]) => {
    here.current++;
    running.current?.stop();
    setState({ kind: 'choosing' });
    setFiles((before) => ({ ...before, [which]: chosen[0]! }));
  };

  const { original, list, suspect } = files;
  const trace = async (mine: File, registry: File, other: File) => {
    const visit = ++here.current;
    setState({ kind: 'working', phase: 'original', part: 0 });
    const loaded = await import('../core/copies.ts').catch(() => undefined);
    if (loaded === undefined) return setState({ kind: 'choosing', trouble: words.frame.offline });
    const work = loaded.traceCopies(
      { original: mine, registry: await registry.text(), suspect: other },
      (phase, part) => {
        if (here.current === visit) setState({ kind: 'working', phase, part });
      },
    );
    running.current = work;
    const outcome = await work.outcome;
    if (here.current !== visit) return;
    running.current = undefined;
    if (outcome.kind === 'stopped')
      return setState({ kind: 'choosing', trouble: stoppedWords(words, say, outcome.reason) });
    const witnessedAt =
      outcome.kind === 'match' ? await witnessOfAll(loaded.witnessedAt, outcome.copies) : undefined;
    if (here.current === visit) setState({ kind: 'answered', outcome, witnessedAt });
  };

  /** The latest of the times at which the copies' entries were witnessed, where each was. */
  const witnessOfAll = async (
    witnessedAt: typeof import('../core/copies.ts')['witnessedAt'],
    copies: readonly FoundCopy[],
  ): Promise<string | undefined> => {
    if (copies.some(({ stamps }) => stamps.length === 0)) return undefined;
    const authorities = await desk
      .evidence()
      .then((proofs) => proofs.authorities())
      .catch(() => []);
    const times = await Promise.all(copies.map(({ line, stamps }) => witnessedAt(line, stamps, authorities)));
    const known = times.filter((time) => time !== undefined);
    return known.length === times.length ? known.sort().at(-1) : undefined;
  };

  const working = state.kind === 'working';
  const drop = (which: 'original' | 'list' | 'suspect', accept: string) => (
    <FileDrop
      single
      label={say.trace[which]}
      hint={files[which] === undefined ? say.trace[`${which}Hint`] : say.trace.chosen}
      accept={accept}
      onFiles={choose(which)}
    />
  );
  return (
    <div class="stack loose">
      <div class="stack">
        <StepHeader title={say.trace.title} lead={say.trace.lead} {...header} save={undefined} />
        {drop('original', ACCEPT)}
        {drop('list', 'application/json,.json')}
        {drop('suspect', ACCEPT)}
      </div>
      <div class="actions">
        <Button
          off={original === undefined || list === undefined || suspect === undefined || working}
          onPress={() => {
            if (original !== undefined && list !== undefined && suspect !== undefined)
              void trace(original, list, suspect);
          }}
        >
          {say.trace.go}
        </Button>
        {working && (
          <Button kind="quiet" onPress={() => running.current?.stop()}>
            {words.protect.stop}
          </Button>
        )}
      </div>
      {working && <progress max={1} value={state.part} aria-label={say.make.working[state.phase]} />}
      <section class="stack" role="status">
        {working && <p>{say.make.working[state.phase]}</p>}
        {state.kind === 'answered' && <Answer say={say} {...state} />}
      </section>
      {state.kind === 'choosing' && state.trouble !== undefined && (
        <NoticeBox kind="attention" live>
          <p>{state.trouble}</p>
        </NoticeBox>
      )}
    </div>
  );
}

function Answer({
  say,
  outcome,
  witnessedAt,
}: { readonly say: CopiesWords } & Extract<State, { kind: 'answered' }>) {
  const drawing = useBlobAddress(outcome.kind === 'cannot-tell' ? undefined : outcome.drawing);
  const covered = drawing !== undefined && (
    <CoveredPicture
      source={drawing}
      label={say.trace.drawing}
      hint={say.trace.drawingHint}
      description={say.trace.drawingText}
    />
  );
  switch (outcome.kind) {
    case 'match':
      return (
        <>
          <Matched say={say} outcome={outcome} witnessedAt={witnessedAt} />
          {covered}
        </>
      );
    case 'no-match':
      return (
        <>
          <h2>{say.trace.noMatch}</h2>
          <p>{say.trace.noMatchNote}</p>
          {covered}
        </>
      );
    case 'cannot-tell':
      return (
        <>
          <h2>{say.trace.cannot}</h2>
          <p>{say.trace.reasons[outcome.reason]}</p>
          <p>{say.trace.cannotNote}</p>
        </>
      );
    default: {
      const never: never = outcome;
      return never;
    }
  }
}

function Matched(props: {
  readonly say: CopiesWords;
  readonly outcome: Match;
  readonly witnessedAt: string | undefined;
}) {
  const { say, outcome, witnessedAt } = props;
  const visit = useVisit();
  const { words, language, desk, go } = visit;
  const [shown, setShown] = useState(false);
  const [kept, setKept] = useState(false);
  const task = useTask();
  const [file] = useState(() => new Blob([outcome.copies[0]!.bundle], { type: 'application/json' }));
  const address = useBlobAddress(file);
  const chance =
    witnessedAt === undefined
      ? say.trace.noChance
      : fill(say.trace.chance, {
          // Rounded towards the larger chance, so that it is never said to be smaller than it is.
          n: Math.floor(-outcome.log10),
          m: outcome.comparisons,
          day: dayIn(language, witnessedAt),
        });
  const keep = () =>
    task.run(async () => {
      const proofs = await desk.evidence();
      for (const { name, at } of outcome.copies) {
        const notes = fill(say.trace.proofNote, {
          sha: outcome.suspectSha256,
          name,
          day: dayIn(language, at),
          chance,
        });
        const added = await proofs.desk.add({
          told: { kind: 'note', notes: notes.toWellFormed() },
          files: [],
        });
        if (!added.ok) return evidenceTrouble(visit, await loadEvidenceWords(language), added);
      }
      setKept(true);
      return undefined;
    });
  const many = outcome.copies.length;
  return (
    <>
      <h2>{many === 1 ? say.trace.match : fill(say.trace.matchMany, { n: many })}</h2>
      <p>{say.trace.notShown}</p>
      {shown ? (
        outcome.copies.map(({ name, at, line }) => (
          <p key={`${line}${name}`}>
            <strong dir="auto">{fill(say.trace.derives, { name, day: dayIn(language, at) })}</strong>
          </p>
        ))
      ) : (
        <NoticeBox kind="attention">
          <h3>{say.trace.before}</h3>
          <ul>
            <li>{say.trace.beforeSafe}</li>
            <li>{say.trace.beforeTalk}</li>
            <li>{say.trace.beforeSeal}</li>
          </ul>
          <Button kind="quiet" onPress={() => go('talk')}>
            {say.trace.support}
          </Button>
        </NoticeBox>
      )}
      <p>{chance}</p>
      <div class="actions">
        {address !== undefined && (
          <a class="button" href={address} download="result.json">
            {say.trace.forOthers}
          </a>
        )}
        {!shown && (
          <Button kind="quiet" onPress={() => setShown(true)}>
            {say.trace.show}
          </Button>
        )}
        {!kept && (
          <Button kind="quiet" busy={task.busy} onPress={keep}>
            {say.trace.proof}
          </Button>
        )}
      </div>
      {kept && <p>{say.trace.proofKept}</p>}
      {task.trouble !== undefined && (
        <NoticeBox kind="attention" live>
          <p>{task.trouble}</p>
        </NoticeBox>
      )}
      <p class="quiet-text">{words.frame.notFault}</p>
    </>
  );
}

function dayIn(language: Language, iso: string): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'long' }).format(new Date(iso));
}
