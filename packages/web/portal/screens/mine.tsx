/**
 * "Is this my picture?": a file or a screenshot against the person's own picture, on this device alone.
 *
 * States: choosing (none, one or both files) -> comparing (a phase) -> answered | stopped; choosing another file at any
 * time leads back. The files, the answer and its drawing are forgotten with the screen, and when the visit is cleared.
 * S30: neither picture is ever shown; the drawing of both is covered and shows only while it is held.
 * @module
 */

import { useEffect, useRef, useState } from 'preact/hooks';
import { Button } from '../../ui/button.tsx';
import { CoveredPicture } from '../../ui/covered-picture.tsx';
import { FileDrop } from '../../ui/file-drop.tsx';
import { fill } from '../../ui/language.ts';
import { NoticeBox } from '../../ui/notice-box.tsx';
import { StepHeader } from '../../ui/step-header.tsx';
import type { Words } from '../../ui/words/words.ts';
import type { Comparison } from '../core/compare.ts';
import { COMPARE_PHASES, type CompareOutcome, type ComparePhase } from '../core/compare-task.ts';
import { HiddenPixels } from '../hidden-pixels.tsx';
import { ACCEPT } from '../picks.ts';
import { useHeader, useVisit } from '../visit.ts';

type State =
  | { readonly kind: 'choosing' }
  | { readonly kind: 'comparing'; readonly phase: ComparePhase }
  | { readonly kind: 'answered'; readonly outcome: CompareOutcome; readonly drawing: string | undefined }
  /** The part of the page that compares did not arrive. */
  | { readonly kind: 'offline' };

/** How the copy was changed, a sentence each. */
function changes(words: Words, outcome: Extract<CompareOutcome, { kind: 'copy' }>): readonly string[] {
  const { mirrored, turnDegrees, aspect, shown, covers, perspective } = outcome.alteration;
  const percent = (share: number) => Math.max(1, Math.round(100 * share));
  return [
    ...(mirrored ? [words.mine.mirrored] : []),
    ...(Math.abs(turnDegrees) >= 1
      ? [fill(words.mine.turned, { n: Math.round(Math.abs(turnDegrees)) })]
      : []),
    ...(shown < 0.985 ? [fill(words.mine.cut, { n: percent(shown) })] : []),
    ...(covers < 0.985 ? [fill(words.mine.rest, { n: percent(1 - covers) })] : []),
    ...(Math.abs(aspect - 1) > 0.02 ? [words.mine.stretched] : []),
    ...(perspective > 0.01 ? [words.mine.tilted] : []),
    ...(outcome.differs ? [words.mine.covered] : []),
  ];
}

function Answer({ outcome, drawing }: Extract<State, { kind: 'answered' }>) {
  const { words, go } = useVisit();
  switch (outcome.kind) {
    case 'stopped': {
      const known: Readonly<Record<string, string>> = words.protect.refusals;
      const reason = known[outcome.reason] ?? words.frame.offline;
      if (outcome.reason === 'stopped') return <p>{reason}</p>;
      if (outcome.reason === 'pixels-hidden') return <HiddenPixels />;
      return (
        <NoticeBox kind="attention">
          <p>
            {fill(outcome.file === 'mine' ? words.mine.mineStopped : words.mine.suspectStopped, { reason })}
          </p>
        </NoticeBox>
      );
    }
    case 'none':
      return (
        <>
          <h2>{words.mine.none[outcome.reason]}</h2>
          <p>{words.mine.noneNote}</p>
        </>
      );
    case 'copy': {
      const same = outcome.whole && !outcome.differs;
      return (
        <>
          <h2>{same ? words.mine.same : words.mine.copy}</h2>
          {same ? (
            <p>{words.mine.sameNote}</p>
          ) : (
            <ul>
              {changes(words, outcome).map((change) => (
                <li key={change}>{change}</li>
              ))}
            </ul>
          )}
          {drawing !== undefined && (
            <CoveredPicture
              source={drawing}
              label={words.mine.drawing}
              hint={words.mine.drawingHint}
              description={words.mine.drawingText}
            />
          )}
          <h2>{words.mine.next}</h2>
          <div class="actions">
            <Button kind="quiet" onPress={() => go('links')}>
              {words.needs.links}
            </Button>
            <Button kind="quiet" onPress={() => go('evidence')}>
              {words.needs.evidence}
            </Button>
            <Button kind="quiet" onPress={() => go('protect')}>
              {words.needs.protect}
            </Button>
          </div>
        </>
      );
    }
    default: {
      const never: never = outcome;
      return never;
    }
  }
}

/** The question and its answer. */
export function Mine() {
  const { words, journey, desk } = useVisit();
  const header = useHeader();
  const [files, setFiles] = useState<{ readonly mine?: File; readonly suspect?: File }>({});
  const [state, setState] = useState<State>({ kind: 'choosing' });
  const running = useRef<Comparison | undefined>(undefined);
  const address = useRef<string | undefined>(undefined);
  /** Counts what is forgotten: what was begun before, and came late, is of nothing any more. */
  const turn = useRef(0);

  const forget = () => {
    turn.current += 1;
    running.current?.stop();
    running.current = undefined;
    if (address.current !== undefined) URL.revokeObjectURL(address.current);
    address.current = undefined;
  };
  useEffect(() => {
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

  const choose = (which: 'mine' | 'suspect') => (chosen: readonly File[]) => {
    forget();
    setState({ kind: 'choosing' });
    setFiles((before) => ({ ...before, [which]: chosen[0]! }));
  };

  const compare = async (mine: File, suspect: File) => {
    forget();
    const begun = turn.current;
    setState({ kind: 'comparing', phase: 'mine' });
    const loaded = await import('../core/compare.ts').catch(() => undefined);
    if (turn.current !== begun) return;
    if (loaded === undefined) return setState({ kind: 'offline' });
    const comparison = loaded.compareFiles(mine, suspect, (phase) => {
      if (running.current === comparison) setState({ kind: 'comparing', phase });
    });
    running.current = comparison;
    const outcome = await comparison.outcome;
    // Another file was chosen meanwhile, or the screen was left.
    if (running.current !== comparison) return;
    running.current = undefined;
    if (outcome.kind === 'copy') address.current = URL.createObjectURL(outcome.drawing);
    setState({ kind: 'answered', outcome, drawing: address.current });
  };

  const { mine, suspect } = files;
  const working = state.kind === 'comparing';
  return (
    <div class="stack loose">
      <div class="stack">
        <StepHeader title={words.mine.title} lead={words.mine.lead} {...header} />
        <FileDrop
          single
          label={words.mine.mine}
          hint={mine === undefined ? words.mine.mineHint : words.mine.chosen}
          accept={ACCEPT}
          onFiles={choose('mine')}
        />
        <FileDrop
          single
          label={words.mine.suspect}
          hint={suspect === undefined ? words.mine.suspectHint : words.mine.chosen}
          accept={ACCEPT}
          onFiles={choose('suspect')}
        />
      </div>
      <div class="actions">
        <Button
          off={mine === undefined || suspect === undefined || working}
          onPress={() => {
            if (mine !== undefined && suspect !== undefined) void compare(mine, suspect);
          }}
        >
          {words.mine.compare}
        </Button>
        {working && (
          <Button kind="quiet" onPress={() => running.current?.stop()}>
            {words.protect.stop}
          </Button>
        )}
      </div>
      {working && (
        <progress
          max={1}
          value={(COMPARE_PHASES.indexOf(state.phase) + 1) / (COMPARE_PHASES.length + 1)}
          aria-label={words.mine.phases[state.phase]}
        />
      )}
      <section class="stack" role="status">
        {working && <p>{words.mine.phases[state.phase]}</p>}
        {state.kind === 'offline' && <p>{words.frame.offline}</p>}
        {state.kind === 'answered' && <Answer {...state} />}
      </section>
    </div>
  );
}
