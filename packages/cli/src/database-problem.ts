/**
 * The sentence for a database that could not be opened, when an operator can mend the reason. Never the address: it
 * holds a password.
 * @module
 */

import { Problem } from './problem.ts';

/** SQLSTATE (PostgreSQL documentation, appendix A) and system errors of a server that is not there or refuses us. */
const UNREACHABLE: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
  '28000', // invalid_authorization_specification
  '28P01', // invalid_password
  '3D000', // invalid_catalog_name: no such database
  '57P03', // cannot_connect_now
]);

/** Every error in the chain of causes, joined errors too, the outermost first. */
export function causesOf(error: unknown): readonly (Error & { readonly code?: unknown })[] {
  const found: Error[] = [];
  const open: unknown[] = [error];
  // A chain of causes may bite its own tail.
  while (open.length > 0 && found.length < 32) {
    const one = open.shift();
    if (!(one instanceof Error)) continue;
    found.push(one);
    open.push(one.cause);
    if (one instanceof AggregateError) open.push(...one.errors);
  }
  return found;
}

/** The problem in a person's words, or undefined when it is about something else. */
export function databaseProblem(error: unknown): Problem | undefined {
  for (const one of causesOf(error)) {
    // The launcher and the store word these for the operator, with the way out, from fixed sentences.
    if (one.name === 'EmbeddedError') return new Problem(one.message, { cause: error });
    if (one.message.startsWith('store: ')) {
      return new Problem(one.message.slice('store: '.length).replace(/\.$/, ''), { cause: error });
    }
    const { code } = one;
    if (typeof code !== 'string') continue;
    if (UNREACHABLE.has(code)) {
      return new Problem(
        'the database that DATABASE_URL names cannot be reached or refuses us; check address, name and password',
        { cause: error },
      );
    }
    if (code === 'EACCES' || code === 'EROFS' || code === 'EPERM') {
      return new Problem(
        'the data directory may not be written to by this account; choose another with --data',
        {
          cause: error,
        },
      );
    }
    if (code === 'ENOENT' && (one as NodeJS.ErrnoException).syscall === 'mkdir') {
      return new Problem('the data directory cannot be made there; choose another with --data', {
        cause: error,
      });
    }
    if (code === 'ENOTDIR' || code === 'EEXIST') {
      return new Problem('the data directory is expected to be a directory; choose another with --data', {
        cause: error,
      });
    }
    if (code === 'ENOSPC' || code === 'EDQUOT' || code === '53100') {
      return new Problem('the disk of the data directory is full; make room and start again', {
        cause: error,
      });
    }
  }
  return undefined;
}
