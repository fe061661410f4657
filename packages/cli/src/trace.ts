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
import { type Trace, traceSuspect } from '@reclaim/watermark/trace';
import { answerTo, type Command, parseArguments, shownName } from './command.ts';
import { readInput } from './input-file.ts';
import { reasonInWords } from './picture.ts';
import { Problem } from './problem.ts';
import { Progress } from './progress.ts';
import { readRegistry } from './registry-file.ts';
import { type ExitStatus, printable, type Terminal } from './terminal.ts';
import { checkBundleFile } from './trace-check.ts';
import { type Witness, witnessesOf } from './trace-stamp.ts';
import { BEFORE_A_NAME, boundInWords, cannotTellInWords, NOT_SHOWN } from './trace-words.ts';

const HELP = `reclaim trace ORIGINAL LEAKED... --registry FILE [--names]
              [--stamp REPLY --trust ROOTS] [--bundle FILE] [--json]
reclaim trace --check BUNDLE [--trust ROOTS] [--json]

Which copy a picture derives from: a match, no match, or cannot tell. Nobody is
named below the threshold, and nobody is ranked. ORIGINAL is the very file that
was marked.

  --registry FILE  what "reclaim mark" wrote
  --names          show the name. Without it you are told that there is a match,
                   and asked whether it is safe to know more
  --stamp REPLY    a timestamping authority's answer (.tsr) over the entry, and
  --trust ROOTS    the roots that you trust, in PEM. Without them no probability
                   is given: the marks could have been chosen afterwards
  --bundle FILE    write what a third party needs to check a match of one picture:
                   no picture, no secret, no name but the one that was found
  --check BUNDLE   check such a file
  --json           one document: { results } with { file, outcome, ... }

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
  if (options.bundle !== undefined && leaked.length > 1)
    throw new Problem('--bundle is of one leaked picture; name one');

  const registry = await readRegistry(io, options.registry);
  using progress = new Progress(io);
  progress.show('reading the original');
  const question = await askedOf(io, original, registry);
  const witnesses = await witnessesOf(io, registry, question.entries, options);
  const results: unknown[] = [];
  let status: ExitStatus = 0;
  for (const [at, name] of leaked.entries()) {
    progress.show(`picture ${at + 1} of ${leaked.length}`);
    const { pixels, digest } = await readPicture(io, name);
    const found = traceSuspect(question.traced, pixels, question.candidates, leaked.length);
    progress.clear();
    if (found.kind !== 'match') status = 1;
    const told = { names: options.names === true, witness: witnessOf(found, witnesses) };
    for (const line of linesOf(shownName(name), found, told)) answer.line(line);
    results.push(resultOf(name, digest, found, told));
    if (options.bundle !== undefined && found.kind === 'match') {
      const [first] = found.copies;
      const bundle = bundleOf(registry, first!.recipient.entry.seq, {
        recipient: first!.recipient.copy.recipient,
        score: first!.score,
        trials: found.trials,
        row: found.row,
        suspect: digest,
      });
      const stamps = stampsWith(bundle.stamps, told.witness);
      try {
        await writeFile(resolve(io.cwd, options.bundle), `${JSON.stringify({ ...bundle, stamps })}\n`, {
          flag: 'wx',
          mode: 0o600,
        });
      } catch (error) {
        throw new Problem(
          `${shownName(options.bundle)}: the bundle could not be written, or is there already`,
          {
            cause: error,
          },
        );
      }
      answer.line(
        `  the bundle for a third party is in ${printable(options.bundle)}; it names the recipient`,
      );
    }
  }
  answer.document({ results });
  return status;
}

/** The stamps of a bundle, with the one that came as a file. */
function stampsWith(stamps: Bundle['stamps'], witness: Witness | undefined): Bundle['stamps'] {
  if (witness === undefined || stamps.some(({ token }) => token === witness.token)) return stamps;
  return [...stamps, { authority: witness.authority, token: witness.token }];
}

/** What may be said of a match. */
type Told = { readonly names: boolean; readonly witness: Witness | undefined };

/** The witness of a match: there is one only if each copy that was found is in an entry that somebody witnessed. */
function witnessOf(found: Trace<Registered>, witnesses: ReadonlyMap<number, Witness>): Witness | undefined {
  if (found.kind !== 'match') return undefined;
  const each = found.copies.map(({ recipient }) => witnesses.get(recipient.entry.seq));
  return each.includes(undefined) ? undefined : each[0];
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
      return [`${shown}: cannot tell`, `  ${cannotTellInWords(found.reason)}`];
    case 'match':
      return [
        `${shown}: match`,
        ...(names
          ? found.copies.map(
              ({ recipient }) =>
                `  It derives from the copy prepared for ${printable(recipient.copy.name)} on ${recipient.entry.at.slice(0, 10)}.`,
            )
          : [`  It derives from ${found.copies.length === 1 ? 'one' : found.copies.length} of the copies.`]),
        witness === undefined
          ? '  No probability is given: nobody but you has witnessed when the marks were fixed (--stamp).'
          : `  The chance that a picture not derived from it would be taken for any copy is, over all ${found.trials} comparisons, below ${boundInWords(highest(found))}; ${printable(witness.authority)} witnessed the marks at ${witness.at}.`,
        `  ${NOT_SHOWN}`,
        ...(names ? [] : [BEFORE_A_NAME]),
      ];
    default:
      return found satisfies never;
  }
}

/** Logarithm of the bound for the lowest score that was named: it holds for all of them. */
function highest({ copies, trials }: Trace<Registered> & { kind: 'match' }): number {
  return logBound(Math.min(...copies.map(({ score }) => score)), trials);
}

function resultOf(file: string, digest: string, found: Trace<Registered>, { names, witness }: Told): unknown {
  const base = { file, sha256: digest, outcome: found.kind };
  if (found.kind === 'cannot-tell') return { ...base, reason: found.reason };
  if (found.kind === 'no-match') return { ...base, trials: found.trials, threshold: found.threshold };
  return {
    ...base,
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
    mirrored: found.lay.mirrored,
    shown: found.lay.shown,
  };
}
