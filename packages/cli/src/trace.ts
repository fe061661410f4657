/**
 * `reclaim trace`: which marked copy does a leaked picture derive from? And, for a third party, whether a bundle that
 * says so holds. Nothing leaves this machine.
 * @module
 */

import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { decodeImage } from '@reclaim/decode/decode-image';
import { sha256 } from '@reclaim/fingerprint/sha256';
import type { Pixels } from '@reclaim/raster/pixels';
import { type Bundle, bundleOf } from '@reclaim/watermark/bundle';
import { frameOf } from '@reclaim/watermark/canonical';
import { type Question, questionOf, type Registered } from '@reclaim/watermark/question';
import type { Registry } from '@reclaim/watermark/registry';
import { logBound } from '@reclaim/watermark/score';
import { looksFor, MOST_SUSPECTS, type Together, traceTogether } from '@reclaim/watermark/together';
import { type Trace, traceSuspect } from '@reclaim/watermark/trace';
import { answerTo, type Command, expectOneStdin, parseArguments, shownName, wrapped } from './command.ts';
import { readInput } from './input-file.ts';
import { reasonInWords } from './picture.ts';
import { Problem } from './problem.ts';
import { Progress } from './progress.ts';
import { readRegistry } from './registry-file.ts';
import { type ExitStatus, printable, type Terminal } from './terminal.ts';
import { checkBundleFile } from './trace-check.ts';
import { type Witness, witnessesOf } from './trace-stamp.ts';
import { BEFORE_A_NAME, boundInWords, COUNTS_AFTER, cannotTellInWords, NOT_SHOWN } from './trace-words.ts';

const HELP = `reclaim trace ORIGINAL LEAKED... --registry FILE [--names]
              [--stamp REPLY --trust ROOTS] [--bundle FILE] [--json]
reclaim trace --check BUNDLE [--trust ROOTS] [--json]

Which copy a picture derives from: a match, no match, or cannot tell. Nobody is
named below the threshold, and nobody is ranked. ORIGINAL is the very file that
was marked. Of several pictures each is told by itself; those that are too
altered to tell are then added up, and may tell together. Up to ${MOST_SUSPECTS} pictures.

  --registry FILE  what "reclaim mark" wrote
  --names          show the name. Without it you are told that there is a match,
                   and asked whether it is safe to know more
  --stamp REPLY    a timestamping authority's answer (.tsr) over the entry, and
  --trust ROOTS    the roots that you trust, in PEM. Without them no probability
                   is given: the marks could have been chosen afterwards
  --bundle FILE    write what a third party needs to check a match of one
                   picture, or of several together: no picture, no secret, no
                   name but the one that was found
  --check BUNDLE   check such a file
  --json           one document: { results, together }, with { file, outcome,
                   ... } for each picture, and what they say together or null

Exit status: 0 a match for every picture (or the bundle holds), 1 not so, 2 it
could not be done.
`;

/** The command. */
export const trace: Command = { help: HELP, run: runTrace };

async function runTrace(argv: readonly string[], io: Terminal): Promise<ExitStatus> {
  const { options, words } = parseArguments(argv, {
    registry: 'string',
    names: 'boolean',
    stamp: 'string',
    trust: 'string',
    bundle: 'string',
    check: 'string',
    json: 'boolean',
  });
  const answer = answerTo(io, options.json === true);
  if (options.check !== undefined) {
    if (words.length > 0) throw new Problem('--check expects a bundle and no pictures');
    return checkBundleFile(io, options.check, options.trust, answer);
  }
  const [original, ...leaked] = words;
  if (original === undefined || leaked.length === 0)
    throw new Problem('trace expects an original and at least one leaked picture; see reclaim trace --help');
  if (options.registry === undefined) throw new Problem('trace expects --registry FILE');
  if (leaked.length > MOST_SUSPECTS)
    throw new Problem(`trace expects at most ${MOST_SUSPECTS} leaked pictures at once`);
  expectOneStdin(original, ...leaked, options.registry, options.stamp, options.trust);

  const registry = await readRegistry(io, options.registry);
  using progress = new Progress(io);
  progress.show('reading the original');
  const { traced, entries, candidates } = await askedOf(io, original, registry);
  const witnesses = await witnessesOf(io, registry, entries, options);
  const names = options.names === true;
  const traces: Trace<Registered>[] = [];
  const digests: string[] = [];
  const results: unknown[] = [];
  for (const [at, name] of leaked.entries()) {
    progress.show(`picture ${at + 1} of ${leaked.length}`);
    const { pixels, digest } = await readPicture(io, name);
    const found = traceSuspect(traced, pixels, candidates, looksFor(leaked.length));
    progress.clear();
    traces.push(found);
    digests.push(digest);
    const told = { names, witness: witnessOf(found, witnesses) };
    for (const line of linesOf(shownName(name), found, told)) answer.line(line);
    results.push(resultOf(name, digest, found, told));
  }
  const together = traceTogether(traced.order, traces, candidates);
  const toldTogether = { names, witness: together && witnessOf(together, witnesses) };
  if (together !== undefined) {
    answer.line(`${together.suspects.length} of them together: match`);
    for (const line of togetherLines(together, toldTogether)) answer.line(line);
  }
  if (options.bundle !== undefined) {
    const bundle = theBundle(registry, traces, digests, together, witnesses);
    await writeBundle(io, options.bundle, bundle);
    answer.line(
      bundle === undefined
        ? 'no bundle was written: there is no match'
        : `the bundle for a third party is in ${printable(options.bundle)}; it names the recipient`,
    );
    if ([...traces, together].some((found) => found?.kind === 'match' && found.copies.length > 1))
      answer.line('it is of the copy that is found most surely; several were found');
  }
  answer.document({
    results,
    together:
      together === undefined
        ? null
        : {
            files: together.suspects.map((at) => leaked[at]),
            sha256: together.suspects.map((at) => digests[at]),
            ...matchResult(together, toldTogether),
          },
  });
  const told = (at: number) => traces[at]!.kind === 'match' || together?.suspects.includes(at) === true;
  return leaked.every((_, at) => told(at)) ? 0 : 1;
}

/** A match of one picture, or of several together. */
type Match = Pick<Together<Registered>, 'kind' | 'copies' | 'trials' | 'threshold' | 'row'>;

/**
 * The bundle of what was found: of the one match there is. `undefined` where there is none.
 * @throws {Problem} where there are several: a bundle is of one
 */
function theBundle(
  registry: Registry,
  traces: readonly Trace<Registered>[],
  digests: readonly string[],
  together: Together<Registered> | undefined,
  witnesses: ReadonlyMap<number, Witness>,
): Bundle | undefined {
  const single = traces.flatMap((found, at) => (found.kind === 'match' ? [{ found, of: [at] }] : []));
  const matches: readonly { readonly found: Match; readonly of: readonly number[] }[] =
    together === undefined ? single : [...single, { found: together, of: together.suspects }];
  const [match, ...more] = matches;
  if (match === undefined) return undefined;
  if (more.length > 0)
    throw new Problem('--bundle is of one match, and there are several; trace each picture by itself');
  const { found, of } = match;
  const [first] = found.copies;
  const [suspect, ...also] = of.map((at) => digests[at]!);
  const bundle = bundleOf(registry, first!.recipient.entry.seq, {
    recipient: first!.recipient.copy.recipient,
    score: first!.score,
    trials: found.trials,
    row: found.row,
    suspect: suspect!,
    also,
  });
  return { ...bundle, stamps: stampsWith(bundle.stamps, witnesses.get(first!.recipient.entry.seq)) };
}

/** Writes a bundle, never over another file. @throws {Problem} where it cannot be written, or there is none */
async function writeBundle(io: Terminal, name: string, bundle: Bundle | undefined): Promise<void> {
  if (bundle === undefined) return;
  try {
    await writeFile(resolve(io.cwd, name), `${JSON.stringify(bundle)}\n`, { flag: 'wx', mode: 0o600 });
  } catch (error) {
    throw new Problem(`${shownName(name)}: the bundle could not be written, or is there already`, {
      cause: error,
    });
  }
}

/** The stamps of a bundle, with the one that came as a file. */
function stampsWith(stamps: Bundle['stamps'], witness: Witness | undefined): Bundle['stamps'] {
  if (witness === undefined || stamps.some(({ token }) => token === witness.token)) return stamps;
  return [...stamps, { authority: witness.authority, token: witness.token }];
}

/** What may be said of a match. */
type Told = { readonly names: boolean; readonly witness: Witness | undefined };

/**
 * The witness of a match: there is one only if each copy that was found is in an entry that somebody witnessed, and it
 * is the latest of these. A sharing that was added after the leak must not borrow the date of an earlier one.
 */
function witnessOf(
  found: Trace<Registered> | Match,
  witnesses: ReadonlyMap<number, Witness>,
): Witness | undefined {
  if (found.kind !== 'match') return undefined;
  let latest: Witness | undefined;
  for (const { recipient } of found.copies) {
    const witness = witnesses.get(recipient.entry.seq);
    if (witness === undefined) return undefined;
    if (latest === undefined || witness.at > latest.at) latest = witness;
  }
  return latest;
}

async function askedOf(io: Terminal, name: string, registry: Registry): Promise<Question> {
  const { pixels, digest } = await readPicture(io, name);
  const framed = frameOf(pixels);
  const question = framed.ok ? questionOf(registry, digest, framed.frame) : undefined;
  if (question?.ok === true) return question;
  throw new Problem(
    question?.reason === 'other-size'
      ? `${shownName(name)}: the picture has another size than the registry says`
      : `${shownName(name)}: no entry of the registry is of this file. It must be the very file that was marked, not another version of the picture`,
  );
}

async function readPicture(
  io: Terminal,
  name: string,
): Promise<{ readonly pixels: Pixels; readonly digest: string }> {
  try {
    const bytes = await readInput(io, name);
    const decoded = await decodeImage(bytes);
    if (!decoded.ok) throw new Problem(reasonInWords(decoded.reason));
    return { pixels: decoded.pixels, digest: await sha256(bytes) };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    throw new Problem(`${shownName(name)}: ${error.message}`, { cause: error });
  }
}

function linesOf(shown: string, found: Trace<Registered>, { names, witness }: Told): readonly string[] {
  switch (found.kind) {
    case 'no-match':
      return [
        `${shown}: no match`,
        '  It is of this original, and none of the listed copies was found in it.',
      ];
    case 'cannot-tell':
      return [`${shown}: cannot tell`, wrapped(cannotTellInWords(found.reason))];
    case 'match':
      return [`${shown}: match`, ...matchLines(found, 'It derives', { names, witness })];
    default:
      return found satisfies never;
  }
}

function togetherLines(found: Together<Registered>, told: Told): readonly string[] {
  return [
    wrapped('None of them tells anything alone. Added up they do: at least one of them, and not said which:'),
    ...matchLines(found, 'At least one of them derives', told),
  ];
}

function matchLines(found: Match, subject: string, { names, witness }: Told): readonly string[] {
  return [
    ...(names
      ? found.copies.map(({ recipient }) =>
          wrapped(
            `${subject} from the copy prepared for ${printable(recipient.copy.name)} on ${recipient.entry.at.slice(0, 10)}.`,
          ),
        )
      : [
          wrapped(
            `${subject} from ${found.copies.length === 1 ? 'one' : found.copies.length} of the copies.`,
          ),
        ]),
    wrapped(
      witness === undefined
        ? 'No probability is given: nobody but you has witnessed when the marks were fixed (--stamp).'
        : `The chance that a picture not derived from it would be taken for any copy is, over all ${found.trials} comparisons, below ${boundInWords(highest(found))}; ${printable(witness.authority)} witnessed the marks at ${witness.at}. ${COUNTS_AFTER}`,
    ),
    wrapped(NOT_SHOWN),
    ...(names ? [] : [BEFORE_A_NAME]),
  ];
}

/** Logarithm of the bound for the lowest score that was named: it holds for all of them. */
function highest({ copies, trials }: Match): number {
  return logBound(Math.min(...copies.map(({ score }) => score)), trials);
}

function resultOf(file: string, digest: string, found: Trace<Registered>, { names, witness }: Told): unknown {
  const base = { file, sha256: digest, outcome: found.kind };
  if (found.kind === 'cannot-tell') return { ...base, reason: found.reason };
  if (found.kind === 'no-match') return { ...base, trials: found.trials, threshold: found.threshold };
  return {
    ...base,
    ...matchResult(found, { names, witness }),
    mirrored: found.lay.mirrored,
    shown: found.lay.shown,
  };
}

function matchResult(found: Match, { names, witness }: Told): object {
  return {
    copies: found.copies.map(({ recipient, score }) => ({
      ...(names ? { name: recipient.copy.name } : {}),
      score,
    })),
    trials: found.trials,
    threshold: found.threshold,
    // log10, since the number itself is too small to be written.
    bound:
      witness === undefined
        ? null
        : { log10: highest(found) / Math.LN10, authority: witness.authority, at: witness.at },
  };
}
