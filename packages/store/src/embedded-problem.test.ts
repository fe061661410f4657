import assert from 'node:assert/strict';
import test from 'node:test';
import { Client } from 'pg';
import { EmbeddedError, storageProblem } from './embedded-problem.ts';

const coded = (code: string, more: object = {}) => Object.assign(new Error('words'), { code, ...more });

test('a full disk is told from a server that is away, and both from everything else', () => {
  const cases: readonly (readonly [unknown, ReturnType<typeof storageProblem>])[] = [
    [coded('53100'), 'storage-full'],
    [coded('ENOSPC'), 'storage-full'],
    [new EmbeddedError('disk-low', 'words'), 'storage-full'],
    [coded('57P01'), 'database-gone'],
    [coded('57P02'), 'database-gone'],
    [coded('57P03'), 'database-gone'],
    [coded('08006'), 'database-gone'],
    [coded('ECONNRESET'), 'database-gone'],
    [coded('ECONNREFUSED'), 'database-gone'],
    [coded('EPIPE'), 'database-gone'],
    [coded('ERR_STREAM_DESTROYED'), 'database-gone'],
    [coded('ENOENT', { syscall: 'connect' }), 'database-gone'],
    [coded('ENOENT', { syscall: 'open' }), undefined],
    [new Error('Connection terminated unexpectedly'), 'database-gone'],
    [new Error('timeout exceeded when trying to connect'), 'database-gone'],
    [new EmbeddedError('stopped', 'words'), 'database-gone'],
    [coded('23505'), undefined],
    [coded('40001'), undefined],
    [coded('57014'), undefined],
    [new Error('wrapped', { cause: coded('57P01') }), 'database-gone'],
    [new AggregateError([coded('ECONNREFUSED'), coded('53100')]), 'storage-full'],
    ['Connection terminated', undefined],
    [undefined, undefined],
  ];
  for (const [error, expected] of cases) assert.equal(storageProblem(error), expected, String(error));
});

test('an error that is its own cause is not followed for ever', () => {
  const error = new Error('words');
  error.cause = error;
  assert.equal(storageProblem(error), undefined);
});

test('a missing socket, as the driver reports it, is a database that is gone', async () => {
  const client = new Client({ host: '/nonexistent', port: 5432, user: 'x', database: 'x' });
  await assert.rejects(client.connect(), (error) => storageProblem(error) === 'database-gone');
});
