/**
 * Writes the WebAssembly kernels into the sources that load them, from their assembly.
 *
 *     node tools/build-wasm.ts    after a change under packages/raster/assembly
 *
 * The bytes are kept in the repository so that rooms run without a build; a test assembles them again and compares.
 * @module
 */

import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { reduceKernelSource } from '../packages/raster/assembly/reduce-kernel.ts';

const target = path.join(import.meta.dirname, '../packages/raster/src/reduce-kernel-bytes.ts');
writeFileSync(target, reduceKernelSource());
