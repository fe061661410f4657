/**
 * `reclaim trace --check`: whether a bundle that names a copy holds. The picture is not needed, and not proved.
 * @module
 */

import { type BundleFault, checkBundle } from '@reclaim/watermark/bundle';
import { type Answer, shownName, wrapped } from './command.ts';
import { readInput } from './input-file.ts';
import { Problem } from './problem.ts';
import { type ExitStatus, printable, type Terminal } from './terminal.ts';
import { rootsOf, type Witness, witnessed } from './trace-stamp.ts';
import { boundInWords, COUNTS_AFTER, NOT_SHOWN } from './trace-words.ts';

const FAULTS: Readonly<Record<BundleFault, string>> = {
  'not-a-bundle': 'this is not a bundle of a trace',
  'line-malformed': 'the line of the registry in it is not of the form',
  'copy-not-in-line': 'the copy that it names is not in the line of the registry',
  'row-length': 'the residual has another length than the original’s frame',
  'score-differs': 'the score does not follow from the code and the residual',
  'below-threshold': 'the score is below the threshold',
  'too-few-trials': 'it counts fewer trials than there are copies',
};

/**
 * Checks the bundle in the file; `trust` names a file of roots for its stamps.
 * @throws {Problem} for a file that is none
 */
export async function checkBundleFile(
  io: Terminal,
  name: string,
  trust: string | undefined,
  answer: Answer,
): Promise<ExitStatus> {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder().decode(await readInput(io, name, 8 * 1024 * 1024)));
  } catch (error) {
    const why = error instanceof Problem ? error.message : FAULTS['not-a-bundle'];
    throw new Problem(`${shownName(name)}: ${why}`, { cause: error });
  }
  const found = checkBundle(value);
  if (!found.ok) {
    answer.line(`does NOT hold: ${FAULTS[found.fault]}`);
    answer.document({ ok: false, fault: found.fault });
    return 1;
  }
  const roots = trust === undefined ? [] : await rootsOf(io, trust);
  const witnesses: Witness[] = [];
  const { line } = value as { readonly line: string };
  for (const stamp of found.stamps) {
    if (roots.length === 0) break;
    try {
      witnesses.push(await witnessed(Buffer.from(stamp.token, 'base64'), line, roots));
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      answer.complain(error.message);
    }
  }
  answer.line(`holds: the score ${found.score.toFixed(1)} follows from the code and the residual`);
  answer.line(`  copy       ${printable(found.name)}, registered ${printable(found.at)}`);
  answer.line(`  original   sha256 ${found.original}`);
  answer.line(`  suspect    sha256 ${found.suspect}`);
  for (const other of found.also) answer.line(`  and        sha256 ${other}`);
  if (found.also.length > 0)
    answer.line('  At least one of these suspects derives from the copy; it does not say which.');
  answer.line(`  line       sha256 ${found.digest}`);
  for (const witness of witnesses)
    answer.line(
      `  witness    ${witness.at}  ${printable(witness.authority)}, bound ${boundInWords(found.logBound)}`,
    );
  if (witnesses.length > 0) answer.line(wrapped(COUNTS_AFTER));
  else
    answer.line(
      wrapped(
        'no witness is known: the marks could have been chosen afterwards, and no probability is given',
      ),
    );
  answer.line(
    wrapped(
      'It does not prove that the residual is that of the suspect: for that, trace again with both files.',
    ),
  );
  answer.line(wrapped(NOT_SHOWN));
  answer.document({
    ...found,
    stamps: found.stamps.length,
    witnesses: witnesses.map(({ authority, at }) => ({ authority, at })),
  });
  return 0;
}
