/**
 * What `reclaim evidence pack` is given: a JSON text that describes items, with the names of their files beside it.
 *
 *     { "language": "en", "zone": "Europe/Madrid", "jurisdictions": ["ES"], "contactRoute": "…", "to": "Police, station 4",
 *       "items": [
 *         { "kind": "screenshot", "files": [{ "role": "original", "path": "a.png" }], "source": "https://…",
 *           "handle": "@…", "shownTime": "3 Jan, 14:02", "notes": "…" },
 *         { "kind": "hand-over", "age": "under-18", "link": "https://…", "handle": "@…" } ] }
 *
 * Only `items` must be there. An item takes the fields of the manifest by their names; `source` and `shownTime` may be plain
 * texts. Of an item of kind `hand-over` nothing else is read, and no file is opened.
 * @module
 */

import { join } from 'node:path';
import type { ItemFile } from '@reclaim/vault/evidence/evidence-item';
import type { Told } from '@reclaim/vault/evidence/new-item';
import { Problem } from './problem.ts';

/** A file that an item names: where it is, and what the item says of it. */
export type NamedFile = Pick<ItemFile, 'role' | 'mediaType' | 'name'> & { readonly path: string };

/** An item as it was described. */
export type DescribedItem =
  | { readonly kind: 'adult'; readonly told: Omit<Told, 'files'>; readonly files: readonly NamedFile[] }
  | {
      readonly kind: 'hand-over';
      readonly age: 'under-18' | 'not-sure';
      readonly link: string;
      readonly handle: string | undefined;
    };

/** A description. */
export type EvidenceDescription = {
  readonly language: string;
  readonly zone: string;
  readonly jurisdictions: readonly string[];
  readonly contactRoute: string | undefined;
  readonly to: string | undefined;
  readonly items: readonly DescribedItem[];
};

/** Media types by the end of a name; what is not here is `application/octet-stream`. */
const TYPES: Readonly<Record<string, string>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  webp: 'image/webp',
  gif: 'image/gif',
  heic: 'image/heic',
  mp4: 'video/mp4',
  mov: 'video/quicktime',
  webm: 'video/webm',
  txt: 'text/plain',
  html: 'text/html',
  json: 'application/json',
  pdf: 'application/pdf',
  eml: 'message/rfc822',
  wacz: 'application/wacz',
};

/**
 * Reads a description; names of files are found from `folder`. The items' own fields are checked when they are made.
 * @throws {Problem} saying which item has not the form; values are not repeated
 */
export function readDescription(text: string, folder: string): EvidenceDescription {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new Problem('the description is not JSON', { cause: error });
  }
  const fields = recordOf(value, 'the description');
  const known = ['language', 'zone', 'jurisdictions', 'contactRoute', 'to', 'items'];
  for (const name of Object.keys(fields))
    if (!known.includes(name)) throw new Problem(`the description expects only ${known.join(', ')}`);
  const { items, jurisdictions } = fields;
  if (jurisdictions !== undefined && (!Array.isArray(jurisdictions) || jurisdictions.length > 20))
    throw new Problem('jurisdictions expects a list of at most 20');
  if (!Array.isArray(items) || items.length === 0)
    throw new Problem('the description expects a list of items');
  return {
    language: textOf(fields['language'], 'language', 20) ?? 'en',
    zone: textOf(fields['zone'], 'zone', 60) ?? 'UTC',
    jurisdictions: Array.isArray(jurisdictions)
      ? jurisdictions.map((each) => textOf(each, 'jurisdictions', 20) ?? '')
      : [],
    contactRoute: textOf(fields['contactRoute'], 'contactRoute', 400),
    to: textOf(fields['to'], 'to', 200),
    items: items.map((item: unknown, at) => readDescribed(item, at + 1, folder)),
  };
}

function readDescribed(value: unknown, number: number, folder: string): DescribedItem {
  const fields = recordOf(value, `item ${number}`);
  if (fields['kind'] === 'hand-over') {
    const { age, link, handle, ...more } = fields;
    if (
      Object.keys(more).length > 1 ||
      typeof link !== 'string' ||
      (age !== 'under-18' && age !== 'not-sure')
    )
      throw new Problem(`item ${number} expects kind, age, link and handle, and nothing else`);
    return { kind: 'hand-over', age, link, handle: textOf(handle, `item ${number}: handle`) };
  }
  // Everything but a hand-over is of adults: who cannot say so may describe no file.
  const { files = [], source, shownTime, age = 'adult', ...told } = fields;
  if (age !== 'adult')
    throw new Problem(`item ${number} may show somebody under 18: expected kind hand-over`);
  if (!Array.isArray(files)) throw new Problem(`item ${number} expects a list of files`);
  return {
    kind: 'adult',
    told: {
      ...(told as Omit<Told, 'files'>),
      ...(typeof source === 'string' ? { source: { typed: source, resolved: null, redirects: [] } } : {}),
      ...(typeof source === 'object' ? { source: source as NonNullable<Told['source']> } : {}),
      ...(typeof shownTime === 'string' ? { shownTime: { verbatim: shownTime, at: null, zone: null } } : {}),
      ...(typeof shownTime === 'object' ? { shownTime: shownTime as NonNullable<Told['shownTime']> } : {}),
    },
    files: files.map((file: unknown) => {
      const { role = 'original', path, mediaType } = recordOf(file, `item ${number}: a file`);
      if (typeof path !== 'string' || path === '') throw new Problem(`item ${number}: a file expects a path`);
      const name = path.split(/[/\\]/).at(-1) ?? path;
      const end = /\.([A-Za-z0-9]+)$/.exec(name)?.[1]?.toLowerCase() ?? '';
      return {
        role: role as ItemFile['role'],
        name,
        path: join(folder, path),
        mediaType: typeof mediaType === 'string' ? mediaType : (TYPES[end] ?? 'application/octet-stream'),
      };
    }),
  };
}

function recordOf(value: unknown, what: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Problem(`${what} expects an object`);
  return value as Record<string, unknown>;
}

function textOf(value: unknown, what: string, most = 2_000): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string' || value === '' || value.length > most || !value.isWellFormed())
    throw new Problem(`${what} expects a text of 1 to ${most} characters`);
  return value;
}
