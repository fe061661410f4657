/**
 * The page inside of a package that verifies it: one file, opened from a disk, without a network. The same verifier as
 * `reclaim verify`, with a place to choose the package and, where somebody has them, the roots of the authorities that
 * they trust.
 *
 * Nothing of a package is shown as HTML: every text goes in as text.
 * @module
 */

import { blobSource } from '@reclaim/vault/package/file-digest';
import type { Verification } from '@reclaim/vault/package/finding';
import { findingSentence } from '@reclaim/vault/package/finding-words';
import { verifyPackage } from '@reclaim/vault/package/package-verify';
import { readCertificates } from '@reclaim/vault/timestamp/pem';

const files = document.querySelector<HTMLInputElement>('#package')!;
const trust = document.querySelector<HTMLInputElement>('#trust')!;
const result = document.querySelector<HTMLElement>('#result')!;
const status = document.querySelector<HTMLElement>('#status')!;

/** Counts choices, so that a slow verification of an earlier one is not shown in place of a later. */
let turn = 0;

files.addEventListener('change', verifyChosen);
trust.addEventListener('change', verifyChosen);

async function verifyChosen(): Promise<void> {
  const mine = ++turn;
  const chosen = files.files?.[0];
  result.replaceChildren();
  if (chosen === undefined) return;
  status.textContent = 'Checking…';
  try {
    const roots = await rootsOf(trust.files?.[0]);
    const found = await verifyPackage(blobSource(chosen), {
      ...(roots === undefined ? {} : { roots }),
      onProgress: async (done, of) => {
        status.textContent = `Checking: ${done} of ${of} files`;
        await new Promise((resolve) => setTimeout(resolve));
      },
    });
    if (mine === turn) show(found);
  } catch {
    if (mine === turn)
      status.textContent = 'This could not be read. Choose the zip file again, and roots in PEM.';
  }
}

async function rootsOf(file: File | undefined): Promise<readonly Uint8Array[] | undefined> {
  if (file === undefined) return undefined;
  const text = await file.text();
  if (text.includes('\0')) throw new TypeError('expected certificates in PEM');
  return readCertificates(text);
}

function show({ ok, findings, digest, manifest, stamps }: Verification): void {
  const damage = findings.filter(({ level }) => level === 'damage').length;
  status.textContent = ok
    ? 'It verifies: nothing was changed.'
    : `It does not verify: ${damage} ${damage === 1 ? 'fault' : 'faults'}.`;
  status.className = ok ? 'good' : 'bad';
  if (manifest !== undefined)
    facts([
      ['Made (UTC)', manifest.package.created],
      ['Handed over to', manifest.package.to ?? '–'],
      ['Items', String(manifest.items.length)],
      ['Manifest SHA-256', digest ?? ''],
      ['Key fingerprint', manifest.signer.fingerprint],
      ...stamps.map(({ at, authority, signer, root, trusted }): readonly [string, string] => [
        `Stamp ${at}`,
        `${authority} (${signer})${trusted ? ', trusted' : ''}; root SHA-256 ${root}`,
      ]),
    ]);
  for (const level of ['damage', 'warning', 'note'] as const) {
    const of = findings.filter((finding) => finding.level === level);
    if (of.length === 0) continue;
    const title = { damage: 'Damage', warning: 'To know', note: 'Notes' }[level];
    result.append(element('h2', title));
    const list = document.createElement('ul');
    list.append(...of.map((finding) => element('li', findingSentence(finding))));
    result.append(list);
  }
}

function facts(rows: readonly (readonly [string, string])[]): void {
  const table = document.createElement('table');
  for (const [name, value] of rows) {
    const row = table.insertRow();
    const head = element('th', name);
    head.setAttribute('scope', 'row');
    row.append(head, element('td', value));
  }
  result.append(table);
}

function element(name: string, text: string): HTMLElement {
  const made = document.createElement(name);
  made.textContent = text;
  return made;
}
