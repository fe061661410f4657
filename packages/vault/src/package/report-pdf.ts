/**
 * The report as PDF, for who prints it or puts it into a file of theirs. The same rows as `report.html`; where the two
 * differ, the page is what the manifest covers.
 *
 * One font for all scripts (its bytes are an argument), A4, black on white. Each line is laid by the Unicode Bidirectional
 * Algorithm (UAX #9, `line-runs.ts`): a link or a digest inside of an Arabic sentence stands as it is read.
 * @module
 */

import fontkit from '@pdf-lib/fontkit';
import { PDFDocument, type PDFFont, type PDFPage, rgb } from 'pdf-lib';
import { beginsRightToLeft, lineRuns } from './line-runs.ts';
import { packageWords } from './package-words.ts';
import { type ReportFacts, reportSections } from './report.ts';

/** A4 in points, and the margins. */
const WIDTH = 595.28;
const HEIGHT = 841.89;
const MARGIN = 48;
/** Where the values of a row begin. */
const COLUMN = 170;

/** Points that the name of a row and its values have. */
export const ROW_WIDTHS = Object.freeze({ name: COLUMN - MARGIN - 8, value: WIDTH - MARGIN - COLUMN });

/** Type in which a digest with its name, a fingerprint or a moment fits into one line: they are compared sign by sign. */
export const DIGEST_SIZE = 7.8;

/** A digest with its name, a key's fingerprint in groups, a moment in UTC. */
const WHOLE = /^(?:SHA-256 [0-9a-f]{64}|[0-9a-f]{4}(?: [0-9a-f]{4}){15}|\d{4}-\d\d-\d\dT[\d:.]{8,12}Z)$/;

const INK = rgb(0.12, 0.16, 0.18);
const QUIET = rgb(0.33, 0.39, 0.42);

/** Pages of a report, at most; what comes after is named by one line. */
const MAX_PAGES = 400;

/**
 * The report as PDF. `font`: a TrueType font that has the letters of the report's languages.
 * @throws (as a rejection) where the font cannot be read
 */
export async function reportPdf(facts: ReportFacts, font: Uint8Array): Promise<Uint8Array> {
  const document = await PDFDocument.create({ updateMetadata: false });
  document.registerFontkit(fontkit);
  const face = await document.embedFont(font, { subset: true });
  const words = packageWords(facts.wish.language);
  const made = new Date(facts.wish.hand.at);
  document.setTitle(`case-${facts.record.pseudonym}`);
  document.setProducer('reclaim');
  document.setCreator('reclaim');
  document.setCreationDate(made);
  document.setModificationDate(made);
  const sheet = new Sheet(document, face, /^(ar|fa|he|ur)\b/.test(facts.wish.language));
  sheet.paragraph(words.report, 18, INK);
  sheet.paragraph(words.reportLead, 9, QUIET);
  for (const { title, level, rows, note } of reportSections(facts)) {
    if (sheet.full) break;
    sheet.gap(level === 2 ? 14 : 8);
    // A title does not stand alone at the foot of a page.
    sheet.keep(60);
    sheet.paragraph(title, level === 2 ? 13 : 11, INK);
    if (note !== undefined) sheet.paragraph(note, 9, QUIET);
    for (const [name, value] of rows) {
      const lines = typeof value === 'string' ? [value] : (value ?? []);
      if (lines.length > 0) sheet.row(name, lines);
    }
  }
  if (sheet.full) sheet.last('… report.html');
  sheet.number();
  return document.save({ useObjectStreams: false });
}

class Sheet {
  readonly #document: PDFDocument;
  readonly #font: PDFFont;
  readonly #rtl: boolean;
  #page: PDFPage;
  #y = HEIGHT - MARGIN;

  constructor(document: PDFDocument, font: PDFFont, rtl: boolean) {
    this.#document = document;
    this.#font = font;
    this.#rtl = rtl;
    this.#page = document.addPage([WIDTH, HEIGHT]);
  }

  get full(): boolean {
    return this.#document.getPageCount() >= MAX_PAGES;
  }

  /** Begins a page where fewer than so many points are left. */
  keep(points: number): void {
    this.#need(points);
  }

  gap(points: number): void {
    this.#y -= points;
  }

  paragraph(text: string, size: number, color: typeof INK): void {
    for (const line of this.#wrapped(text, size, WIDTH - 2 * MARGIN)) {
      this.#need(size * 1.4);
      this.#draw(line, size, color, MARGIN, WIDTH - MARGIN);
      this.#y -= size * 1.4;
    }
  }

  row(name: string, values: readonly string[]): void {
    const size = 9;
    const laid = (text: string, width: number) => {
      const type = WHOLE.test(text) ? DIGEST_SIZE : size;
      return this.#wrapped(text, type, width).map((line) => ({ line, type }));
    };
    const names = laid(name, ROW_WIDTHS.name);
    const lines = values.flatMap((value) => laid(value, ROW_WIDTHS.value));
    for (let at = 0; at < Math.max(names.length, lines.length); at++) {
      this.#need(size * 1.45);
      const [first, last] = this.#rtl ? [WIDTH - COLUMN + 8, WIDTH - MARGIN] : [MARGIN, COLUMN - 8];
      const [from, to] = this.#rtl ? [MARGIN, WIDTH - COLUMN] : [COLUMN, WIDTH - MARGIN];
      const [head, value] = [names[at], lines[at]];
      if (head !== undefined) this.#draw(head.line, head.type, QUIET, first, last);
      if (value !== undefined) this.#draw(value.line, value.type, INK, from, to);
      this.#y -= size * 1.45;
    }
    this.#y -= 2;
  }

  last(text: string): void {
    this.#page.drawText(text, { x: MARGIN, y: MARGIN / 2 + 10, size: 9, font: this.#font, color: QUIET });
  }

  number(): void {
    const pages = this.#document.getPages();
    for (const [at, page] of pages.entries()) {
      const text = `${at + 1} / ${pages.length}`;
      page.drawText(text, { x: WIDTH - MARGIN - 40, y: MARGIN / 2, size: 8, font: this.#font, color: QUIET });
    }
  }

  #need(points: number): void {
    if (this.#y - points > MARGIN || this.full) return;
    this.#page = this.#document.addPage([WIDTH, HEIGHT]);
    this.#y = HEIGHT - MARGIN;
  }

  /** Draws a line between two edges; one that begins right to left stands at the right one. */
  #draw(text: string, size: number, color: typeof INK, from: number, to: number): void {
    // Past the last page that there may be, nothing is drawn over what stands there.
    if (this.#y < MARGIN - size) return;
    const runs = lineRuns(text);
    const width = runs.reduce((sum, run) => sum + this.#font.widthOfTextAtSize(run, size), 0);
    let x = beginsRightToLeft(text) || this.#rtl ? Math.max(from, to - width) : from;
    for (const run of runs) {
      this.#page.drawText(run, { x, y: this.#y - size, size, font: this.#font, color });
      x += this.#font.widthOfTextAtSize(run, size);
    }
  }

  /** Lines that fit, broken at spaces, and inside of a word that is too long (a link, a digest). */
  #wrapped(text: string, size: number, width: number): readonly string[] {
    const fits = (line: string) => this.#font.widthOfTextAtSize(line, size) <= width;
    const lines: string[] = [];
    for (const part of plain(text).split('\n')) {
      let line = '';
      for (const word of part.split(' ')) {
        const longer = line === '' ? word : `${line} ${word}`;
        if (fits(longer)) {
          line = longer;
          continue;
        }
        if (line !== '') lines.push(line);
        line = word;
        while (!fits(line)) {
          let cut = Math.max(1, Math.floor((line.length * width) / this.#font.widthOfTextAtSize(line, size)));
          while (cut > 1 && !fits(line.slice(0, cut))) cut--;
          // Not between the halves of one sign.
          if (/[\ud800-\udbff]/.test(line[cut - 1] ?? '')) cut++;
          lines.push(line.slice(0, cut));
          line = line.slice(cut);
        }
      }
      lines.push(line);
    }
    return lines;
  }
}

/** A text without signs that steer or have no form of their own; what one cannot see must not hide what one can. */
function plain(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/[\u202a-\u202e\u2066-\u2069\u200b-\u200f\u061c\ufeff]/g, '')
    .replace(/[^\P{Cc}\n]/gu, ' ');
}
