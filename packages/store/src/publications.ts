/**
 * What the organisation published: a row for each version of its terms and its reports, with the SHA-256 of every file. A
 * version is never changed; a correction is another version that names it. Kept at least five years and never erased by
 * itself (Implementing Regulation (EU) 2024/2835, Annex II, part I, section 5); none holds a word of a person.
 * @module
 */

import { randomBytes } from 'node:crypto';
import { parseUtcMs } from '@reclaim/casework/instant';
import type { PublicationRequest, WirePublication } from '@reclaim/casework/wire-publication';
import { type Actor, appendEvents } from './event-log.ts';
import type { Store } from './store.ts';

/** Writes a version down; `undefined` where it corrects one that is not there. */
export async function notePublication(
  store: Store,
  by: Actor,
  { files, url, corrects, ...rest }: PublicationRequest,
): Promise<WirePublication | undefined> {
  const id = `pub_${randomBytes(16).toString('hex')}`;
  const now = store.now();
  const written = await store.transaction(async (trx) => {
    if (corrects !== undefined) {
      const known = await trx
        .selectFrom('publication')
        .select('kind')
        .where('id', '=', corrects)
        .executeTakeFirst();
      if (known?.kind !== rest.kind) return false;
    }
    const digests = Object.fromEntries(files.map(({ name, sha256 }) => [name, sha256]));
    const data = { publicationId: id, kind: rest.kind, publishedOn: rest.publishedOn, files: digests };
    await appendEvents(trx, now, by, [
      { type: 'published', subject: id, data: { ...data, ...(corrects === undefined ? {} : { corrects }) } },
    ]);
    await trx
      .insertInto('publication')
      .values({
        id,
        kind: rest.kind,
        title: rest.title,
        published_on: rest.publishedOn,
        url: url ?? null,
        files: JSON.stringify(files),
        corrects: corrects ?? null,
        note: rest.note,
        noted_at: now,
      })
      .execute();
    return true;
  });
  return written ? (await listPublications(store)).find((each) => each.id === id) : undefined;
}

/** Every version, the newest first. */
export async function listPublications(store: Store): Promise<WirePublication[]> {
  const rows = await store.db
    .selectFrom('publication')
    .selectAll()
    .orderBy('published_on', 'desc')
    .orderBy('noted_at', 'desc')
    .execute();
  return rows.map((row) => {
    const later = rows.find(({ corrects }) => corrects === row.id);
    return {
      id: row.id,
      kind: row.kind,
      title: row.title,
      publishedOn: row.published_on,
      ...(row.url === null ? {} : { url: row.url }),
      files: row.files.map(({ name, sha256 }) => ({ name, sha256 })),
      ...(row.corrects === null ? {} : { corrects: row.corrects }),
      ...(later === undefined ? {} : { correctedBy: later.id }),
      note: row.note,
      notedAt: parseUtcMs(row.noted_at),
    };
  });
}
