/**
 * `reclaim evidence pack`: a package of evidence from files on this machine, for a helper or a lawyer who was given them.
 * Nothing is sent but, where a service is named, the blinded digests of stamps.
 * @module
 */

import { randomBytes } from 'node:crypto';
import { open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join, resolve } from 'node:path';
import { builtWeb } from '@reclaim/service/web-files';
import { type AdultItem, filesOf, type ItemFile } from '@reclaim/vault/evidence/evidence-item';
import type { EvidenceRecord } from '@reclaim/vault/evidence/evidence-record';
import { newItem, newMinorItem } from '@reclaim/vault/evidence/new-item';
import { addItem, beginRecord, type Changed, keepAnswer } from '@reclaim/vault/evidence/record-changes';
import { type ByteSource, digestSource, PIECE_BYTES } from '@reclaim/vault/package/file-digest';
import { type BuiltPackage, buildPackage, packagePieces } from '@reclaim/vault/package/package-build';
import { isPicture, type SealedFile } from '@reclaim/vault/package/package-plan';
import { parseAgeRecipient, type Recipient } from '@reclaim/vault/sealing/age-key';
import { sealStream } from '@reclaim/vault/sealing/seal';
import { answerTo, type Command, parseArguments, shownName } from './command.ts';
import { lazySource, openDiskSource } from './disk-source.ts';
import { type DescribedItem, readDescription } from './evidence-description.ts';
import { serviceStamper } from './evidence-stamps.ts';
import { readInput } from './input-file.ts';
import { fileProblem, Problem } from './problem.ts';
import { Progress } from './progress.ts';
import { type ExitStatus, printable, type Terminal } from './terminal.ts';

const HELP = `reclaim evidence pack DESCRIPTION [--out FILE] [--leave-pictures]
                      [--seal-to KEYS] [--server URL] [--json]

Makes a package of evidence from files on this machine. DESCRIPTION is a JSON
file that lists the items and, beside each, its files:

  { "items": [
      { "kind": "screenshot", "source": "https://…", "handle": "@…",
        "files": [{ "role": "original", "path": "a.png" }] },
      { "kind": "link", "source": "https://…", "notes": "…" },
      { "kind": "hand-over", "age": "under-18", "link": "https://…" } ] }

Kinds: screenshot, page-capture, message-export, email, link, notice, reply,
note. What may show somebody under 18 is a hand-over: a link, a handle and the
time; no file of it is opened. Beside "items": "to" (whom it is handed over to,
with the person's consent), "language", "zone", "jurisdictions", "contactRoute".

  --out FILE        where it goes (case-NAME-DATE.zip in this folder)
  --leave-pictures  pictures stay out; their SHA-256 stands for them
  --seal-to KEYS    pictures and films go in sealed to these age recipients
                    (age1…, several with commas); "age -d" opens them
  --server URL      a service that has the package time-stamped (RFC 3161)
  --json            one document: { file, digest, fingerprint, items, stamped }

The key that signs is drawn anew for each package and not kept.

Exit status: 0 done, 2 it could not be made, or bad use.
`;

/** Bytes of a description, at most. */
const MAX_DESCRIPTION = 4_000_000;

/** The letters of the PDF: Latin, Greek, Cyrillic, Arabic and more. */
const FONT = 'dejavu-fonts-ttf/ttf/DejaVuSans.ttf';

const ACTOR = { role: 'helper', pseudonym: 'helper' } as const;

/** The command. */
export const evidence: Command = { help: HELP, run: runEvidence };

async function runEvidence(argv: readonly string[], io: Terminal): Promise<ExitStatus> {
  const { options, words } = parseArguments(argv, {
    out: 'string',
    'leave-pictures': 'boolean',
    'seal-to': 'string',
    server: 'string',
    json: 'boolean',
  });
  const [verb, name, ...more] = words;
  if (verb !== 'pack' || name === undefined || more.length > 0)
    throw new Problem('evidence expects: pack DESCRIPTION; see reclaim evidence --help');
  const text = new TextDecoder().decode(await readInput(io, name, MAX_DESCRIPTION));
  const folder = name === '-' ? io.cwd : dirname(resolve(io.cwd, name));
  const described = readDescription(text, folder);
  const stamp = options.server === undefined ? undefined : serviceStamper(options.server, randomBytes);
  const now = () => new Date().toJSON();
  let record = beginRecord(randomBytes(32), randomBytes(4), { actor: ACTOR, at: now() });
  const plain = new Map<string, ByteSource>();
  {
    using progress = new Progress(io);
    for (const [at, item] of described.items.entries()) {
      progress.show(`reading item ${at + 1} of ${described.items.length}`);
      record = await added(record, item, at + 1, plain);
      const asked = record.stamps.at(-1)!.subject;
      for (const answer of (await stamp?.(asked)) ?? [])
        record = changed(keepAnswer(record, asked, answer, { actor: ACTOR, at: now() }), at + 1);
    }
  }
  const recipients = recipientsOf(options['seal-to']);
  const page = await verifyPage();
  const answer = answerTo(io, options.json === true);
  if (page === undefined)
    answer.complain('the page that verifies was not built (npm run setup); the package is made without it');
  const out = options.out === undefined ? undefined : resolve(io.cwd, options.out);
  await using sealing = await sealPictures(record, plain, recipients, dirname(out ?? join(io.cwd, 'x')));
  const building = await buildPackage({
    record,
    files: { plain, sealed: sealing.files },
    originals: options['leave-pictures'] === true ? 'left-out' : 'open',
    ...(described.to === undefined ? {} : { to: described.to }),
    ...(described.contactRoute === undefined ? {} : { contactRoute: described.contactRoute }),
    language: described.language,
    jurisdictions: described.jurisdictions,
    zone: described.zone,
    generator: { name: 'reclaim', version: '0.1.0' },
    hand: { actor: ACTOR, at: now() },
    random: randomBytes(40),
    ...(page === undefined ? {} : { verifyPage: page }),
    pdf: async (facts) =>
      (await import('@reclaim/vault/package/report-pdf')).reportPdf(
        facts,
        new Uint8Array(await readFile(createRequire(import.meta.url).resolve(FONT))),
      ),
    ...(stamp === undefined ? {} : { stamp }),
  });
  if (!building.ok) throw new Problem(BUILD_PROBLEMS[building.reason]);
  const file = out ?? resolve(io.cwd, building.name);
  await write(building, file);
  const { digest, manifest, stamped } = building;
  answer.line(`made ${printable(options.out ?? building.name)}`);
  answer.line(`  manifest   ${digest}`);
  answer.line(`  key        ${manifest.signer.fingerprint}`);
  answer.line(`  stamped    ${stamped ? 'yes' : 'no'}`);
  answer.document({
    file,
    digest,
    fingerprint: manifest.signer.fingerprint,
    items: manifest.items.map(({ item }) => ({ id: item.id, kind: item.kind })),
    stamped,
  });
  return 0;
}

/** @throws {Problem} for what is no recipient; the text is not repeated */
function recipientsOf(text: string | undefined): readonly Recipient[] {
  if (text === undefined) return [];
  try {
    return text.split(',').map((each) => parseAgeRecipient(each.trim()));
  } catch (error) {
    throw new Problem('--seal-to expects age recipients (age1…), several with commas between them', {
      cause: error,
    });
  }
}

/** Pictures and films sealed to recipients, beside where the package goes; gone again when this is disposed. */
async function sealPictures(
  record: EvidenceRecord,
  plain: ReadonlyMap<string, ByteSource>,
  recipients: readonly Recipient[],
  folder: string,
): Promise<AsyncDisposable & { readonly files: ReadonlyMap<string, SealedFile> }> {
  const files = new Map<string, SealedFile>();
  const parts: string[] = [];
  const end = async () => {
    for (const part of parts) await rm(part, { force: true });
  };
  try {
    for (const file of recipients.length === 0 ? [] : record.items.flatMap(filesOf)) {
      const source = plain.get(file.sha256);
      if (!isPicture(file) || source === undefined || files.has(file.sha256)) continue;
      const part = join(folder, `.${randomBytes(8).toString('hex')}.part`);
      parts.push(part);
      const sealed = await sealStream(streamOf(source), recipients);
      await writeFile(part, sealed, { flag: 'wx' });
      files.set(file.sha256, { source: lazySource(part, (await stat(part)).size) });
    }
  } catch (error) {
    await end();
    throw new Problem('the pictures could not be sealed there', { cause: error });
  }
  return { files, [Symbol.asyncDispose]: end };
}

function streamOf(source: ByteSource): ReadableStream<Uint8Array> {
  let at = 0;
  return new ReadableStream({
    async pull(controller) {
      if (at >= source.size) {
        controller.close();
        return;
      }
      const piece = await source.read(at, Math.min(source.size, at + PIECE_BYTES));
      at += piece.length;
      controller.enqueue(piece);
    },
  });
}

const BUILD_PROBLEMS = Object.freeze({
  nothing: 'the description lists nothing',
  'unknown-item': 'the description lists nothing',
  'changed-file': 'a file changed while it was read; try again',
  'too-large': 'this is more than a package can hold (4 GiB, 4,000 files)',
  'log-full': 'this is more than a package can hold',
});

async function added(
  record: EvidenceRecord,
  item: DescribedItem,
  number: number,
  plain: Map<string, ByteSource>,
): Promise<EvidenceRecord> {
  const startedAt = new Date().toJSON();
  const random = randomBytes(8);
  const salt = randomBytes(32);
  if (item.kind === 'hand-over') {
    const { age, link, handle } = item;
    const made = itemOf(number, () =>
      newMinorItem({ age, link, ...(handle === undefined ? {} : { handle }) }, { random, at: startedAt }),
    );
    return changed(
      addItem(record, made, { how: 'captured', salt, hand: { actor: ACTOR, at: startedAt } }),
      number,
    );
  }
  const files: ItemFile[] = [];
  for (const { path, role, name, mediaType } of item.files) {
    const source = await openDiskSource(path).catch((error: unknown) => {
      const why = error instanceof Problem ? error.message : fileProblem(error);
      throw new Problem(`item ${number}, ${shownName(name)}: ${why}`, { cause: error });
    });
    try {
      const { sha256, bytes } = await digestSource(source);
      files.push({ role, name, mediaType, bytes, sha256, sha512: null, derivedFrom: null });
      plain.set(sha256, lazySource(path, bytes));
    } finally {
      await source.close();
    }
  }
  const made: AdultItem = itemOf(number, () =>
    newItem(
      { capturedBy: ACTOR, ...item.told, files },
      {
        random,
        startedAt,
        endedAt: new Date().toJSON(),
        method: files.length > 0 ? 'file-chosen' : 'typed',
        software: { name: 'reclaim', version: '0.1.0', buildSha256: null },
      },
    ),
  );
  return changed(
    addItem(record, made, { how: 'imported', salt, hand: { actor: ACTOR, at: startedAt } }),
    number,
  );
}

function itemOf<T>(number: number, make: () => T): T {
  try {
    return make();
  } catch (error) {
    // Its message names the field alone.
    const why =
      error instanceof TypeError ? error.message.replace(/^evidence item: /, '') : 'expected an item';
    throw new Problem(`item ${number}: ${why}`, { cause: error });
  }
}

function changed(change: Changed, number: number): EvidenceRecord {
  if (!change.ok) throw new Problem(`item ${number}: this is more than a record can hold`);
  return change.record;
}

/** The page that verifies, as the web build made it. */
async function verifyPage(): Promise<Uint8Array | undefined> {
  const folder = builtWeb();
  if (folder === undefined) return undefined;
  try {
    const assets = join(folder, 'assets');
    const name = (await readdir(assets)).find((each) => /^verify-[\w-]+\.html$/.test(each));
    return name === undefined ? undefined : new Uint8Array(await readFile(join(assets, name)));
  } catch {
    return undefined;
  }
}

/** Writes beside the place and renames: a package that is there is whole. */
async function write(made: BuiltPackage, out: string): Promise<void> {
  const part = join(dirname(out), `.${basename(out)}.part`);
  try {
    const file = await open(part, 'wx');
    try {
      for (const piece of packagePieces(made)) {
        if (piece instanceof Uint8Array) {
          await file.write(piece);
          continue;
        }
        for (let at = 0; at < piece.size; at += PIECE_BYTES)
          await file.write(await piece.read(at, Math.min(piece.size, at + PIECE_BYTES)));
      }
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(part, out);
  } catch (error) {
    await rm(part, { force: true });
    throw new Problem('the package could not be written there', { cause: error });
  }
}
