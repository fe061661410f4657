/**
 * The kernel of the ring index (`src/ring-segment.ts` calls it), in WebAssembly with SIMD.
 *
 * A signal is eight little-endian words of 32 bits after the fixed shuffle; its sixteen *bands* are the halves of these in
 * the order of memory. With a threshold r the cycle lemma gives every signal within reach a band from which on the sums of
 * differing bits over one, two and three bands, the last one's next being the first, are at most ⌊r/16⌋, ⌊2r/16⌋ and
 * ⌊3r/16⌋ (Qin and Xiao, "Pigeonring", VLDB 2018). For each band the signals stand in *buckets* by the upper bits of its
 * value: `ring-sort.ts` makes them, `ring-search.ts` searches through them, `ring-desk.ts` has what both know.
 * @module
 */

import { assembleOver } from './ring-instructions.ts';
import { expand, flush, look, ring, scans, verify } from './ring-search.ts';
import { coarse, part, permute, settle, sort } from './ring-sort.ts';

/** The bytes of the module, over a memory of its own or one that several threads share. */
export function ringKernel(memory: 'plain' | 'shared'): Uint8Array<ArrayBuffer> {
  const [verifyAt, expandAt, flushAt, scansAt] = [0, 1, 2, 3];
  return assembleOver(memory, [
    verify(),
    expand(verifyAt),
    flush(expandAt, scansAt),
    ...scans(),
    ring(verifyAt, flushAt),
    look(),
    permute(),
    sort(),
    coarse(),
    part(),
    settle(),
  ]);
}

/** The text of `src/ring-kernel-bytes.ts`. */
export function ringKernelSource(): string {
  const literal = (memory: 'plain' | 'shared') => {
    const base64 = btoa(String.fromCharCode(...ringKernel(memory)));
    return (base64.match(/.{1,100}/g) ?? []).map((line) => `  '${line}'`).join(' +\n');
  };
  return `/**
 * The compiled kernel of the ring index. Written by \`node tools/build-wasm.ts\` from \`assembly/ring-kernel.ts\`; do not
 * change it by hand: a test assembles it again and compares.
 * @module
 */

/** The module's bytes in base64 (RFC 4648, section 4), over a memory of its own. */
export const RING_KERNEL_BASE64: string =
${literal('plain')};

/** The same over a memory that several threads share. */
export const RING_KERNEL_SHARED_BASE64: string =
${literal('shared')};
`;
}
