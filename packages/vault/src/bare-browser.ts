/**
 * Whether WebAssembly can be had here. Tor Browser at "Safer" and Firefox's and Chromium's hardened modes take it away;
 * so does a page's policy without `wasm-unsafe-eval`. The person's way must go on there, only slower.
 * @module
 */

/** The eight bytes of an empty module (WebAssembly Core 1.0, section 5.5.16): magic and version. */
const EMPTY_MODULE = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);

/** The part of `globalThis.WebAssembly` that is asked: Node's types do not have it. */
type Compiler = { readonly Module: new (bytes: Uint8Array) => object };

/** True where a module can be compiled now. Asked by compiling one: a policy forbids that while the name is still there. */
export function compilesWebAssembly(): boolean {
  const compiler = (globalThis as { readonly WebAssembly?: Compiler }).WebAssembly;
  if (compiler === undefined) return false;
  try {
    new compiler.Module(EMPTY_MODULE);
    return true;
  } catch {
    return false;
  }
}
