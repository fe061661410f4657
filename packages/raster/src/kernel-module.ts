/**
 * A WebAssembly module that a room carries in its own source, brought to life: compiled at first use, fetched from nowhere.
 *
 * It runs where WebAssembly with SIMD does and nobody forbids it: a page needs `script-src 'wasm-unsafe-eval'`. Where it
 * does not, the answer is `none`, and the caller has the same sums in TypeScript.
 * @module
 */

/** The memory of a module, as far as it is used here. */
export type KernelMemory = { readonly buffer: ArrayBuffer; readonly grow: (pages: number) => number };

/** The part of `globalThis.WebAssembly` that is used here: Node's types do not have it. */
export type WebAssemblyApi = {
  readonly Module: new (bytes: Uint8Array<ArrayBuffer>) => object;
  readonly Instance: new (module: object) => { readonly exports: unknown };
};

/** Bytes of a page of WebAssembly's memory. */
const PAGE = 65_536;

/** WebAssembly of this machine or page, if there is any. */
export function webAssembly(): WebAssemblyApi | undefined {
  return (globalThis as { readonly WebAssembly?: WebAssemblyApi }).WebAssembly;
}

/**
 * The exports of a module whose bytes are `base64`. `none` without WebAssembly, without SIMD, without the page's leave, or
 * on a big-endian machine. What the exports are is the caller's knowledge.
 */
export function compileModule<Exports>(base64: string, api: WebAssemblyApi | undefined): Exports | 'none' {
  // The memory is little-endian by definition, an array's view of it is the machine's.
  const littleEndian = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1;
  if (api === undefined || !littleEndian) return 'none';
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  try {
    return new api.Instance(new api.Module(bytes)).exports as Exports;
  } catch {
    // An old engine or a strict policy costs time and nothing else: TypeScript has the same sums.
    return 'none';
  }
}

/** Makes the memory at least `bytes` long. Views of it that were taken before are dead then. */
export function growTo(memory: KernelMemory, bytes: number): void {
  const missing = Math.ceil(bytes / PAGE) - memory.buffer.byteLength / PAGE;
  if (missing > 0) memory.grow(missing);
}
