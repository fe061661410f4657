/**
 * What goes into a package and under which name: the folders of the items, the notices with their replies, and what is
 * left out.
 * @module
 */

import { type AdultItem, type EvidenceItem, filesOf, type ItemFile } from '../evidence/evidence-item.ts';
import type { EvidenceRecord } from '../evidence/evidence-record.ts';
import { type ByteSource, memorySource } from './file-digest.ts';
import { type PackagePath, parsePackagePath, plainExtension } from './package-path.ts';

/** A file that was sealed to somebody: age ciphertext in place of the file. */
export type SealedFile = { readonly source: ByteSource };

/** The bytes at hand, by the SHA-256 of the file as it was. */
export type FilesAtHand = {
  readonly plain: ReadonlyMap<string, ByteSource>;
  readonly sealed: ReadonlyMap<string, SealedFile>;
};

/** A file of the plan: where it goes, what it is, and where its bytes come from. */
export type PlannedFile = {
  readonly item: EvidenceItem;
  readonly file: ItemFile;
  readonly placed:
    | { readonly form: 'plain' | 'age'; readonly path: PackagePath; readonly source: ByteSource }
    | { readonly form: 'left-out' };
};

/**
 * Plans the files of some items. `originals` says what happens to the originals of pictures whose bytes are at hand: left
 * out (their digest stays) or put in openly; a sealed one goes in sealed whatever it says.
 */
export function planFiles(
  record: EvidenceRecord,
  items: readonly EvidenceItem[],
  files: FilesAtHand,
  originals: 'left-out' | 'open',
): readonly PlannedFile[] {
  const folders = foldersOf(items);
  const taken = new Set<string>();
  return items.flatMap((item) =>
    filesOf(item).map((file): PlannedFile => {
      const sealed = files.sealed.get(file.sha256);
      const text = record.texts[file.sha256];
      const plain =
        text === undefined ? files.plain.get(file.sha256) : memorySource(new TextEncoder().encode(text));
      const picture = file.role === 'original' && isPicture(file);
      const path = freePath(folders.get(item.id)!, file, taken);
      if (sealed !== undefined)
        return {
          item,
          file,
          placed: { form: 'age', path: parsePackagePath(`${path}.age`), source: sealed.source },
        };
      if (plain === undefined || (picture && originals === 'left-out'))
        return { item, file, placed: { form: 'left-out' } };
      return { item, file, placed: { form: 'plain', path, source: plain } };
    }),
  );
}

/** Whether a file is a picture or a film: what is never put into a package without being asked. */
export function isPicture({ mediaType }: Pick<ItemFile, 'mediaType'>): boolean {
  return mediaType.startsWith('image/') || mediaType.startsWith('video/');
}

/** The folder of each item: notices are numbered, and a reply lies with the notice that it answers. */
function foldersOf(items: readonly EvidenceItem[]): ReadonlyMap<string, string> {
  const notices = items.filter((item): item is AdultItem => item.kind === 'notice');
  const numbers = new Map(notices.map(({ id }, at) => [id, String(at + 1).padStart(3, '0')]));
  return new Map(
    items.map((item) => {
      const answered = item.kind === 'reply' ? item.notices.find((id) => numbers.has(id)) : undefined;
      const number = numbers.get(answered ?? item.id);
      return [item.id, number === undefined ? `items/${item.id}` : `notices/${number}`];
    }),
  );
}

function freePath(folder: string, file: ItemFile, taken: Set<string>): PackagePath {
  const end = plainExtension(file.name);
  for (let n = 1; ; n++) {
    const path = `${folder}/${file.role}${n === 1 ? '' : `-${n}`}${end}`;
    if (taken.has(path)) continue;
    taken.add(path);
    return parsePackagePath(path);
  }
}
