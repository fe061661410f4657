/**
 * `reclaim mark`: one marked copy of a picture for each recipient, and the registry that can tell them apart later.
 * Nothing leaves this machine.
 *
 * Order of things: copies are made and written under draft names, the registry is written, then the copies get their
 * names. So no copy exists under its name that the registry does not know, whenever this is broken off. A request to stop
 * takes the drafts away; only what this run has written is ever removed.
 * @module
 */

import { randomBytes } from 'node:crypto';
import { access, rename, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { decodeImage } from '@reclaim/decode/decode-image';
import { sha256 } from '@reclaim/fingerprint/sha256';
import type { Pixels } from '@reclaim/raster/pixels';
import { timestampQuery } from '@reclaim/vault/timestamp/timestamp-query';
import { type Frame, frameOf, SHORTEST_SIDE } from '@reclaim/watermark/canonical';
import { codeKey, orderKey, orderOf } from '@reclaim/watermark/code';
import { markCopy, PSNR_DB, PSNR_RANGE } from '@reclaim/watermark/mark';
import { newRegistry, type Registry, type RegistryCopy, withEntry } from '@reclaim/watermark/registry';
import { thresholdFor } from '@reclaim/watermark/score';
import { FEWEST_KEYPOINTS, type Traced, traceFeatures, traceSuspect } from '@reclaim/watermark/trace';
import sharp from 'sharp';
import { claim } from './claim.ts';
import {
  answerTo,
  type Command,
  counted,
  expectOneStdin,
  parseArguments,
  parseWhole,
  shownName,
} from './command.ts';
import { type CopiesFolder, copiesFolder, expectEmpty } from './copies-folder.ts';
import { readInput } from './input-file.ts';
import { isEmpty, type KeptExif, keptExif } from './kept-exif.ts';
import { encodeMarked, type MarkedFormat } from './marked-file.ts';
import { reasonInWords } from './picture.ts';
import { Problem, writeProblem } from './problem.ts';
import { Progress } from './progress.ts';
import { readRecipients } from './recipient-list.ts';
import { readRegistry, writeRegistry } from './registry-file.ts';
import { type StopRequest, stopRequest } from './stop-request.ts';
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
  --db N             ${PSNR_RANGE.least} to ${PSNR_RANGE.most}, how faint: ${PSNR_DB} unless said otherwise
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
  const psnrDb =
    options.db === undefined ? PSNR_DB : parseWhole(options.db, '--db', PSNR_RANGE.least, PSNR_RANGE.most);
  expectOneStdin(original, options.recipients);
  const out = resolve(io.cwd, options.out);
  const registryName = options.registry ?? `${options.out.replace(/[/\\]+$/, '')}-registry.json`;
  const names = await readRecipients(io, options.recipients);
  await expectEmpty(out, options.out);
  await expectFolderOf(io, registryName);
  using stop = stopRequest(io, 'stopped; no copy was kept');
  await using _registryClaim = await claim(resolve(io.cwd, registryName), shownName(registryName));
  const before = await registryBefore(io, registryName);
  using progress = new Progress(io);
  progress.show('reading the original');
  const picture = await readOriginal(io, original, options['keep-metadata'] === true);
  stop.expectNone();
  const format: MarkedFormat = options.format ?? (picture.format === 'png' ? 'png' : 'jpeg');

  await using folder = await copiesFolder(out, options.out);
  const copies = await makeCopies(picture, before, names, { folder, format, psnrDb, progress, stop });
  const registry = withEntry(before, {
    at: new Date().toISOString(),
    original: picture.sha256,
    frame: [picture.frame.width, picture.frame.height],
    copies: copies.map(({ copy }) => copy),
  });
  stop.expectNone();
  await writeRegistry(io, registryName, registry);
  folder.keep();
  for (const { draft, file } of copies) await rename(join(out, draft), join(out, file));
  const { digest, seq } = registry.entries[before.entries.length]!;
  const question = `${registryName.replace(/\.json$/, '')}-${seq + 1}.tsq`;
  await writeFile(resolve(io.cwd, question), timestampQuery(digest, randomBytes(8)));

  progress.clear();
  const answer = answerTo(io, options.json === true);
  answer.line(`${counted(copies.length, 'copy').replace(/copys$/, 'copies')} in ${printable(options.out)}:`);
  for (const { file, copy } of copies)
    answer.line(`  ${file}  ${copy.psnrDb?.toFixed(1) ?? '-'} dB  ${printable(copy.name)}`);
  answer.line(`registry  ${printable(registryName)}`);
  answer.line(`digest    ${digest}`);
  answer.line(`question  ${printable(question)}`);
  answer.line('Keep the registry and the original, and neither beside the copies. Have the');
  answer.line('question stamped by a timestamping authority before you send a copy.');
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
  readonly features: Traced['features'];
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
  const features = traceFeatures(framed.frame);
  if (features.count < FEWEST_KEYPOINTS)
    throw new Problem(`${shown}: the picture shows too little to recognise a copy of it by`);
  return {
    pixels: decoded.pixels,
    frame: framed.frame,
    features,
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

/** The registry to add to; a new one only where nothing is there yet. */
async function registryBefore(io: Terminal, name: string): Promise<Registry> {
  const path = resolve(io.cwd, name);
  const there = await access(path).then(
    () => true,
    (error: NodeJS.ErrnoException) => error.code !== 'ENOENT',
  );
  return there ? readRegistry(io, name) : newRegistry(new Uint8Array(randomBytes(32)));
}

/** A registry's folder, asked for before the long work. */
async function expectFolderOf(io: Terminal, name: string): Promise<void> {
  try {
    await access(dirname(resolve(io.cwd, name)));
  } catch (error) {
    throw new Problem(`${shownName(name)}: ${writeProblem(error)}`, { cause: error });
  }
}

type MadeCopy = { readonly draft: string; readonly file: string; readonly copy: RegistryCopy };

async function makeCopies(
  picture: Original,
  registry: Registry,
  names: readonly string[],
  how: {
    readonly folder: CopiesFolder;
    readonly format: MarkedFormat;
    readonly psnrDb: number;
    readonly progress: Progress;
    readonly stop: StopRequest;
  },
): Promise<readonly MadeCopy[]> {
  const { pixels, frame, features, sha256: original, exif } = picture;
  const secret = Buffer.from(registry.secret, 'hex');
  const id = Buffer.from(original, 'hex');
  const order = orderOf(orderKey(secret, id), frame.strength.length);
  const digits = Math.max(2, String(names.length).length);
  const made: MadeCopy[] = [];
  for (const [at, name] of names.entries()) {
    how.stop.expectNone();
    how.progress.show(`copy ${at + 1} of ${names.length}`);
    const recipient = randomBytes(16);
    const key = codeKey(secret, id, recipient);
    const marked = markCopy(pixels, frame, key, order, how.psnrDb);
    const bytes = await encodeMarked(marked.pixels, how.format, exif);
    if (at === 0)
      await expectSeen(bytes, { frame, features, order }, key, {
        strength: marked.strength,
        count: names.length,
      });
    // The name of a file must not say whose copy it is: it travels with the copy.
    const file = `copy-${String(at + 1).padStart(digits, '0')}.${how.format === 'png' ? 'png' : 'jpg'}`;
    const draft = `${file}.new`;
    await how.folder.write(draft, bytes);
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
}

/** What the score of an untouched copy must be, in thresholds: one that barely reaches it is lost at the first sharing. */
const SEEN = 2;

/**
 * The first copy is traced at once. A picture so plain, or a mark so faint, that not even the untouched file tells whose
 * it is would be a promise that nobody can keep.
 */
async function expectSeen(
  bytes: Uint8Array<ArrayBuffer>,
  traced: Traced,
  key: Uint8Array,
  { strength, count }: { readonly strength: number; readonly count: number },
): Promise<void> {
  const decoded = await decodeImage(bytes);
  const found = decoded.ok
    ? traceSuspect(traced, decoded.pixels, [{ recipient: undefined, key, strength }])
    : undefined;
  if (found?.kind === 'match' && found.copies[0]!.score >= SEEN * thresholdFor(count)) return;
  throw new Problem(
    'a mark is lost in this picture as soon as it is made, so no copy of it could be traced; with a lower --db it may stay',
  );
}
