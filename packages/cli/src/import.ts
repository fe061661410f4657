/**
 * `reclaim import`: a list of hashes from a file into a bank of a service, and out again.
 *
 * What is banked can be taken back by whoever holds its capabilities, so these are on the disk before the next signals
 * are sent. An import that breaks off says from which line to go on; nothing is banked twice by going on there, neither
 * what was banked when its answer or the room on the disk was lost.
 * @module
 */

import { setTimeout } from 'node:timers/promises';
import { parseId } from '@reclaim/casework/id';
import { MAX_ITEMS } from '@reclaim/casework/wire';
import type { ReclaimClient } from '@reclaim/client/client';
import { ReclaimError } from '@reclaim/client/reclaim-error';
import { type LineRefusal, readSignalFile, type SignalFile } from '@reclaim/exchange/signal-file';
import { CapabilityFile, readCapabilities } from './capability-file.ts';
import { answerTo, type Command, counted, parseArguments, parseWhole, shownName } from './command.ts';
import { readInput } from './input-file.ts';
import { Problem } from './problem.ts';
import { Progress } from './progress.ts';
import { SERVICE_HELP, SERVICE_OPTIONS, serviceClient, serviceProblem } from './service-access.ts';
import type { ExitStatus, Terminal } from './terminal.ts';

const HELP = `reclaim import FILE --bank ID --capabilities NEW --server URL
               [--type pdq|sha256] [--from LINE] [--json]
reclaim import --withdraw CAPABILITIES --server URL [--json]

Banks the hashes of a text file: a line each, "pdq HASH" or "sha256 HASH", or
the hash alone with --type (python-threatexchange's local_file). They start
unconfirmed: what they match goes to review. "-" is standard input.

--withdraw takes back what an import banked; the hashes are erased there.

${SERVICE_HELP}  --bank ID        the bank (GET /v1/banks lists them); its key needs the scope
                   bank
  --capabilities NEW
                   where the secrets are written that withdraw what was banked.
                   They are told once: keep the file, and keep it to yourself
  --type KIND      what lines are that name no type
  --from LINE      go on at this line after an import that broke off; the
                   capabilities are added to the file
  --json           one document: { file, banked, repeated, refused: [{ line,
                   reason }] } or { withdrawn }

Exit status: 0 every line was banked, or everything was withdrawn; 1 some lines
were refused (each is named); 2 bad use, or it broke off (the sentence says
where).
`;

/** The command. */
export const importSignals: Command = { help: HELP, run: runImport };

/** Refused lines that are named to a person; all of them are in `--json`. */
const NAMED = 20;

async function runImport(argv: readonly string[], io: Terminal): Promise<ExitStatus> {
  const { options, words } = parseArguments(argv, {
    ...SERVICE_OPTIONS,
    bank: 'string',
    capabilities: 'string',
    type: 'string',
    from: 'string',
    withdraw: 'string',
    json: 'boolean',
  });
  const answer = answerTo(io, options.json === true);
  if (options.withdraw !== undefined) {
    if (words.length > 0 || options.bank !== undefined || options.capabilities !== undefined) {
      throw new Problem('--withdraw stands alone: it expects the file of capabilities and a service');
    }
    const client = await serviceClient(io, options);
    const withdrawn = await withdraw(io, client, options.withdraw);
    answer.line(`withdrawn  ${counted(withdrawn, 'signal')}`);
    answer.document({ withdrawn });
    return 0;
  }
  const [name, ...more] = words;
  if (name === undefined || more.length > 0) {
    throw new Problem('import expects one file of hashes; see reclaim import --help');
  }
  const bankId = bankOf(options.bank);
  if (options.capabilities === undefined) {
    throw new Problem(
      '--capabilities expects a new file: without it nothing that is banked could be taken back',
    );
  }
  if (options.type !== undefined && options.type !== 'pdq' && options.type !== 'sha256') {
    throw new Problem('--type expects pdq or sha256');
  }
  const from = options.from === undefined ? 1 : parseWhole(options.from, '--from', 1, 1_000_000_000);
  const client = await serviceClient(io, options);
  const file = readSignalFile(new TextDecoder().decode(await readInput(io, name)), options.type);
  await using kept = await CapabilityFile.open(io, options.capabilities, options.from !== undefined);
  const banked = await bankAll(io, client, bankId, file, from, kept);
  const refused = file.refused.filter(({ line }) => line >= from);
  answer.line(`banked     ${counted(banked, 'signal')} of ${shownName(name)}`);
  if (file.repeated > 0) answer.line(`repeated   ${counted(file.repeated, 'line')}`);
  for (const { line, reason } of refused.slice(0, NAMED)) {
    answer.complain(`line ${line}: ${refusalInWords(reason)}`);
  }
  if (refused.length > NAMED)
    answer.complain(`and ${counted(refused.length - NAMED, 'line')} more; --json names all`);
  answer.document({ file: name === '-' ? null : name, banked, repeated: file.repeated, refused });
  return refused.length > 0 ? 1 : 0;
}

function bankOf(text: string | undefined) {
  try {
    return parseId('bank', text ?? '');
  } catch {
    throw new Problem('--bank expects the id of a bank: bnk_ and 32 hex digits');
  }
}

async function bankAll(
  io: Terminal,
  client: ReclaimClient,
  bankId: ReturnType<typeof bankOf>,
  { signals }: SignalFile,
  from: number,
  kept: CapabilityFile,
): Promise<number> {
  const asked = signals.filter(({ line }) => line >= from);
  using progress = new Progress(io);
  for (let at = 0; at < asked.length; at += MAX_ITEMS) {
    progress.show(`banked ${at} of ${asked.length}`);
    const batch = asked.slice(at, at + MAX_ITEMS);
    try {
      const { signals: banked } = await patiently(() =>
        client.addSignals(
          bankId,
          batch.map(({ signal }) => signal),
          { idempotencyKey: kept.importName },
        ),
      );
      await kept.add(banked);
    } catch (error) {
      progress.clear();
      // What could not be written down is asked for again by the same import, and not banked twice.
      const sentence = error instanceof Problem ? error.message : serviceProblem(error, 'bank');
      if (sentence === undefined) throw error;
      const where = `${counted(at, 'signal')} banked, go on with --from ${batch[0]!.line}`;
      throw new Problem(`${sentence}; ${where}`, { cause: error });
    }
  }
  return asked.length;
}

/** How often one call that was sent away is sent again. */
const PATIENCE = 10;

/**
 * Does `call`, and again after the pause that the service asks for where it was sent away for coming too often: it did
 * nothing then, so this is safe for any call. Thousands of withdrawals by one address meet that.
 */
async function patiently<T>(call: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await call();
    } catch (error) {
      const away =
        error instanceof ReclaimError && error.status === 429 ? error.retryAfterSeconds : undefined;
      if (away === undefined || attempt >= PATIENCE) throw error;
      await setTimeout(away * 1000);
    }
  }
}

/** Withdrawing twice does no harm, so a withdrawal that broke off is simply begun again. */
async function withdraw(io: Terminal, client: ReclaimClient, name: string): Promise<number> {
  const capabilities = await readCapabilities(io, name);
  using progress = new Progress(io);
  for (const [index, { capability }] of capabilities.entries()) {
    progress.show(`withdrawn ${index} of ${capabilities.length}`);
    try {
      await patiently(() => client.withdraw(capability));
    } catch (error) {
      progress.clear();
      const sentence = serviceProblem(error, 'bank');
      if (sentence === undefined) throw error;
      throw new Problem(`${sentence}; ${index} of ${capabilities.length} withdrawn, begin again`, {
        cause: error,
      });
    }
  }
  return capabilities.length;
}

function refusalInWords(reason: LineRefusal): string {
  switch (reason) {
    case 'not-a-line':
      return 'expected a type and a hash (or --type, and a hash alone)';
    case 'other-type':
      return 'a bank here holds pdq and sha256 alone';
    case 'not-hex':
      return 'expected 64 hex digits';
    case 'unbalanced':
      return 'the hash is that of an empty or nearly empty picture, and would match thousands';
    case 'low-quality':
      return 'the hash is of a picture with too little in it';
    default: {
      const never: never = reason;
      return never;
    }
  }
}
