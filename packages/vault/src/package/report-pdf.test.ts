import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import test from 'node:test';
import fontkit from '@pdf-lib/fontkit';
import { PDFDocument } from 'pdf-lib';
import { memorySource, readWhole } from './file-digest.ts';
import { fullWish } from './package.fixture.ts';
import { buildPackage, packagePieces } from './package-build.ts';
import { verifyPackage } from './package-verify.ts';
import { DIGEST_SIZE, ROW_WIDTHS, reportPdf } from './report-pdf.ts';

const font = new Uint8Array(
  readFileSync(createRequire(import.meta.url).resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf')),
);
const wish = await fullWish();

test('a report as PDF has pages, in each language, whatever signs a text holds', async () => {
  for (const language of ['en', 'es', 'ar']) {
    const building = await buildPackage({ ...wish, language });
    assert.ok(building.ok);
    const facts = { record: building.record, items: building.manifest.items, wish: { ...wish, language } };
    const bytes = await reportPdf(facts, font);
    assert.equal(new TextDecoder().decode(bytes.subarray(0, 5)), '%PDF-');
    const read = await PDFDocument.load(bytes);
    assert.ok(read.getPageCount() >= 2);
    assert.equal(read.getTitle(), `case-${building.record.pseudonym}`);
    assert.ok(bytes.length < 300_000, `${bytes.length} bytes`);
  }
});

test('a moment, a digest and a fingerprint stand in one line of their column, whatever their signs', async () => {
  const document = await PDFDocument.create();
  document.registerFontkit(fontkit);
  const face = await document.embedFont(font);
  const fits = (text: string, width: number) => face.widthOfTextAtSize(text, DIGEST_SIZE) <= width;
  for (const digit of '0123456789') {
    const d = (count: number) => digit.repeat(count);
    assert.ok(fits(`${d(4)}-${d(2)}-${d(2)}T${d(2)}:${d(2)}:${d(2)}.${d(3)}Z`, ROW_WIDTHS.name));
  }
  for (const digit of '0123456789abcdef') {
    assert.ok(fits(`SHA-256 ${digit.repeat(64)}`, ROW_WIDTHS.value));
    assert.ok(fits(Array(16).fill(digit.repeat(4)).join(' '), ROW_WIDTHS.value));
  }
});

test('the PDF stands outside of the digest, and a changed byte of it is named by the sums', async () => {
  const pdf = new TextEncoder().encode('%PDF-1.7 as somebody drew it');
  const [without, within] = [await buildPackage(wish), await buildPackage({ ...wish, pdf: async () => pdf })];
  assert.ok(without.ok && within.ok);
  assert.equal(without.digest, within.digest);
  const pieces = await Promise.all(
    packagePieces(within).map(async (piece) => (piece instanceof Uint8Array ? piece : readWhole(piece))),
  );
  const bytes = new Uint8Array(Buffer.concat(pieces));
  const good = await verifyPackage(memorySource(bytes));
  assert.ok(good.ok && good.findings.some(({ kind }) => kind === 'pdf-outside'));
  const place = within.layout.places.find(({ entry }) => entry.path === 'report.pdf')!;
  bytes[place.data + 9]! ^= 1;
  const { findings } = await verifyPackage(memorySource(bytes));
  assert.ok(findings.some(({ kind, path }) => kind === 'changed-file' && path === 'report.pdf'));
});
