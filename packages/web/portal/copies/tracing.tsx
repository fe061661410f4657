/**
 * Which copy got out: the picture, the list, and the pictures that appeared, on this device alone.
 *
 * States: choosing → working → answered (for each picture a match, no match, or cannot tell; and perhaps what several say
 * together) | stopped. Of a match no name is in the page until the person asks for it, after what it may set off was said;
 * a file for a lawyer or the police can be saved without. S30: the drawing of both is covered, and shows only while it is
 * held. All is forgotten with the screen.
 * @module
 */

import { useEffect, useRef, useState } from 'preact/hooks';
import { Button } from '../../ui/button.tsx';
import { CoveredPicture } from '../../ui/covered-picture.tsx';
import { FileDrop } from '../../ui/file-drop.tsx';
import { fill, type Language, plural } from '../../ui/language.ts';
import { NoticeBox } from '../../ui/notice-box.tsx';
import { StepHeader } from '../../ui/step-header.tsx';
import type { CopiesWords } from '../../ui/words/copies/words.ts';
import { loadEvidenceWords } from '../../ui/words/evidence/words.ts';
import type { CopiesWork } from '../core/copies.ts';
import {
  type FoundCopy,
  type FoundMatch,
  MOST_PICTURES,
  type PictureAnswer,
  type TraceOutcome,
} from '../core/copies-task.ts';
import { evidenceTrouble } from '../evidence/evidence-words.tsx';
import { HiddenPixels } from '../hidden-pixels.tsx';
import { ACCEPT } from '../picks.ts';
import { useHeader, useTask, useVisit } from '../visit.ts';
import { useBlobAddress } from './address.ts';
import { stoppedWords, withCopiesWords } from './copies-words.tsx';

/** The question and its answer. */
export const Tracing = withCopiesWords(Screen);

type Answered = Extract<TraceOutcome, { kind: 'answered' }>;

/** When all copies of a match had been witnessed; `undefined` where not all were. */
type Witnessed = string | undefined;

type State =
  | { readonly kind: 'choosing'; readonly trouble?: string; readonly hidden?: boolean }
  | { readonly kind: 'working'; readonly phase: 'original' | 'copies' | 'suspect'; readonly part: number }
  | {
      readonly kind: 'answered';
      readonly outcome: Answered;
      /** Of each picture's match, and of what they say together. */
      readonly witnessed: { readonly pictures: readonly Witnessed[]; readonly together: Witnessed };
    };

function Screen({ say }: { readonly say: CopiesWords }) {
  const { words, language, journey, desk, view } = useVisit();
  const header = useHeader();
  const [files, setFiles] = useState<{
    readonly original?: File;
    readonly list?: File;
    readonly suspects?: readonly File[];
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

  const change = (chosen: typeof files) => {
    here.current++;
    running.current?.stop();
    setState({ kind: 'choosing' });
    setFiles((before) => ({ ...before, ...chosen }));
  };
  const chooseSuspects = (chosen: readonly File[]) => {
    change({ suspects: chosen.slice(0, MOST_PICTURES) });
    if (chosen.length > MOST_PICTURES)
      setState({ kind: 'choosing', trouble: fill(say.trace.tooMany, { n: MOST_PICTURES }) });
  };

  const { original, suspects } = files;
  const list = files.list ?? (view?.copies === undefined ? undefined : new Blob([view.copies]));
  const inCase = view?.copies;
  const trace = async (mine: File, registry: Blob, others: readonly File[]) => {
    const visit = ++here.current;
    setState({ kind: 'working', phase: 'original', part: 0 });
    const loaded = await import('../core/copies.ts').catch(() => undefined);
    // Left, or another file chosen, while it was fetched: nothing is begun with what is forgotten.
    if (here.current !== visit) return;
    if (loaded === undefined) return setState({ kind: 'choosing', trouble: words.frame.offline });
    const work = loaded.traceCopies(
      { original: mine, registry: await registry.text(), suspects: others },
      (phase, part) => {
        if (here.current === visit) setState({ kind: 'working', phase, part });
      },
    );
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
    const witnessOf = (found: Answered['pictures'][number] | Answered['together']) =>
      found?.kind === 'match' ? witnessOfAll(loaded.witnessedAt, found.copies) : undefined;
    const pictures = await Promise.all(outcome.pictures.map(witnessOf));
    const together = await witnessOf(outcome.together);
    if (here.current === visit) setState({ kind: 'answered', outcome, witnessed: { pictures, together } });
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
  const drop = (which: 'original' | 'list', accept: string, hint: string = say.trace[`${which}Hint`]) => (
    <FileDrop
      single
      label={say.trace[which]}
      hint={files[which] === undefined ? hint : say.trace.chosen}
      accept={accept}
      onFiles={([file]) => change({ [which]: file! })}
    />
  );
  return (
    <div class="stack loose">
      <div class="stack">
        <StepHeader title={say.trace.title} lead={say.trace.lead} {...header} save={undefined} />
        {drop('original', ACCEPT)}
        {drop('list', 'application/json,.json', inCase === undefined ? undefined : say.trace.listInCase)}
        <FileDrop
          label={say.trace.suspect}
          hint={
            suspects === undefined
              ? say.trace.suspectHint
              : plural(language, say.trace.chosenMany, suspects.length)
          }
          accept={ACCEPT}
          onFiles={chooseSuspects}
        />
      </div>
      <div class="actions">
        <Button
          off={original === undefined || list === undefined || suspects === undefined || working}
          onPress={() => {
            if (original !== undefined && list !== undefined && suspects !== undefined)
              void trace(original, list, suspects);
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
        {state.kind === 'answered' && <Answers say={say} names={suspects ?? []} {...state} />}
      </section>
      {state.kind === 'choosing' && state.hidden === true && <HiddenPixels />}
      {state.kind === 'choosing' && state.trouble !== undefined && state.hidden !== true && (
        <NoticeBox kind="attention" live>
          <p>{state.trouble}</p>
        </NoticeBox>
      )}
    </div>
  );
}

/** The answers, picture by picture, and what several say together. One press shows the names of all. */
function Answers(
  props: { readonly say: CopiesWords; readonly names: readonly File[] } & Extract<
    State,
    { kind: 'answered' }
  >,
) {
  const { say, names, outcome, witnessed } = props;
  const { pictures, together } = outcome;
  const [shown, setShown] = useState(false);
  const show = () => setShown(true);
  if (pictures.length === 1)
    return (
      <Answer say={say} answer={pictures[0]!} witnessedAt={witnessed.pictures[0]} shown={shown} show={show} />
    );
  return (
    <>
      {pictures.map((answer, at) => (
        <section class="stack" key={String(at)}>
          <p class="quiet-text">
            {fill(say.trace.picture, { i: at + 1, n: pictures.length })}{' '}
            <span dir="auto">{names[at]?.name}</span>
          </p>
          <Answer say={say} answer={answer} witnessedAt={witnessed.pictures[at]} shown={shown} show={show} />
        </section>
      ))}
      {together !== undefined && (
        <section class="stack">
          <p class="quiet-text">
            {fill(say.trace.togetherOf, { list: together.pictures.map((at) => at + 1).join(', ') })}
          </p>
          <Matched say={say} found={together} witnessedAt={witnessed.together} shown={shown} show={show} />
        </section>
      )}
    </>
  );
}

type Showing = {
  readonly say: CopiesWords;
  readonly witnessedAt: Witnessed;
  /** Whether the names are shown, and what shows them. */
  readonly shown: boolean;
  readonly show: () => void;
};

function Answer({ answer, ...showing }: { readonly answer: PictureAnswer } & Showing) {
  const { say } = showing;
  const { words } = useVisit();
  const drawing = useBlobAddress('drawing' in answer ? answer.drawing : undefined);
  const covered = drawing !== undefined && (
    <CoveredPicture
      source={drawing}
      label={say.trace.drawing}
      hint={say.trace.drawingHint}
      description={say.trace.drawingText}
    />
  );
  switch (answer.kind) {
    case 'match':
      return (
        <>
          <Matched {...showing} found={answer} />
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
          <p>{say.trace.reasons[answer.reason]}</p>
          <p>{say.trace.cannotNote}</p>
        </>
      );
    case 'unread':
      return (
        <>
          <h2>{say.trace.cannot}</h2>
          <p>{stoppedWords(words, say, answer.reason)}</p>
        </>
      );
    default: {
      const never: never = answer;
      return never;
    }
  }
}

function Matched(props: { readonly found: FoundMatch } & Showing) {
  const { say, found, witnessedAt, shown, show } = props;
  const one = found.suspectSha256s.length === 1;
  const visit = useVisit();
  const { words, language, desk, go } = visit;
  const [kept, setKept] = useState(false);
  const task = useTask();
  const [file] = useState(() => new Blob([found.copies[0]!.bundle], { type: 'application/json' }));
  const address = useBlobAddress(file);
  const chance =
    witnessedAt === undefined
      ? say.trace.noChance
      : fill(say.trace.chance, {
          // Rounded towards the larger chance, so that it is never said to be smaller than it is.
          n: Math.floor(-found.log10),
          m: found.comparisons,
          day: dayIn(language, witnessedAt),
        });
  const keep = () =>
    task.run(async () => {
      const proofs = await desk.evidence();
      for (const { name, at } of found.copies) {
        const notes = fill(one ? say.trace.proofNote : say.trace.proofNoteMany, {
          sha: found.suspectSha256s.join(', '),
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
  const many = found.copies.length;
  return (
    <>
      <h2>
        {!one ? say.trace.together : many === 1 ? say.trace.match : fill(say.trace.matchMany, { n: many })}
      </h2>
      <p>{say.trace.notShown}</p>
      {shown ? (
        found.copies.map(({ name, at, line }) => (
          <p key={`${line}${name}`}>
            <strong dir="auto">
              {fill(one ? say.trace.derives : say.trace.derivesMany, { name, day: dayIn(language, at) })}
            </strong>
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
          <Button kind="quiet" onPress={show}>
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
