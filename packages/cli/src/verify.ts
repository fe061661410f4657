/**
 * `reclaim verify`: whether an evidence package is what it was when it was made. Offline: nothing is asked of anybody.
 * @module
 */

import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Verification } from '@reclaim/vault/package/finding';
import { findingSentence } from '@reclaim/vault/package/finding-words';
import { verifyFiles, verifyPackage } from '@reclaim/vault/package/package-verify';
import { readCertificates } from '@reclaim/vault/timestamp/pem';
import { answerTo, type Command, counted, parseArguments, shownName } from './command.ts';
import { folderSources, openDiskSource } from './disk-source.ts';
import { readInput } from './input-file.ts';
import { fileProblem, Problem } from './problem.ts';
import { Progress } from './progress.ts';
import { type ExitStatus, printable, type Terminal } from './terminal.ts';

const HELP = `reclaim verify PACKAGE [--trust FILE] [--json]

Whether an evidence package is what it was when it was made: its archive, its
manifest and signature, every file, the custody log and the time stamps.
PACKAGE is the zip file, or the folder in which it was unpacked. Offline.

  --trust FILE  roots of timestamping authorities that you trust, in PEM: a
                stamp of another authority is then damage. Without it the
                stamps are checked and no authority is taken on trust
  --json        one document: { ok, digest, package, items, stamps, findings };
                a finding is { level, kind, path, item, number, sentence }

Exit status: 0 it verifies, 1 something was changed, 2 it could not be read,
or bad use. Warnings alone do not change the status.
`;

/** Bytes of a file of roots, at most. */
const MAX_ROOTS = 400_000;

/** The command. */
export const verify: Command = { help: HELP, run: runVerify };

async function runVerify(argv: readonly string[], io: Terminal): Promise<ExitStatus> {
  const { options, words } = parseArguments(argv, { trust: 'string', json: 'boolean' });
  const [name, ...more] = words;
  if (name === undefined || more.length > 0 || name === '-')
    throw new Problem('verify expects one package; see reclaim verify --help');
  const roots = options.trust === undefined ? undefined : await readRoots(io, options.trust);
  const found = await verifyThere(io, name, roots);
  const answer = answerTo(io, options.json === true);
  for (const line of linesOf(found)) answer.line(line);
  answer.document(documentOf(found));
  return found.ok ? 0 : 1;
}

async function verifyThere(
  io: Terminal,
  name: string,
  roots: readonly Uint8Array[] | undefined,
): Promise<Verification> {
  const path = resolve(io.cwd, name);
  using progress = new Progress(io);
  const options = {
    ...(roots === undefined ? {} : { roots }),
    onProgress: (done: number, of: number) => progress.show(`checked ${done} of ${counted(of, 'file')}`),
  };
  let isFolder: boolean;
  try {
    isFolder = (await stat(path)).isDirectory();
  } catch (error) {
    throw new Problem(`${shownName(name)}: ${fileProblem(error)}`, { cause: error });
  }
  try {
    if (isFolder) return await verifyFiles(await folderSources(path), options);
    const source = await openDiskSource(path);
    try {
      return await verifyPackage(source, options);
    } finally {
      await source.close();
    }
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    throw new Problem(`${shownName(name)}: ${error.message}`, { cause: error });
  }
}

async function readRoots(io: Terminal, name: string): Promise<readonly Uint8Array[]> {
  try {
    const text = new TextDecoder().decode(await readInput(io, name, MAX_ROOTS));
    // A package holds certificates too, as text inside: whoever names it here would trust what it brings itself.
    if (text.includes('\0')) throw new Problem('certificates in PEM are expected');
    return readCertificates(text);
  } catch (error) {
    const why = error instanceof Problem ? error.message : 'certificates in PEM are expected';
    throw new Problem(`${shownName(name)}: ${why}`, { cause: error });
  }
}

function linesOf({ ok, findings, digest, manifest, stamps }: Verification): readonly string[] {
  const damage = findings.filter(({ level }) => level === 'damage').length;
  const lines = [ok ? 'verifies: nothing was changed' : `does NOT verify: ${counted(damage, 'fault')}`];
  if (manifest !== undefined) {
    const { package: made, items, signer } = manifest;
    lines.push(
      `  made       ${made.created}${made.to === null ? '' : `, handed over to ${printable(made.to)}`}`,
      `  items      ${items.length}`,
      `  manifest   ${digest}`,
      `  key        ${signer.fingerprint}`,
    );
  }
  for (const { name, authority, signer, at, root, trusted } of stamps)
    lines.push(
      `  stamp      ${name}  ${at}  ${authority} (${printable(signer)})${trusted ? ', trusted' : ''}`,
      `             root sha256 ${root}`,
    );
  for (const level of ['damage', 'warning', 'note'] as const)
    for (const finding of findings.filter((each) => each.level === level))
      lines.push(`${level.padEnd(8)} ${findingSentence(finding)}`);
  return lines;
}

function documentOf({ ok, digest, manifest, stamps, findings }: Verification): unknown {
  return {
    ok,
    digest: digest ?? null,
    package: manifest === undefined ? null : { case: manifest.case, ...manifest.package },
    items: manifest?.items.map(({ item }) => ({ id: item.id, kind: item.kind })) ?? [],
    stamps,
    findings: findings.map((finding) => ({
      level: finding.level,
      kind: finding.kind,
      path: finding.path ?? null,
      item: finding.item ?? null,
      number: finding.number ?? null,
      sentence: findingSentence(finding),
    })),
  };
}
