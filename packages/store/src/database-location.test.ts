import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { isPrivateConnection, parseDatabaseLocation } from './database-location.ts';

function address(text: string) {
  const parsed = parseDatabaseLocation(text, '/data');
  assert.ok(parsed.ok && parsed.location.kind === 'server', JSON.stringify(parsed));
  return parsed.location.address;
}

function reason(text: string) {
  const parsed = parseDatabaseLocation(text, '/data');
  return parsed.ok ? 'accepted' : parsed.reason;
}

test('without an address the database is the embedded one', () => {
  for (const text of [undefined, '', '  ']) {
    assert.deepEqual(parseDatabaseLocation(text, '/data'), {
      ok: true,
      location: { kind: 'embedded', dataDir: '/data' },
    });
  }
});

test('an address is taken apart, escapes and all', () => {
  assert.deepEqual(
    address('postgres://ann:p%40ss%2Fw@db.example:6543/reclaim?sslmode=verify-full&sslrootcert=/ca.pem'),
    {
      host: 'db.example',
      port: 6543,
      database: 'reclaim',
      user: 'ann',
      password: 'p@ss/w',
      encryption: { kind: 'verified', caFile: '/ca.pem' },
    },
  );
  assert.equal(address('postgresql://ann@[::1]/x').host, '::1');
  assert.equal(address('postgresql://ann@localhost/x').password, undefined);
  assert.equal(address('postgresql://ann@%2Fvar%2Frun%2Fpostgresql/x').host, '/var/run/postgresql');
  assert.deepEqual(address('postgres://ann@h/x?sslmode=require').encryption, { kind: 'unverified' });
});

test('what would be half understood is refused', () => {
  assert.equal(reason('mysql://ann@h/x'), 'not-a-postgres-url');
  assert.equal(reason('ann@h/x'), 'not-a-postgres-url');
  assert.equal(reason('postgres://ann@h:port/x'), 'not-a-postgres-url');
  assert.equal(reason('postgres://ann@a,b/x'), 'several-hosts');
  assert.equal(reason('postgres://ann@a:1,b:2/x'), 'several-hosts');
  assert.equal(reason('postgres://h/x'), 'no-user');
  assert.equal(reason('postgres://ann@h'), 'no-database');
  assert.equal(reason('postgres://ann@h/'), 'no-database');
  assert.equal(reason('postgres://a%ZZ@h/x'), 'bad-escape');
  assert.equal(reason('postgres://ann@h/x?sslmod=require'), 'unknown-parameter');
  assert.equal(reason('postgres://ann@h/x?sslmode=require&sslmode=disable'), 'unknown-parameter');
  for (const mode of ['prefer', 'allow', 'verify-ca', 'none', '']) {
    assert.equal(reason(`postgres://ann@h/x?sslmode=${mode}`), 'unknown-sslmode');
  }
  assert.equal(reason('postgres://ann@h/x?sslrootcert=/ca.pem'), 'unknown-sslmode');
});

test('a connection in the clear to another machine is not private', () => {
  assert.equal(isPrivateConnection(address('postgres://a@db.example/x')), false);
  assert.equal(isPrivateConnection(address('postgres://a@127.0.0.1.example/x')), false);
  assert.equal(isPrivateConnection(address('postgres://a@127.0.0.1/x')), true);
  assert.equal(isPrivateConnection(address('postgres://a@[::1]/x')), true);
  assert.equal(isPrivateConnection(address('postgres://a@%2Ftmp/x')), true);
  assert.equal(isPrivateConnection(address('postgres://a@db.example/x?sslmode=require')), true);
});

test('names and passwords of any characters come back as they were written, and nothing makes it throw', () => {
  const word = fc.string({ minLength: 1, unit: 'grapheme' }).filter((text) => text.isWellFormed());
  fc.assert(
    fc.property(word, word, word, (user, password, database) => {
      const text = `postgres://${encodeURIComponent(user)}:${encodeURIComponent(password)}@h/${encodeURIComponent(database)}`;
      fc.pre(database !== '.' && database !== '..'); // a path segment that means a place, also when escaped
      const found = address(text);
      assert.deepEqual([found.user, found.password, found.database], [user, password, database]);
    }),
    { numRuns: 200 },
  );
  fc.assert(
    fc.property(fc.string(), (tail) => {
      parseDatabaseLocation(`postgres://${tail}`, '/data');
    }),
    { numRuns: 300 },
  );
});
