/**
 * The file in which the withdrawal capabilities of banked signals are kept: JSON lines `{"id":…,"capability":…}`, written
 * as they are answered, readable by its owner alone. A service answers a capability once; whoever has this file can take
 * the signals out again, and whoever reads it can too. It holds no hash.
 *
 * Its first line `{"import":…}` names the import, so that what was banked and could not be written down is answered again,
 * and not banked twice, when the same import goes on. A last line that was cut off in writing is taken out then.
 * @module
 */

import { randomBytes } from 'node:crypto';
import { type FileHandle, open, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { readInput } from './input-file.ts';
import { Problem, writeProblem } from './problem.ts';
import type { Terminal } from './terminal.ts';

/** A capability is 43 characters of base64url (32 bytes); a line with its id and punctuation is about 110. */
const LINE = /^\{"id":"(sig_[0-9a-f]{32})","capability":"([A-Za-z0-9_-]{43})"\}$/;

/** The line that names the import: 16 random bytes as hex. */
const NAME = /^\{"import":"([0-9a-f]{32})"\}$/;

/** A million lines. */
const MOST_BYTES = 128 * 1024 * 1024;

/** A banked signal and what withdraws it. */
export type Capability = { readonly id: string; readonly capability: string };

/** A file that capabilities are added to. */
export class CapabilityFile implements AsyncDisposable {
  readonly #file: FileHandle;
  /** What names the import at the service. It tells nothing of what is banked. */
  readonly importName: string;

  private constructor(file: FileHandle, importName: string) {
    this.#file = file;
    this.importName = importName;
  }

  /**
   * Makes the file; with `more`, adds to one that is there, and is the same import where the file names it.
   * @throws {Problem} where it is there already (without `more`), cannot be written, or is a file of another kind
   */
  static async open(io: Terminal, name: string, more: boolean): Promise<CapabilityFile> {
    const path = resolve(io.cwd, name);
    const kept = more ? await keptText(io, name) : '';
    const known = kept
      .split('\n')
      .map((line) => NAME.exec(line)?.[1])
      .find((found) => found !== undefined);
    try {
      const file = await open(path, more ? 'a' : 'ax', 0o600);
      try {
        if (more) await file.truncate(Buffer.byteLength(kept));
        const importName = known ?? randomBytes(16).toString('hex');
        if (known === undefined) await file.writeFile(`${JSON.stringify({ import: importName })}\n`);
        await file.datasync();
        return new CapabilityFile(file, importName);
      } catch (error) {
        await file.close();
        throw error;
      }
    } catch (error) {
      const there = (error as { code?: unknown }).code === 'EEXIST';
      const sentence = there
        ? 'the file of --capabilities is there already; name a new one, or add to it with --from'
        : `--capabilities: ${writeProblem(error)}`;
      throw new Problem(sentence, { cause: error });
    }
  }

  /**
   * Adds `capabilities`, on the disk when this ends.
   * @throws {Problem} where they cannot be written: their signals are banked all the same, and answered again to the same
   *   import
   */
  async add(capabilities: readonly Capability[]): Promise<void> {
    const text = capabilities.map(({ id, capability }) => `${JSON.stringify({ id, capability })}\n`).join('');
    try {
      await this.#file.writeFile(text);
      await this.#file.datasync();
    } catch (error) {
      throw new Problem(`the file of --capabilities cannot be written: ${writeProblem(error)}`, {
        cause: error,
      });
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#file.close();
  }
}

/** The whole lines of the file to which one adds; none where there is no file. */
async function keptText(io: Terminal, name: string): Promise<string> {
  const path = resolve(io.cwd, name);
  const there = await stat(path).then(
    () => true,
    () => false,
  );
  if (!there) return '';
  // A mark at the beginning counts as what it is: three bytes of the file.
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(await readInput(io, name, MOST_BYTES));
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  // Never cut or added to: a list, or a picture, that was named by mistake.
  capabilitiesOf(whole);
  return whole;
}

/**
 * The capabilities in the file.
 * @throws {Problem} for a file of another kind; the sentence names the line, not what stands in it
 */
export async function readCapabilities(io: Terminal, name: string): Promise<readonly Capability[]> {
  return capabilitiesOf(new TextDecoder().decode(await readInput(io, name, MOST_BYTES)));
}

function capabilitiesOf(text: string): readonly Capability[] {
  return text.split('\n').flatMap((line, index) => {
    if (line.trim() === '' || NAME.test(line.trim())) return [];
    const [, id, capability] = LINE.exec(line.trim()) ?? [];
    if (id === undefined || capability === undefined) {
      throw new Problem(`line ${index + 1} is no capability; expected what reclaim import wrote`);
    }
    return [{ id, capability }];
  });
}
