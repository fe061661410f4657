import assert from 'node:assert/strict';
import test from 'node:test';
import { parseApiKey, parseNodeUrl } from './node-address.ts';
import { TEST_KEY } from './scripted-node.fixture.ts';

test('a key of the right form is taken, and any other is refused without being repeated', () => {
  assert.equal(parseApiKey(TEST_KEY), TEST_KEY);
  for (const wrong of [
    '',
    'rk_',
    `${TEST_KEY}A`,
    TEST_KEY.slice(1),
    TEST_KEY.toUpperCase(),
    `${TEST_KEY}\n`,
    'secret-word',
  ]) {
    assert.throws(
      () => parseApiKey(wrong),
      (error) => error instanceof TypeError && (wrong.length < 4 || !error.message.includes(wrong)),
    );
  }
});

test('an address keeps its path and loses its last slash', () => {
  assert.equal(parseNodeUrl('http://localhost:8080'), 'http://localhost:8080');
  assert.equal(parseNodeUrl('https://example.org/reclaim/'), 'https://example.org/reclaim');
});

test('an address of another scheme, or with a user, a query or a fragment, is refused without being repeated', () => {
  for (const wrong of [
    'localhost:8080',
    'file:///etc/hosts',
    'ftp://node.example',
    'javascript:alert(1)',
    'http://hidden-user@node.example',
    'http://node.example/?hidden=1',
    'http://node.example/#hidden',
    'not an address',
  ]) {
    assert.throws(
      () => parseNodeUrl(wrong),
      (error) => error instanceof TypeError && !/hidden|node\.example|etc/.test(error.message),
    );
  }
});
