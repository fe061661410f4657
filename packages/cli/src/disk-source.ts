/**
 * Files of the disk as sources that are read in part: a package of gigabytes needs no memory of its size.
 * @module
 */

import { type FileHandle, lstat, open, opendir } from 'node:fs/promises';
import { join } from 'node:path';
import type { ByteSource } from '@reclaim/vault/package/file-digest';
import { fileProblem, Problem } from './problem.ts';

/** Files of a folder, at most: what a package can hold. */
const MAX_FILES = 4_000;

/** Folders inside one another, at most. */
const MAX_DEPTH = 6;

/** A file that is open while it is read. */
export type DiskSource = ByteSource & { readonly close: () => Promise<void> };

/**
 * Opens a file.
 * @throws {Problem} for one that is not there, may not be read, or is no plain file
 */
export async function openDiskSource(path: string): Promise<DiskSource> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(path, 'r');
    const file = handle;
    const info = await file.stat();
    if (!info.isFile()) throw new Problem('a plain file is expected here');
    return {
      size: info.size,
      close: () => file.close(),
      read: async (start, end) => {
        const bytes = new Uint8Array(end - start);
        let at = 0;
        while (at < bytes.length) {
          const { bytesRead } = await file.read(bytes, at, bytes.length - at, start + at);
          if (bytesRead === 0) break;
          at += bytesRead;
        }
        return bytes.subarray(0, at);
      },
    };
  } catch (error) {
    await handle?.close();
    throw error instanceof Problem ? error : new Problem(fileProblem(error), { cause: error });
  }
}

/**
 * A file as a source that opens it for each reading: for many files of which each is read once or twice.
 * @throws {Problem} as `openDiskSource`
 */
export function lazySource(path: string, size: number): ByteSource {
  return {
    size,
    read: async (start, end) => {
      const source = await openDiskSource(path);
      try {
        return await source.read(start, end);
      } finally {
        await source.close();
      }
    },
  };
}

/**
 * The files below a folder by their paths with `/`. Links are not followed: a folder that somebody sent could lead
 * anywhere.
 * @throws {Problem} for a link, for more than 4,000 files, and for folders nested deeper than packages are
 */
export async function folderSources(root: string): Promise<ReadonlyMap<string, ByteSource>> {
  const files = new Map<string, ByteSource>();
  const walk = async (folder: string, prefix: string, depth: number): Promise<void> => {
    if (depth > MAX_DEPTH) throw new Problem('this folder is nested deeper than a package is');
    try {
      for await (const { name } of await opendir(folder)) {
        const path = join(folder, name);
        const info = await lstat(path);
        if (info.isDirectory()) await walk(path, `${prefix}${name}/`, depth + 1);
        else if (!info.isFile())
          throw new Problem('this folder holds a link; a package holds plain files only');
        else if (files.size >= MAX_FILES)
          throw new Problem('this folder holds more files than a package can');
        else files.set(`${prefix}${name}`, lazySource(path, info.size));
      }
    } catch (error) {
      throw error instanceof Problem ? error : new Problem(fileProblem(error), { cause: error });
    }
  };
  await walk(root, '', 0);
  return files;
}
