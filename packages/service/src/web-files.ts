/**
 * The built web in memory: every file of `packages/web/dist`, read once at start.
 *
 * A request names a key of this map or nothing, so no path of a request ever reaches the file system. Each file is
 * compressed when it is first asked for (RFC 7932 `br`, RFC 1952 `gzip`) and kept so; the files are public and the
 * same for everybody, so compressing them tells nothing of anybody.
 * @module
 */

import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

/** Types by ending; a file with another ending is served as bytes. */
const TYPES: Readonly<Record<string, string>> = Object.freeze({
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
});

/** Endings of files that are compressed already. */
const DENSE = new Set(['.png', '.webp', '.woff2']);

/** Above this the better compression would keep a first visitor waiting, bytes; below the other the best does not. */
const SLOW_BYTES = 512 * 1024;
const SMALL_BYTES = 80 * 1024;

/** What a browser may be sent: plain or compressed. */
export type Encoding = 'br' | 'gzip' | 'identity';

/** One file. `bytes` answers it in an encoding, made once. */
export type WebFile = {
  readonly type: string;
  readonly dense: boolean;
  readonly bytes: (encoding: Encoding) => Promise<Buffer>;
};

/** The files by their path below the folder, with `/` between. */
export type WebFiles = ReadonlyMap<string, WebFile>;

/** Where the web of this house is built to, or `undefined` where its package is not installed. */
export function builtWeb(): string | undefined {
  try {
    const manifest = createRequire(import.meta.url).resolve('@reclaim/web/package.json');
    return path.join(path.dirname(manifest), 'dist');
  } catch {
    return undefined;
  }
}

/** Reads a folder; `undefined` where it is not there. Source maps are left out: nobody needs them on a public page. */
export async function readWeb(folder: string): Promise<WebFiles | undefined> {
  let entries: Awaited<ReturnType<typeof list>>;
  try {
    entries = await list(folder);
  } catch (error) {
    if ((error as { readonly code?: string }).code === 'ENOENT') return undefined;
    throw error;
  }
  const files = new Map<string, WebFile>();
  for (const entry of entries) {
    if (!entry.isFile() || entry.name.endsWith('.map')) continue;
    const file = path.join(entry.parentPath, entry.name);
    files.set(
      path.relative(folder, file).split(path.sep).join('/'),
      webFile(entry.name, await readFile(file)),
    );
  }
  return files;
}

function list(folder: string) {
  return readdir(folder, { recursive: true, withFileTypes: true });
}

function webFile(name: string, plain: Buffer): WebFile {
  const ending = path.extname(name).toLowerCase();
  const made = new Map<Encoding, Promise<Buffer>>([['identity', Promise.resolve(plain)]]);
  return {
    type: TYPES[ending] ?? 'application/octet-stream',
    dense: DENSE.has(ending),
    bytes: (encoding) => {
      let bytes = made.get(encoding);
      if (bytes === undefined) {
        bytes = compress(plain, encoding);
        made.set(encoding, bytes);
      }
      return bytes;
    },
  };
}

async function compress(plain: Buffer, encoding: Encoding): Promise<Buffer> {
  switch (encoding) {
    case 'br': {
      if (plain.length > SMALL_BYTES) return brotli(plain, plain.length > SLOW_BYTES ? 6 : 10);
      // The two modes guess otherwise how to cut a file into blocks: neither is the better one always.
      const [one, other] = await Promise.all([
        brotli(plain, 11),
        brotli(plain, 11, constants.BROTLI_MODE_FONT),
      ]);
      return one.length <= other.length ? one : other;
    }
    case 'gzip':
      return promisify(gzip)(plain, { level: 9 });
    case 'identity':
      return plain;
    default: {
      const never: never = encoding;
      return never;
    }
  }
}

function brotli(plain: Buffer, quality: number, mode = constants.BROTLI_MODE_GENERIC): Promise<Buffer> {
  return promisify(brotliCompress)(plain, {
    params: { [constants.BROTLI_PARAM_QUALITY]: quality, [constants.BROTLI_PARAM_MODE]: mode },
  });
}

/** The best encoding of those that a request's Accept-Encoding names (RFC 9110 section 12.5.3). */
export function encodingFor(accepted: string | undefined): Encoding {
  const named = new Set<string>();
  for (const part of (accepted ?? '').toLowerCase().split(',')) {
    const [name = '', ...parameters] = part.split(';').map((text) => text.trim());
    if (!parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter))) named.add(name);
  }
  if (named.has('br')) return 'br';
  return named.has('gzip') ? 'gzip' : 'identity';
}
