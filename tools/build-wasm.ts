/**
 * Writes the WebAssembly kernels into the sources that load them, from their assembly.
 *
 *     node tools/build-wasm.ts    after a change under packages/{raster,fingerprint,registration,matching}/assembly
 *
 * The bytes are kept in the repository so that rooms run without a build; a test assembles them again and compares.
 * @module
 */

import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { transformKernelSource } from '../packages/fingerprint/assembly/transform-kernel.ts';
import { ringKernelSource } from '../packages/matching/assembly/ring-kernel.ts';
import { reduceKernelSource } from '../packages/raster/assembly/reduce-kernel.ts';
import { windowKernelSource } from '../packages/raster/assembly/window-kernel.ts';
import { featureKernelSource } from '../packages/registration/assembly/feature-kernel.ts';

const SOURCES: readonly (readonly [string, () => string])[] = [
  ['packages/raster/src/reduce-kernel-bytes.ts', reduceKernelSource],
  ['packages/raster/src/window-kernel-bytes.ts', windowKernelSource],
  ['packages/fingerprint/src/transform-kernel-bytes.ts', transformKernelSource],
  ['packages/registration/src/feature-kernel-bytes.ts', featureKernelSource],
  ['packages/matching/src/ring-kernel-bytes.ts', ringKernelSource],
];

for (const [file, source] of SOURCES) writeFileSync(path.join(import.meta.dirname, '..', file), source());
