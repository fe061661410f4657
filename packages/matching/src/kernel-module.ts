/**
 * The compiled ring kernel, and what of WebAssembly is used here: neither Node's types nor a page's have it in both places.
 *
 * It runs where WebAssembly with SIMD does and nobody forbids it: a page needs `script-src 'wasm-unsafe-eval'`. The module is
 * a few kilobytes in the script itself, compiled at first use; nothing is fetched.
 * @module
 */

import { RING_KERNEL_BASE64, RING_KERNEL_SHARED_BASE64 } from './ring-kernel-bytes.ts';

/** Whether a memory is one thread's or several threads'. */
export type Sharing = 'plain' | 'shared';

/** A WebAssembly memory. */
export type KernelMemory = {
  readonly buffer: ArrayBufferLike;
  readonly grow: (pages: number) => number;
};

/** The routines of the kernel; `assembly/` says what they do. */
export type KernelRoutines = {
  readonly permute: (from: number, count: number, table: number, to: number) => void;
  readonly ring: (parameters: number) => void;
  readonly look: (parameters: number, from: number, to: number) => void;
  readonly sort: (
    rows: number,
    count: number,
    band: number,
    starts: number,
    startsEnd: number,
    rowPlane: number,
    line: number,
    shift: number,
  ) => number;
  readonly coarse: (rows: number, count: number, counts: number) => void;
  readonly part: (
    rows: number,
    count: number,
    offset: number,
    next: number,
    cursors: number,
    first: number,
    width: number,
  ) => void;
  readonly settle: (
    from: number,
    to: number,
    starts: number,
    rank: number,
    rowPlane: number,
    line: number,
    shift: number,
    counts: number,
  ) => number;
};

type WebAssemblyApi = {
  readonly Module: new (bytes: Uint8Array<ArrayBuffer>) => object;
  readonly Instance: new (
    module: object,
    imports: { readonly m: { readonly memory: KernelMemory } },
  ) => { readonly exports: unknown };
  readonly Memory: new (limits: {
    readonly initial: number;
    readonly maximum?: number;
    readonly shared?: boolean;
  }) => KernelMemory;
};

/** Bytes of a page of memory, and the most pages: 4 GiB is the end of 32-bit addresses. */
export const PAGE = 65_536;
const MOST_PAGES = 65_536;

let compiled: { readonly api: WebAssemblyApi; readonly plain: object } | 'none' | undefined;
let sharedModule: object | undefined;

/** Whether the kernel can run here: WebAssembly with SIMD, leave from the page to compile, little-endian numbers. */
export function ringKernelRuns(): boolean {
  return compile() !== 'none';
}

function compile(): { readonly api: WebAssemblyApi; readonly plain: object } | 'none' {
  if (compiled !== undefined) return compiled;
  compiled = 'none';
  const api = (globalThis as object as { readonly WebAssembly?: WebAssemblyApi }).WebAssembly;
  // The memory is little-endian by definition, an array's view of it is the machine's.
  const littleEndian = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1;
  if (api === undefined || !littleEndian) return compiled;
  try {
    compiled = { api, plain: new api.Module(bytesOf(RING_KERNEL_BASE64)) };
  } catch {
    // No SIMD, or a policy against compiling: the multi-index answers the same.
  }
  return compiled;
}

function compiledOrThrow(): { readonly api: WebAssemblyApi; readonly plain: object } {
  const found = compile();
  if (found === 'none') throw new TypeError('index: expected WebAssembly with SIMD');
  return found;
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
}

/**
 * A memory of `bytes`, all zeros.
 * @throws {TypeError} where the kernel cannot run, or memory cannot be shared
 * @throws {RangeError} where there is no such memory
 */
export function makeKernelMemory(bytes: number, sharing: Sharing): KernelMemory {
  const { api } = compiledOrThrow();
  const pages = Math.ceil(bytes / PAGE);
  if (pages > MOST_PAGES) throw new RangeError('index: expected a segment that 4 GiB of memory can hold');
  try {
    return new api.Memory(
      sharing === 'shared' ? { initial: pages, maximum: MOST_PAGES, shared: true } : { initial: pages },
    );
  } catch (cause) {
    throw new RangeError('index: expected memory for a segment, and there is none left', { cause });
  }
}

/**
 * The routines over a memory.
 * @throws {TypeError} where the kernel cannot run
 */
export function kernelOver(memory: KernelMemory, sharing: Sharing): KernelRoutines {
  const { api, plain } = compiledOrThrow();
  if (sharing === 'shared') sharedModule ??= new api.Module(bytesOf(RING_KERNEL_SHARED_BASE64));
  const module = sharing === 'shared' ? sharedModule! : plain;
  return new api.Instance(module, { m: { memory } }).exports as KernelRoutines;
}
