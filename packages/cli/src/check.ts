/**
 * `reclaim check`: what a service says of files or hashes. Files are hashed here; only signals travel.
 *
 * It fails closed: status 0 means that every input was decoded whole, was asked about, and passes. A damaged file or
 * one of several frames may show something that nobody looked at, so a `pass` on it is no 0.
 *
 * A match opens a job there, for a person must look at it. Its item id is random unless named: neither a file's name
 * nor a hash may stand in a reviewer's queue.
 * @module
 */

import { ITEM_ID } from '@reclaim/casework/wire';
import type { CheckItem, FileCheck, ReclaimClient } from '@reclaim/client/client';
import { isSignalHex, parsePdqHash, parsePipeline, parseSha256 } from '@reclaim/fingerprint/signal';
import { answerTo, type Command, counted, expectOneStdin, parseArguments, shownName } from './command.ts';
import { readInput } from './input-file.ts';
import { oddityInWords, type PictureSignals, reasonInWords } from './picture.ts';
import { Problem } from './problem.ts';
import { Progress } from './progress.ts';
import { SERVICE_HELP, SERVICE_OPTIONS, serviceClient, serviceProblem } from './service-access.ts';
import type { ExitStatus, Terminal } from './terminal.ts';

const HELP = `reclaim check FILE|HASH... --server URL [--item ID] [--json]

Asks a service about files or hashes and prints its verdict on each: pass,
review or block. Files are hashed here and stay here; "-" is standard input.

A HASH is 64 hex digits, asked both as PDQ and as SHA-256; write pdq:HASH or
sha256:HASH to ask one. Mirrored and turned copies are found of files only.

${SERVICE_HELP}  --item ID        the platform's id of the one item asked about; a random one
                   otherwise
  --json           one document: { results: [{ position, file, verdict,
                   coverage, notes, oddities, jobId?, matches?, problem? }] }

A verdict other than pass opens a job on the service: a person will look at it.

Exit status: 0 everything passes; 1 a verdict is review or block, or a file is
damaged or has frames that were not looked at; 2 a file could not be read or
asked about (whatever the other verdicts are), or bad use.
`;

/** The command. */
export const check: Command = { help: HELP, run: runCheck };

/** The pipeline that a hash typed by a person is said to come from: nobody knows a better one. */
const BY_HAND = parsePipeline('given-by-hand');

type Input =
  | { readonly kind: 'file'; readonly name: string }
  | { readonly kind: 'hash'; readonly signals: CheckItem['signals'] };

type Result = {
  /** Which argument, from 1: a hash is not repeated. */
  readonly position: number;
  readonly file: string | null;
  readonly verdict: 'pass' | 'review' | 'block' | null;
  readonly coverage: 'full' | 'exact-only' | null;
  readonly notes: readonly string[];
  readonly oddities: PictureSignals['oddities'];
  readonly jobId?: string;
  readonly matches?: readonly unknown[];
  readonly problem?: string;
};

async function runCheck(argv: readonly string[], io: Terminal): Promise<ExitStatus> {
  const { options, words } = parseArguments(argv, { ...SERVICE_OPTIONS, item: 'string', json: 'boolean' });
  if (words.length === 0)
    throw new Problem('check expects at least one file or hash; see reclaim check --help');
  expectOneStdin(...words);
  if (options.item !== undefined) {
    if (words.length > 1) throw new Problem('--item names one item, so it expects one file or hash');
    if (!ITEM_ID.test(options.item)) {
      throw new Problem('--item expects 1 to 128 visible ASCII characters without spaces');
    }
  }
  const client = await serviceClient(io, options);
  const answer = answerTo(io, options.json === true);
  const results: Result[] = [];
  using progress = new Progress(io);
  for (const [index, word] of words.entries()) {
    progress.show(`asking about ${index + 1} of ${words.length}`);
    const input = parseInput(word);
    const position = index + 1;
    const result = await checkOne(io, client, input, position, options.item ?? `cli-${crypto.randomUUID()}`);
    results.push(result);
    progress.clear();
    const shown = input.kind === 'file' ? shownName(word) : `hash (argument ${position})`;
    if (result.problem !== undefined) {
      answer.complain(`${shown}: ${result.problem}`);
      continue;
    }
    answer.line(`${(result.verdict ?? '').padEnd(6)}  ${shown}`);
    for (const line of remarks(result)) answer.line(`        ${line}`);
  }
  answer.document({ results });
  const unasked = results.filter(({ problem }) => problem !== undefined).length;
  if (unasked > 0) {
    answer.complain(`no verdict on ${unasked} of ${counted(words.length, 'input')}`);
    return 2;
  }
  return results.every(({ verdict, oddities }) => verdict === 'pass' && oddities.length === 0) ? 0 : 1;
}

function parseInput(word: string): Input {
  const [, kind, hex = word] = /^(pdq|sha256):(.*)$/s.exec(word) ?? [];
  const value = hex.toLowerCase();
  if (!isSignalHex(value)) {
    // `pdq:` and anything else is a hash mistyped, not a file; a file of such a name is written ./pdq:NAME.
    if (kind !== undefined) throw new Problem(`${kind}: expects 64 hex digits after it`);
    return { kind: 'file', name: word };
  }
  const signals: CheckItem['signals'] = [];
  if (kind !== 'sha256') {
    // The quality of a typed hash is not known. 100 asks for an answer; a lower one would only suppress it.
    signals.push({ kind: 'pdq', value: parsePdqHash(value), quality: 100, pipeline: BY_HAND });
  }
  if (kind !== 'pdq') signals.push({ kind: 'sha256', value: parseSha256(value) });
  return { kind: 'hash', signals };
}

async function checkOne(
  io: Terminal,
  client: ReclaimClient,
  input: Input,
  position: number,
  itemId: string,
): Promise<Result> {
  const file = input.kind === 'file' ? input.name : null;
  const none = { position, file, verdict: null, coverage: null, notes: [], oddities: [] } as const;
  try {
    const item = { id: itemId };
    const checked: FileCheck =
      input.kind === 'file'
        ? await client.checkFile(await readInput(io, input.name), item)
        : await checkSignals(client, item, input.signals);
    if (checked.kind === 'not-checked') return { ...none, problem: refusalInWords(checked.reason) };
    const { verdict, coverage, notes, jobId, matches } = checked.result;
    const seen = checked.seen;
    return {
      position,
      file,
      verdict,
      coverage: seen?.coverage === 'exact-only' ? 'exact-only' : coverage,
      notes: [...new Set([...(seen?.notes ?? []), ...notes])],
      oddities: [
        ...(seen?.damaged || notes.includes('damaged') ? (['damaged'] as const) : []),
        ...((seen !== undefined && seen.pages > 1) || notes.includes('first-frame-only')
          ? (['more-frames'] as const)
          : []),
      ],
      ...(jobId !== undefined && { jobId }),
      ...(matches !== undefined && { matches }),
    };
  } catch (error) {
    const problem = error instanceof Problem ? error.message : serviceProblem(error, 'check');
    if (problem === undefined) throw error;
    return { ...none, problem };
  }
}

async function checkSignals(
  client: ReclaimClient,
  item: CheckItem['item'],
  signals: CheckItem['signals'],
): Promise<FileCheck> {
  const { results } = await client.check([{ item, signals }]);
  const [result] = results;
  // An answer about another item is no answer about this one.
  if (result === undefined || result.itemId !== item.id) {
    throw new Problem('what answered there does not speak as a Reclaim service; is the address right?');
  }
  return { kind: 'checked', result };
}

function refusalInWords(reason: (FileCheck & { kind: 'not-checked' })['reason']): string {
  switch (reason) {
    case 'image-damaged':
      return reasonInWords('truncated-or-damaged');
    case 'too-large':
      return reasonInWords('too-many-bytes');
    default:
      return reasonInWords(reason);
  }
}

/** What is worth saying beside the verdict, a line each. */
function remarks(result: Result): readonly string[] {
  const lines: string[] = [];
  if (result.coverage === 'exact-only') lines.push('only the very same bytes could be looked for');
  for (const oddity of result.oddities) lines.push(oddityInWords(oddity));
  if (result.jobId !== undefined) lines.push(`job ${result.jobId}`);
  if (result.matches !== undefined && result.matches.length > 0) {
    lines.push(`matches ${counted(result.matches.length, 'signal')} (--json shows them)`);
  }
  return lines;
}
