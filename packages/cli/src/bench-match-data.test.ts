import assert from 'node:assert/strict';
import test from 'node:test';
import { MATCH_DATA_KINDS, signalSource } from './bench-match-data.ts';

const FEW = { landscapes: 4, crops: 60 };

test('each kind comes out the same from the same seed, and goes on where it ended', () => {
  for (const kind of MATCH_DATA_KINDS) {
    const whole = new Uint8Array(64 * 32);
    signalSource(kind, 1, FEW)(whole);
    const source = signalSource(kind, 1, FEW);
    const parts = [new Uint8Array(20 * 32), new Uint8Array(44 * 32)];
    for (const part of parts) source(part);
    assert.deepEqual(Uint8Array.from(parts.flatMap((part) => [...part])), whole);
    assert.equal(new Set(whole.join().match(/(\d+,){31}\d+/g)).size, 64);
  }
});

test('image-like signals have half of their bits set, as PDQ has', () => {
  const signals = new Uint8Array(100 * 32);
  signalSource('image-like', 2, FEW)(signals);
  for (let at = 0; at < signals.length; at += 32) {
    let ones = 0;
    for (const byte of signals.subarray(at, at + 32))
      for (let bits = byte; bits > 0; bits &= bits - 1) ones++;
    assert.equal(ones, 128);
  }
});
