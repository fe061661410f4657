/**
 * The wire of what an organisation published: its terms and its transparency reports, each version with the SHA-256 of its
 * files and its day.
 *
 * Implementing Regulation (EU) 2024/2835: every version of a report stays public for at least five years, and a correction
 * is marked as one. The files themselves lie where the organisation publishes; what is kept here is what they can be held to.
 * @module
 */

import * as z from 'zod/mini';
import { wireInstant } from './wire.ts';
import { wireDay } from './wire-statement-choice.ts';

/** What is published. */
export const PUBLICATION_KINDS = Object.freeze(['terms', 'transparency-report'] as const);

/** A publication's id on the wire. */
export const wirePublicationId = z.string().check(z.regex(/^pub_[0-9a-f]{32}$/));

const line = (most: number) =>
  z.string().check(z.minLength(1), z.maxLength(most), z.regex(/^[^\p{Cc}\p{Cs}]*$/u), z.regex(/\S/));

/** A version to be written down. `corrects`: the version that it takes the place of; both stay. */
export const wirePublicationRequest = z.strictObject({
  kind: z.enum(PUBLICATION_KINDS),
  title: line(200),
  publishedOn: wireDay,
  /** Where it can be read. */
  url: z.optional(z.string().check(z.maxLength(500), z.regex(/^https?:\/\/[\x21-\x7e]+$/))),
  files: z
    .array(z.strictObject({ name: line(120), sha256: z.string().check(z.regex(/^[0-9a-f]{64}$/)) }))
    .check(z.minLength(1), z.maxLength(20)),
  corrects: z.optional(wirePublicationId),
  /** What changed. */
  note: z._default(z.string().check(z.maxLength(1_000), z.regex(/^[^\0\p{Cs}]*$/u)), ''),
});

/** A version. `correctedBy` is there once a later one corrects it. */
export const wirePublication = z.object({
  id: wirePublicationId,
  kind: z.enum(PUBLICATION_KINDS),
  title: z.string(),
  publishedOn: z.string(),
  url: z.optional(z.string()),
  files: z.array(z.object({ name: z.string(), sha256: z.string() })),
  corrects: z.optional(z.string()),
  correctedBy: z.optional(z.string()),
  note: z.string(),
  notedAt: wireInstant,
});

/** Every version, the newest first. */
export const wirePublications = z.object({ publications: z.array(wirePublication) });

/** A version as it is written down, parsed. */
export type PublicationRequest = z.infer<typeof wirePublicationRequest>;
/** A version as it is answered. */
export type WirePublication = z.infer<typeof wirePublication>;
