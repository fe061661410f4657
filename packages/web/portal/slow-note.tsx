/**
 * What is said while a step takes long because the browser compiles no WebAssembly: Tor Browser at "Safer", and other
 * hardened modes. Without it a minute of silence looks like a page that has stopped.
 * @module
 */

import { compilesWebAssembly } from '@reclaim/vault/bare-browser';
import { useMemo } from 'preact/hooks';
import { useVisit } from './visit.ts';

/** The note, while `busy` in such a browser; else an empty status that a screen reader knows already. */
export function SlowNote({ busy }: { readonly busy: boolean }) {
  const { words } = useVisit();
  const bare = useMemo(() => !compilesWebAssembly(), []);
  return <p role="status">{busy && bare ? words.code.slow : ''}</p>;
}
