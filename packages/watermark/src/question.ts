/**
 * The question that a trace asks: an original, and every copy of it that a registry knows. One original may have been
 * shared more than once; then all its sharings are asked about together, and count together in the bound.
 * @module
 */

import { hexToBytes } from '@noble/hashes/utils.js';
import type { Frame } from './canonical.ts';
import { codeKey, orderKey, orderOf } from './code.ts';
import type { Registry, RegistryCopy, RegistryEntry } from './registry.ts';
import { type Candidate, type Traced, traceFeatures } from './trace.ts';

/** A copy, and the sharing that it was of. */
export type Registered = { readonly copy: RegistryCopy; readonly entry: RegistryEntry };

/** What is needed to trace any number of suspects. */
export type Question = {
  readonly ok: true;
  readonly traced: Traced;
  readonly entries: readonly RegistryEntry[];
  readonly candidates: readonly Candidate<Registered>[];
};

/** `not-registered`: no entry is of this file. `other-size`: an entry is, and says another size than the picture has. */
export type NoQuestion = { readonly ok: false; readonly reason: 'not-registered' | 'other-size' };

/**
 * The question about an original.
 * @param original the SHA-256 of its file, 64 hex digits
 * @param frame the frame of its pixels
 */
export function questionOf(registry: Registry, original: string, frame: Frame): Question | NoQuestion {
  const { entries: all, secret } = registry;
  const entries = all.filter((entry) => entry.original === original);
  if (entries.length === 0) return { ok: false, reason: 'not-registered' };
  if (entries.some(({ frame: [width, height] }) => width !== frame.width || height !== frame.height))
    return { ok: false, reason: 'other-size' };
  const key = hexToBytes(secret);
  const id = hexToBytes(original);
  return {
    ok: true,
    traced: {
      frame,
      features: traceFeatures(frame),
      order: orderOf(orderKey(key, id), frame.strength.length),
    },
    entries,
    candidates: entries.flatMap((entry) =>
      entry.copies.map((copy) => ({
        recipient: { copy, entry },
        key: codeKey(key, id, hexToBytes(copy.recipient)),
        strength: copy.strength,
      })),
    ),
  };
}
