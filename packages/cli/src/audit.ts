/**
 * `reclaim audit verify`: whether the log of all events is whole, from the first record to the last.
 *
 * What that proves and what not stands in `audit-log.ts`; `--head FILE` is for somebody who does not hold the database.
 *
 * A log asked through a service is a page at a time; one on this machine is read from the database, and then the
 * values that were not erased yet are held against their commitments too.
 * @module
 */

import { randomUUID } from 'node:crypto';
import { rename, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type ChainHead, type ChainRecord, EMPTY_HEAD } from '@reclaim/casework/event-chain';
import type { ReclaimClient } from '@reclaim/client/client';
import { isSignalHex } from '@reclaim/fingerprint/signal';
import { openLocalLog } from './audit-local.ts';
import { type AuditLog, type LogFault, type LogPlace, type LogVerdict, verifyLog } from './audit-log.ts';
import { answerTo, type Command, counted, parseArguments, shownName } from './command.ts';
import { readInput } from './input-file.ts';
import { fileProblem, Problem } from './problem.ts';
import { Progress } from './progress.ts';
import { SERVICE_HELP, SERVICE_OPTIONS, serviceClient, serviceProblem } from './service-access.ts';
import type { ExitStatus, Terminal } from './terminal.ts';

const HELP = `reclaim audit verify [--server URL | --data DIR] [--head FILE] [--json]

Verifies the hash-chained log of all events: through a service (a key with the
scope audit), or in the database on this machine, where values that were not
erased yet are held against their commitments too.

  --data DIR       the data directory (RECLAIM_DATA, or .data in this folder);
                   DATABASE_URL, if set, takes its place
${SERVICE_HELP}  --head FILE      a head noted earlier: the log must continue it. When all is
                   well the new head is written there. Keep the file where those
                   who hold the database cannot write
  --json           one document: { ok, records, head, valuesSeen, continues,
                   fault }

Without --head the log is only shown to agree with itself.

Exit status: 0 it verifies, 1 it does not, 2 it could not be read, or bad use.
`;

/** The command, with the database of this house. */
export const audit: Command = auditWith(openLocalLog);

/** The command over any way to open the log on this machine. */
export function auditWith(openLocal: (place: LogPlace) => Promise<AuditLog>): Command {
  return { help: HELP, run: (argv, io) => runAudit(argv, io, openLocal) };
}

async function runAudit(
  argv: readonly string[],
  io: Terminal,
  openLocal: (place: LogPlace) => Promise<AuditLog>,
): Promise<ExitStatus> {
  const { options, words } = parseArguments(argv, {
    ...SERVICE_OPTIONS,
    data: 'string',
    head: 'string',
    json: 'boolean',
  });
  if (words.length !== 1 || words[0] !== 'verify') {
    throw new Problem('audit expects: verify; see reclaim audit --help');
  }
  if (options.server !== undefined && options.data !== undefined) {
    throw new Problem('either --server or --data is expected, not both');
  }
  if (options.head === '-') throw new Problem('--head expects a file: the new head is written there');
  const noted = options.head === undefined ? undefined : await readHead(io, options.head);
  const remote = options.server !== undefined || (options.data === undefined && !!io.env.RECLAIM_SERVER);
  const log = remote
    ? serviceLog(await serviceClient(io, options))
    : await openLocal({
        dataDir: resolve(io.cwd, options.data ?? (io.env.RECLAIM_DATA || '.data')),
        // A directory that was named is meant, whatever the environment holds.
        ...(io.env.DATABASE_URL && options.data === undefined ? { databaseUrl: io.env.DATABASE_URL } : {}),
        ...(io.env.RECLAIM_STORE_KEY ? { storeKeyText: io.env.RECLAIM_STORE_KEY } : {}),
      });
  let verdict: LogVerdict;
  {
    using progress = new Progress(io);
    try {
      verdict = await verifyLog(log, noted, (count) => progress.show(`verified ${counted(count, 'record')}`));
    } catch (error) {
      const sentence = serviceProblem(error, 'audit');
      throw sentence === undefined ? error : new Problem(sentence, { cause: error });
    } finally {
      await log.close();
    }
  }
  if (verdict.fault === null && options.head !== undefined) await writeHead(io, options.head, verdict.head);
  const answer = answerTo(io, options.json === true);
  for (const line of verdictLines(verdict, noted)) answer.line(line);
  answer.document({
    ok: verdict.fault === null,
    records: verdict.records,
    head: verdict.head,
    valuesSeen: verdict.valuesSeen,
    // A log that is broken elsewhere may or may not continue the noted head: then nothing is claimed.
    continues: noted === undefined || verdict.fault !== null ? null : noted,
    fault: verdict.fault,
  });
  return verdict.fault === null ? 0 : 1;
}

/** The log of a service, over its API. Each page states the head at its time, and ends there at the latest. */
function serviceLog(client: ReclaimClient): AuditLog {
  let stated = EMPTY_HEAD;
  return {
    pages: async function* () {
      for (let after = 0; ; ) {
        const { records, head } = await client.audit(after);
        stated = head;
        const last = records.at(-1);
        if (last === undefined) return;
        // From JSON, so the cast promises nothing of `data`: the verifier finds what no chain can hold.
        yield { records: records as unknown as readonly ChainRecord[] };
        // What does not go on is a fault in the order, which the verifier has found by now.
        after = last.seq;
        if (after >= head.seq) return;
      }
    },
    head: () => stated,
    close: async () => {},
  };
}

function verdictLines(verdict: LogVerdict, noted: ChainHead | undefined): readonly string[] {
  const { records, head, valuesSeen, fault } = verdict;
  if (fault !== null) {
    return [
      `The log does not verify: ${faultInWords(fault)} (${fault.kind} at ${fault.seq}).`,
      `  ${counted(records, 'record')} before it verified.`,
    ];
  }
  return [
    'The log verifies.',
    `  records  ${records}`,
    `  head     ${head.seq} ${head.hash}`,
    ...(valuesSeen ? ['  values   those not erased are as they were committed to'] : []),
    noted === undefined
      ? '  It agrees with itself; against a rewriting of all of it only a head noted earlier helps (--head).'
      : `  It continues the head noted at ${noted.seq}.`,
  ];
}

function faultInWords({ kind }: LogFault): string {
  switch (kind) {
    case 'sequence':
      return 'a record is missing or out of order';
    case 'link':
      return 'a record does not follow the one before it';
    case 'hash':
      return 'a record was changed';
    case 'head':
      return 'records are missing at its end, or it states an end that is not its own';
    case 'value':
      return 'a value is not the one that was committed to';
    case 'rewritten':
      return 'another record stands where the noted head was';
    case 'truncated':
      return 'it ends before the head that was noted';
    default: {
      const never: never = kind;
      return never;
    }
  }
}

/** The head in `file`; undefined when there is no such file yet. */
async function readHead(io: Terminal, file: string): Promise<ChainHead | undefined> {
  let text: string;
  try {
    text = new TextDecoder().decode(await readInput(io, file, 4096));
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const { cause } = error;
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return undefined;
    throw new Problem(`${shownName(file)}: ${error.message}`, { cause: error });
  }
  const head = parseHead(text);
  // Not taken for "no head": a file cut to nothing would otherwise wipe out what was noted.
  if (head === undefined) {
    throw new Problem(
      `${shownName(file)}: expected a head as JSON, { "seq": number, "hash": 64 hex digits }`,
    );
  }
  return head;
}

function parseHead(text: string): ChainHead | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null || !('seq' in value) || !('hash' in value))
    return undefined;
  const { seq, hash } = value;
  const fits = Number.isSafeInteger(seq) && Number(seq) >= 0 && typeof hash === 'string' && isSignalHex(hash);
  return fits ? { seq: Number(seq), hash } : undefined;
}

/** Writes beside and renames, so that a full disk leaves the old head and not half a one. */
async function writeHead(io: Terminal, file: string, head: ChainHead): Promise<void> {
  const path = resolve(io.cwd, file);
  const beside = `${path}.${randomUUID()}`;
  try {
    await writeFile(beside, `${JSON.stringify({ seq: head.seq, hash: head.hash })}\n`, { flag: 'wx' });
    await rename(beside, path);
  } catch (error) {
    throw new Problem(`the log verifies, but the head could not be written: ${fileProblem(error)}`, {
      cause: error,
    });
  }
}
