/**
 * A file of JSON lines that only grows: the board's memory. A line counts once its newline is on the disk.
 *
 * A crash can cut the last line only; at the next start it is cut off, since nobody was told of it. A line in the
 * middle that cannot be read is damage, not a crash: then the board does not start, because showing pictures by a
 * journal with holes could show one that was taken down.
 * @module
 */

import { type FileHandle, open, readFile } from 'node:fs/promises';

/** An open journal. One process at a time. */
export class Journal {
  readonly #file: FileHandle;
  /** Bytes of whole lines. */
  #length: number;
  #writing: Promise<void> = Promise.resolve();

  /** Use `openJournal`. */
  constructor(file: FileHandle, length: number) {
    this.#file = file;
    this.#length = length;
  }

  /** Appends a line; resolves when it is on the disk. Lines stand in the order of the calls. */
  append(line: unknown): Promise<void> {
    const text = Buffer.from(`${JSON.stringify(line)}\n`);
    const written = this.#writing.then(async () => {
      // A full disk may have taken half of an earlier line: no line may follow on that half.
      await this.#file.truncate(this.#length);
      await this.#file.appendFile(text);
      await this.#file.datasync();
      this.#length += text.length;
    });
    // One line that could not be written must not stop those after it from trying; its own caller is told.
    this.#writing = written.catch(() => {});
    return written;
  }

  /** Waits for what is being written, then closes the file. */
  async close(): Promise<void> {
    await this.#writing;
    await this.#file.close();
  }
}

/**
 * Opens or makes the journal at `path`, and answers its lines.
 * @throws {TypeError} (as a rejection) for a line, but the last, that is no JSON
 */
export async function openJournal(
  path: string,
): Promise<{ readonly journal: Journal; readonly lines: readonly unknown[] }> {
  const file = await open(path, 'a+', 0o600);
  try {
    const bytes = await readFile(file);
    const whole = bytes.lastIndexOf(0x0a) + 1;
    if (whole < bytes.length) {
      await file.truncate(whole);
      await file.datasync();
    }
    const texts = bytes.toString('utf8', 0, whole).split('\n').slice(0, -1);
    return { journal: new Journal(file, whole), lines: texts.map(parseLine) };
  } catch (error) {
    await file.close();
    throw error;
  }
}

function parseLine(text: string, at: number): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new TypeError(`journal: line ${at + 1} is damaged`);
  }
}
