import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { signed, unsigned } from '../assembly/assembler.ts';
import { reduceKernelSource } from '../assembly/reduce-kernel.ts';
import { type WebAssemblyApi, webAssembly } from './kernel-module.ts';
import { parsePixels } from './pixels.ts';
import { reduceToGrid } from './reduce.ts';
import { compileKernel, keptBytes, kernelFits } from './reduce-kernel.ts';
import { tentTable } from './tents.ts';

const api: WebAssemblyApi = webAssembly()!;

test('the kernel in the source is the one that its assembly makes', () => {
  const kept = readFileSync(path.join(import.meta.dirname, 'reduce-kernel-bytes.ts'), 'utf8');
  assert.equal(kept, reduceKernelSource(), 'run node tools/build-wasm.ts');
});

test('the kernel compiles here, and its memory begins with one page', () => {
  const kernel = compileKernel(api);
  assert.ok(kernel !== 'none');
  assert.equal(kernel.memory.buffer.byteLength, 65_536);
});

test('where WebAssembly is missing, forbidden or without SIMD there is no kernel, and nobody is told off', () => {
  class Forbidden {
    constructor() {
      throw new Error('blocked by Content Security Policy');
    }
  }
  assert.equal(compileKernel(undefined), 'none');
  assert.equal(compileKernel({ ...api, Instance: api.Instance, Module: Forbidden }), 'none');
});

test('the kernel refuses tents whose sums it could not hold', () => {
  const fits = (width: number, height: number) => kernelFits(tentTable(height), tentTable(width));
  assert.equal(fits(8192, 8192), true); // windows 64 · 64
  assert.equal(fits(9000, 9000), false); // 71 · 71
  assert.equal(fits(64, 32_896), true); // 257 rows' weights fill a lane of 16 bits
  assert.equal(fits(64, 32_897), false);
  assert.equal(fits(32_769, 64), false);
});

test('nothing of a picture stays in the memory that outlives the call', () => {
  for (const [width, height, channels] of [
    [700, 500, 3],
    [4000, 40, 4],
    [3, 3, 1],
  ] as const) {
    const data = new Uint8Array(width * height * channels).fill(77);
    reduceToGrid(parsePixels(data, width, height, channels));
    assert.equal(keptBytes(), 0);
  }
});

test('numbers are written as the binary format has them', () => {
  // DWARF 4, section 7.6, the examples of figures 22 and 23
  assert.deepEqual(unsigned(2), [2]);
  assert.deepEqual(unsigned(127), [127]);
  assert.deepEqual(unsigned(128), [0x80, 1]);
  assert.deepEqual(unsigned(129), [0x81, 1]);
  assert.deepEqual(unsigned(12_857), [57 + 0x80, 100]);
  assert.deepEqual(signed(2), [2]);
  assert.deepEqual(signed(-2), [0x7e]);
  assert.deepEqual(signed(127), [127 + 0x80, 0]);
  assert.deepEqual(signed(-127), [1 + 0x80, 0x7f]);
  assert.deepEqual(signed(-129), [0x7f + 0x80, 0x7e]);
});
