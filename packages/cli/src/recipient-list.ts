/**
 * The list of recipients: one name a line. Names stay on this machine; they stand in the registry and nowhere else.
 * @module
 */

import { cleanName, nameLikeness } from '@reclaim/watermark/recipient-name';
import { REGISTRY_LIMITS } from '@reclaim/watermark/registry';
import { shownName } from './command.ts';
import { readInput } from './input-file.ts';
import { Problem } from './problem.ts';
import type { Terminal } from './terminal.ts';

/** The most copies that one call makes. */
export const MOST_RECIPIENTS = 1_000;

/**
 * The names, in order, without empty lines and lines that begin with `#`.
 * @throws {Problem} for no name, too many, one twice or two that look alike, or one that is too long; a name is never
 *   repeated in it
 */
export async function readRecipients(io: Terminal, file: string): Promise<readonly string[]> {
  const fail = (sentence: string, cause?: unknown) =>
    new Problem(`${shownName(file)}: ${sentence}`, { cause });
  let bytes: Uint8Array;
  try {
    bytes = await readInput(io, file, 1024 * 1024);
  } catch (error) {
    if (error instanceof Problem) throw fail(error.message, error);
    throw error;
  }
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    // Letters of another encoding would be read as one and the same sign: names garbled, or taken for each other.
    throw fail('expected text in UTF-8', error);
  }
  const lines = text
    .split(/\r\n|\n|\r/)
    .map((line, at) => ({ raw: line, name: cleanName(line), line: at + 1 }));
  const names = lines.filter(({ raw, name }) => name !== '' && !raw.trimStart().startsWith('#'));
  if (names.length === 0) throw fail('expected one name a line');
  if (names.length > MOST_RECIPIENTS) throw fail(`expected at most ${MOST_RECIPIENTS} names`);
  const seen = new Map<string, { readonly name: string; readonly line: number }>();
  for (const { raw, name, line } of names) {
    if (name.length > REGISTRY_LIMITS.nameCharacters || /[\p{Cc}--\t]/v.test(raw))
      throw fail(
        `line ${line} is no name: expected up to ${REGISTRY_LIMITS.nameCharacters} printable characters`,
      );
    const before = seen.get(nameLikeness(name));
    // Two copies of one name could not be told apart afterwards, which is all that this is for.
    if (before !== undefined)
      throw fail(
        before.name === name
          ? `line ${line} repeats line ${before.line}`
          : `line ${line} looks like line ${before.line}; whose copy is whose could not be told afterwards`,
      );
    seen.set(nameLikeness(name), { name, line });
  }
  return names.map(({ name }) => name);
}
