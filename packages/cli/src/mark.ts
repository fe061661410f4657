/**
 * `reclaim mark`: one marked copy of a picture for each recipient, and the registry that can tell them apart later.
 * Nothing leaves this machine.
 *
 * Order of things: copies are made and written under draft names, the registry is written, then the copies get their
 * names. So no copy exists under its name that the registry does not know, whenever this is broken off.
 * @module
 */

import { randomBytes } from 'node:crypto';
import { access, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { decodeImage } from '@reclaim/decode/decode-image';
import { sha256 } from '@reclaim/fingerprint/sha256';
import type { Pixels } from '@reclaim/raster/pixels';
import { timestampQuery } from '@reclaim/vault/timestamp/timestamp-query';
import { type Frame, frameOf, SHORTEST_SIDE } from '@reclaim/watermark/canonical';
import { codeKey, orderKey, orderOf } from '@reclaim/watermark/code';
import { markCopy, PSNR_DB } from '@reclaim/watermark/mark';
import { newRegistry, type Registry, type RegistryCopy, withEntry } from '@reclaim/watermark/registry';
import { FEWEST_KEYPOINTS, traceFeatures } from '@reclaim/watermark/trace';
import sharp from 'sharp';
import { answerTo, type Command, counted, parseArguments, parseWhole, shownName } from './command.ts';
import { readInput } from './input-file.ts';
import { isEmpty, type KeptExif, keptExif } from './kept-exif.ts';
import { encodeMarked, type MarkedFormat } from './marked-file.ts';
import { reasonInWords } from './picture.ts';
import { fileProblem, Problem } from './problem.ts';
import { Progress } from './progress.ts';
import { readRecipients } from './recipient-list.ts';
import { readRegistry, writeRegistry } from './registry-file.ts';
import { type ExitStatus, printable, type Terminal } from './terminal.ts';

const HELP = `reclaim mark ORIGINAL --recipients FILE --out DIR
             [--registry FILE] [--format jpeg|png] [--db N]
             [--keep-metadata] [--json]

One copy of a picture for each recipient, each with an invisible mark of its
own. If a copy appears somewhere, "reclaim trace" tells which one it derives
from. The copies hold no metadata, unless you ask for it.

  --recipients FILE  one name a line; the names stay on this machine
  --out DIR          where the copies go; it must be empty or not there
  --registry FILE    the registry to add to (DIR-registry.json); it is made if
                     it is not there. Keep it and the original, in two places,
                     and never beside the copies: whoever loses either cannot
                     trace, and whoever has both can make anybody's copy
  --format           jpeg (quality 95) or png; png where the original is one
  --db N             36 to 60, how faint: ${PSNR_DB} unless said otherwise
  --keep-metadata    keep the place, the camera and the date of the original in
                     every copy, as far as its Exif says them, and nothing else
  --json             one document: { registry, entry, digest, copies }

Beside the registry it writes a question to a timestamping authority (.tsq): its
answer (.tsr) shows later that the marks were fixed before anything leaked. It
tells the authority nothing. "reclaim trace" gives no probability without one.

Exit status: 0 done, 2 it could not be done; then there is no copy.
`;

/** The command. */
export const mark: Command = { help: HELP, run: runMark };

async function runMark(argv: readonly string[], io: Terminal): Promise<ExitStatus> {
  const { options, words } = parseArguments(argv, {
    recipients: 'string',
    out: 'string',
    registry: 'string',
    format: 'string',
    db: 'string',
    'keep-metadata': 'boolean',
    json: 'boolean',
  });
  const [original, ...more] = words;
  if (original === undefined || more.length > 0)
    throw new Problem('mark expects one original; see reclaim mark --help');
  if (options.recipients === undefined || options.out === undefined)
    throw new Problem('mark expects --recipients FILE and --out DIR');
  if (options.format !== undefined && options.format !== 'jpeg' && options.format !== 'png')
    throw new Problem('--format expects jpeg or png');
  const psnrDb = options.db === undefined ? PSNR_DB : parseWhole(options.db, '--db', 36, 60);
  const out = resolve(io.cwd, options.out);
  const registryName = options.registry ?? `${options.out.replace(/[/\\]+$/, '')}-registry.json`;
  const names = await readRecipients(io, options.recipients);
  await expectRoom(out, options.out);
  const before = await registryBefore(io, registryName);
  const picture = await readOriginal(io, original, options['keep-metadata'] === true);
  const format: MarkedFormat = options.format ?? (picture.format === 'png' ? 'png' : 'jpeg');

  using progress = new Progress(io);
  const copies = await makeCopies(picture, before, names, { out, format, psnrDb, progress });
  const registry = withEntry(before, {
    at: new Date().toISOString(),
    original: picture.sha256,
    frame: [picture.frame.width, picture.frame.height],
    copies: copies.map(({ copy }) => copy),
  });
  try {
    await writeRegistry(io, registryName, registry);
  } catch (error) {
    await rm(out, { recursive: true, force: true });
    throw error;
  }
  for (const { draft, file } of copies) await rename(join(out, draft), join(out, file));
  const { digest, seq } = registry.entries[before.entries.length]!;
  const question = `${registryName.replace(/\.json$/, '')}-${seq + 1}.tsq`;
  await writeFile(resolve(io.cwd, question), timestampQuery(digest, randomBytes(8)));

  progress.clear();
  const answer = answerTo(io, options.json === true);
  answer.line(`${counted(copies.length, 'copy').replace(/copys$/, 'copies')} in ${printable(options.out)}:`);
  for (const { file, copy } of copies)
    answer.line(`  ${file}  ${copy.psnrDb!.toFixed(1)} dB  ${printable(copy.name)}`);
  answer.line(`registry  ${printable(registryName)}  (keep it, and the original; not beside the copies)`);
  answer.line(`digest    ${digest}`);
  answer.line(`question  ${printable(question)}  (for a timestamping authority, before you send a copy)`);
  answer.document({
    registry: registryName,
    entry: seq + 1,
    digest,
    question,
    copies: copies.map(({ file, copy }) => ({
      file,
      name: copy.name,
      psnrDb: copy.psnrDb,
      sha256: copy.file,
    })),
  });
  return 0;
}

type Original = {
  readonly pixels: Pixels;
  readonly frame: Frame;
  readonly sha256: string;
  readonly format: string;
  /** Place, camera and date; absent where nobody asked, or its file says nothing of them. */
  readonly exif: KeptExif | undefined;
};

async function readOriginal(io: Terminal, name: string, keepMetadata: boolean): Promise<Original> {
  const shown = shownName(name);
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    bytes = await readInput(io, name);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    throw new Problem(`${shown}: ${error.message}`, { cause: error });
  }
  const decoded = await decodeImage(bytes);
  if (!decoded.ok) throw new Problem(`${shown}: ${reasonInWords(decoded.reason)}`);
  if (decoded.damaged) throw new Problem(`${shown}: the file is damaged; mark a whole one`);
  const framed = frameOf(decoded.pixels);
  if (!framed.ok)
    throw new Problem(`${shown}: the picture is smaller than ${SHORTEST_SIDE} pixels on one side`);
  if (traceFeatures(framed.frame).count < FEWEST_KEYPOINTS)
    throw new Problem(`${shown}: the picture shows too little to recognise a copy of it by`);
  return {
    pixels: decoded.pixels,
    frame: framed.frame,
    sha256: await sha256(bytes),
    format: decoded.format,
    exif: keepMetadata ? await exifOf(bytes) : undefined,
  };
}

async function exifOf(bytes: Uint8Array): Promise<KeptExif | undefined> {
  const exif = await sharp(bytes)
    .metadata()
    .then(
      (metadata) => metadata.exif,
      () => undefined,
    );
  const kept = exif === undefined ? undefined : keptExif(exif);
  return kept === undefined || isEmpty(kept) ? undefined : kept;
}

async function expectRoom(path: string, name: string): Promise<void> {
  try {
    if ((await readdir(path)).length > 0)
      throw new Problem(`${shownName(name)}: this folder is not empty; a copy could be taken for another`);
  } catch (error) {
    if (error instanceof Problem) throw error;
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT')
      throw new Problem(`${shownName(name)}: ${fileProblem(error)}`, { cause: error });
  }
}

/** The registry to add to; a new one only where nothing is there yet. */
async function registryBefore(io: Terminal, name: string): Promise<Registry> {
  const path = resolve(io.cwd, name);
  const there = await access(path).then(
    () => true,
    (error: NodeJS.ErrnoException) => error.code !== 'ENOENT',
  );
  return there ? readRegistry(io, name) : newRegistry(new Uint8Array(randomBytes(32)));
}

type MadeCopy = { readonly draft: string; readonly file: string; readonly copy: RegistryCopy };

async function makeCopies(
  { pixels, frame, sha256: original, exif }: Original,
  registry: Registry,
  names: readonly string[],
  how: {
    readonly out: string;
    readonly format: MarkedFormat;
    readonly psnrDb: number;
    readonly progress: Progress;
  },
): Promise<readonly MadeCopy[]> {
  const secret = Buffer.from(registry.secret, 'hex');
  const id = Buffer.from(original, 'hex');
  const order = orderOf(orderKey(secret, id), frame.strength.length);
  const digits = Math.max(2, String(names.length).length);
  await mkdir(how.out, { recursive: true });
  const made: MadeCopy[] = [];
  try {
    for (const [at, name] of names.entries()) {
      how.progress.show(`copy ${at + 1} of ${names.length}`);
      const recipient = randomBytes(16);
      const marked = markCopy(pixels, frame, codeKey(secret, id, recipient), order, how.psnrDb);
      const bytes = await encodeMarked(marked.pixels, how.format, exif);
      // The name of a file must not say whose copy it is: it travels with the copy.
      const file = `copy-${String(at + 1).padStart(digits, '0')}.${how.format === 'png' ? 'png' : 'jpg'}`;
      const draft = `${file}.new`;
      await writeFile(join(how.out, draft), bytes, { flag: 'wx', mode: 0o600 });
      made.push({
        draft,
        file,
        copy: {
          recipient: recipient.toString('hex'),
          name,
          salt: randomBytes(32).toString('hex'),
          file: await sha256(bytes),
          strength: marked.strength,
          psnrDb: Number.isFinite(marked.psnrDb) ? marked.psnrDb : null,
        },
      });
    }
    return made;
  } catch (error) {
    await rm(how.out, { recursive: true, force: true });
    throw new Problem('the copies could not be written; none was kept', { cause: error });
  }
}
