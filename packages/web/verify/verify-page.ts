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
import { languageOf, type VerifyLanguage, type VerifyWords, WORDS } from './verify-words.ts';

const files = document.querySelector<HTMLInputElement>('#package')!;
const trust = document.querySelector<HTMLInputElement>('#trust')!;
const result = document.querySelector<HTMLElement>('#result')!;
const status = document.querySelector<HTMLElement>('#status')!;

const tongue = document.querySelector<HTMLSelectElement>('#language')!;
let say: VerifyWords = WORDS.en;
let last: Verification | undefined;

function speak(language: VerifyLanguage): void {
  say = WORDS[language];
  document.documentElement.lang = language;
  document.documentElement.dir = language === 'ar' ? 'rtl' : 'ltr';
  document.title = say.title;
  tongue.value = language;
  for (const name of ['title', 'lead', 'package', 'trust', 'language'] as const)
    for (const place of document.querySelectorAll(`[data-say="${name}"]`)) place.textContent = say[name];
  if (last !== undefined) show(last);
}

speak(languageOf(navigator.languages));
tongue.addEventListener('change', () => speak(languageOf([tongue.value])));

/** A row: what it is, and the fact. */
type Fact = readonly [name: readonly (string | Node)[], value: readonly (string | Node)[]];

/** Counts choices, so that a slow verification of an earlier one is not shown in place of a later. */
let turn = 0;

files.addEventListener('change', verifyChosen);
trust.addEventListener('change', verifyChosen);

async function verifyChosen(): Promise<void> {
  const mine = ++turn;
  const chosen = files.files?.[0];
  result.replaceChildren();
  last = undefined;
  status.className = '';
  status.textContent = '';
  if (chosen === undefined) return;
  status.textContent = say.checking;
  try {
    const roots = await rootsOf(trust.files?.[0]);
    const found = await verifyPackage(blobSource(chosen), {
      ...(roots === undefined ? {} : { roots }),
      onProgress: async (done, of) => {
        status.textContent = say.progress.replace('{done}', String(done)).replace('{of}', String(of));
        await new Promise((resolve) => setTimeout(resolve));
      },
    });
    if (mine !== turn) return;
    last = found;
    show(found);
  } catch {
    if (mine === turn) status.textContent = say.unreadable;
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
  result.replaceChildren();
  status.textContent = ok ? say.good : say.bad.replace('{n}', String(damage));
  status.className = ok ? 'good' : 'bad';
  if (manifest !== undefined)
    facts([
      [[say.made], [apart(manifest.package.created)]],
      [[say.to], [apart(manifest.package.to ?? '–')]],
      [[say.items], [String(manifest.items.length)]],
      [[say.digest], [apart(digest ?? '')]],
      [[say.fingerprint], [apart(manifest.signer.fingerprint)]],
      ...stamps.map(({ at, authority, signer, root, trusted }): Fact => {
        const [before = '', after = ''] = say.stamp.split('{at}');
        const ofRoot = element('div', `${say.root} `);
        ofRoot.append(apart(root));
        const by = document.createElement('div');
        by.append(apart(`${authority} (${signer})`), trusted ? `${say.comma}${say.trusted}` : '');
        return [
          [before, apart(at), after],
          [by, ofRoot],
        ];
      }),
    ]);
  for (const level of ['damage', 'warning', 'note'] as const) {
    const of = findings.filter((finding) => finding.level === level);
    if (of.length === 0) continue;
    result.append(element('h2', say[level]));
    const list = document.createElement('ul');
    list.append(...of.map((finding) => element('li', findingSentence(finding, say.findings))));
    result.append(list);
  }
}

function facts(rows: readonly Fact[]): void {
  const table = document.createElement('table');
  for (const [name, value] of rows) {
    const row = table.insertRow();
    const head = element('th', '');
    head.setAttribute('scope', 'row');
    head.append(...name);
    const cell = element('td', '');
    cell.append(...value);
    row.append(head, cell);
  }
  result.append(table);
}

/**
 * A digest, a date or a name: it has a direction of its own, whatever the page's is, and a date does not break at its
 * hyphens, behind which the other direction would put the rest on the wrong side.
 */
function apart(text: string): HTMLElement {
  const made = element('bdi', text);
  made.dir = /^[0-9]/.test(text) ? 'ltr' : 'auto';
  if (/^\d{4}-\d\d-\d\dT/.test(text)) made.className = 'moment';
  return made;
}

function element(name: string, text: string): HTMLElement {
  const made = document.createElement(name);
  made.textContent = text;
  return made;
}
