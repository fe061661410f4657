/**
 * What can go wrong with the database as a place: refusals of the launcher, and what a driver's error says about
 * the disk and the server behind it.
 *
 * SQLSTATE codes: PostgreSQL documentation, appendix A. The words without a code are those of the driver `pg` 8.
 * @module
 */

/** Why the launcher did not give a database. */
export type EmbeddedReason =
  | 'no-binaries'
  | 'no-server-user'
  | 'unreachable-directory'
  | 'foreign-directory'
  | 'in-use-elsewhere'
  | 'disk-low'
  | 'initdb-failed'
  | 'start-failed'
  | 'owner-not-ready'
  | 'stopped';

/**
 * A refusal of the launcher. The message is a sentence for the operator, with the way out; it may quote the server
 * and the operator's own data directory, and never holds anything of a person.
 */
export class EmbeddedError extends Error {
  readonly code: EmbeddedReason;

  constructor(code: EmbeddedReason, sentence: string, options?: ErrorOptions) {
    super(sentence, options);
    this.name = 'EmbeddedError';
    this.code = code;
  }
}

/** `storage-full`: no room left, writes cannot be taken. `database-gone`: the server is away; it may come back. */
export type StorageProblem = 'storage-full' | 'database-gone';

const FULL_CODES: ReadonlySet<string> = new Set(['53100', 'ENOSPC', 'EDQUOT', 'disk-low']);

const GONE_CODES: ReadonlySet<string> = new Set([
  '57P01', // admin_shutdown
  '57P02', // crash_shutdown
  '57P03', // cannot_connect_now: starting up, shutting down, recovering
  'ECONNRESET',
  'ECONNREFUSED',
  'ECONNABORTED',
  'EPIPE',
  'ERR_STREAM_DESTROYED', // a write that came after the connection broke
  'ERR_STREAM_WRITE_AFTER_END',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'in-use-elsewhere',
  'start-failed',
  'owner-not-ready',
  'stopped',
]);

const GONE_WORDS: readonly RegExp[] = [
  /^Connection terminated\b/,
  /^timeout exceeded when trying to connect/,
  /^timeout expired$/,
  /connection error and is not queryable/,
  /^Client was closed and is not queryable/,
];

/**
 * What an error of the driver or of the launcher says about the database as a place, or undefined when it is about
 * something else (a bad statement, a broken rule). Looks into causes and into joined errors; full wins over gone,
 * because a full disk takes the server down and the operator must hear the reason.
 */
export function storageProblem(error: unknown): StorageProblem | undefined {
  let found: StorageProblem | undefined;
  const open: unknown[] = [error];
  for (let seen = 0; open.length > 0 && seen < 32; seen++) {
    const one = open.shift();
    if (!(one instanceof Error)) continue;
    const problem = problemOf(one);
    if (problem === 'storage-full') return problem;
    found ??= problem;
    open.push(one.cause);
    if (one instanceof AggregateError) open.push(...one.errors);
  }
  return found;
}

function problemOf(error: Error): StorageProblem | undefined {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (FULL_CODES.has(code)) return 'storage-full';
  // Class 08 is "connection exception". It is five characters long, unlike any name of a system error.
  if (GONE_CODES.has(code) || /^08[0-9A-Z]{3}$/.test(code)) return 'database-gone';
  // ENOENT is a missing socket only when it came from connecting; a missing file is another matter.
  if (code === 'ENOENT' && 'syscall' in error && error.syscall === 'connect') return 'database-gone';
  if (code === '' && GONE_WORDS.some((words) => words.test(error.message))) return 'database-gone';
  return undefined;
}
