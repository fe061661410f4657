/**
 * What a command is, how its arguments are read, and how it answers.
 *
 * `--json` means: exactly one JSON document on standard output, and nothing else there. Without it, lines as they come.
 * @module
 */

import { parseArgs } from 'node:util';
import { nearestWord } from './nearest-word.ts';
import { Problem } from './problem.ts';
import { type ExitStatus, printable, type Terminal } from './terminal.ts';

/** A command, or a part of one. */
export type Command = {
  /** The whole text of `--help`. */
  readonly help: string;
  /**
   * Does it. `argv` is what stands after the command's name.
   * @throws {Problem} (as a rejection) when it cannot answer
   */
  readonly run: (argv: readonly string[], io: Terminal) => Promise<ExitStatus>;
};

/** The options of a command by their long names; `string` takes a value. */
export type OptionKinds = { readonly [name: string]: 'string' | 'boolean' };

/** What was given of `Kinds`. */
export type OptionValues<Kinds extends OptionKinds> = {
  readonly [Name in keyof Kinds]?: Kinds[Name] extends 'string' ? string : true;
};

/** Options that every shell user tries and that must not work: an argument is seen by everybody on the machine. */
const SECRET_OPTIONS = new Set(['key', 'token', 'api-key', 'password']);

/**
 * Reads the arguments of a command.
 * @throws {Problem} for an unknown option, a missing or needless value, or an option given twice
 */
export function parseArguments<const Kinds extends OptionKinds>(
  argv: readonly string[],
  kinds: Kinds,
): { readonly options: OptionValues<Kinds>; readonly words: readonly string[] } {
  const options: { [name: string]: string | true } = {};
  const words: string[] = [];
  const config = Object.fromEntries(Object.entries(kinds).map(([name, type]) => [name, { type }]));
  // Not strict, because the strict reader's errors repeat what was typed, and that may be a key.
  const { tokens } = parseArgs({
    args: [...argv],
    options: config,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  for (const token of tokens) {
    if (token.kind === 'positional') words.push(token.value);
    if (token.kind !== 'option') continue;
    const { name, value, rawName } = token;
    const kind = Object.hasOwn(kinds, name) ? kinds[name] : undefined;
    if (kind === undefined) throw unknownOption(name, Object.keys(kinds), rawName.startsWith('--'));
    if (Object.hasOwn(options, name)) throw new Problem(`--${name} was given twice`);
    if (kind === 'boolean') {
      if (value !== undefined) throw new Problem(`--${name} takes no value`);
      options[name] = true;
    } else {
      // `--server --json`: the value was forgotten. A value that does begin with a dash is written `--server=-x`; a dash
      // alone is standard input.
      const forgotten = value?.startsWith('-') === true && value !== '-' && !token.inlineValue;
      if (value === undefined || value === '' || forgotten) {
        throw new Problem(`--${name} expects a value`);
      }
      options[name] = value;
    }
  }
  return { options: options as OptionValues<Kinds>, words };
}

function unknownOption(name: string, known: readonly string[], long: boolean): Problem {
  if (SECRET_OPTIONS.has(name)) {
    return new Problem(
      'a key is never given as an argument, where others on this machine could read it; set RECLAIM_KEY or use --key-file',
    );
  }
  const nearest = nearestWord(name, known);
  const hint = nearest === undefined ? 'see --help' : `did you mean --${nearest}?`;
  // `reclaim hash *` in a folder with such a file.
  const file = long ? '' : '; a file whose name begins with a dash is written ./-NAME';
  return new Problem(`there is no such option here; ${hint}${file}`);
}

/**
 * A whole number in words.
 * @throws {Problem} unless `text` is decimal digits and lies within `from`..`to`
 */
export function parseWhole(text: string, what: string, from: number, to: number): number {
  const value = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
  if (!(value >= from && value <= to)) {
    throw new Problem(`${what} expects a whole number from ${from} to ${to}`);
  }
  return value;
}

/** @throws {Problem} where "-" stands for more than one of the names: standard input can be read once */
export function expectOneStdin(...names: readonly (string | undefined)[]): void {
  if (names.filter((name) => name === '-').length > 1)
    throw new Problem('standard input ("-") can be read only once');
}

/** How a command answers: lines for a person, or one document for a program. */
export type Answer = {
  /** A line for a person; nothing with `--json`. */
  readonly line: (text?: string) => void;
  /** A sentence about one of several inputs, on standard error; nothing with `--json`, where the document has it. */
  readonly complain: (text: string) => void;
  /** The document for a program; nothing without `--json`. */
  readonly document: (value: unknown) => void;
};

/** The answer of one run. */
export function answerTo(io: Terminal, json: boolean): Answer {
  return {
    line: (text = '') => {
      if (!json) io.stdout.write(`${text}\n`);
    },
    complain: (text) => {
      if (!json) io.stderr.write(`reclaim: ${text}\n`);
    },
    document: (value) => {
      if (json) io.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
    },
  };
}

/** A sentence in lines of at most 78 characters, each behind the indent; a longer word has a line of its own. */
export function wrapped(sentence: string, indent = '  '): string {
  const lines: string[] = [];
  let line = '';
  for (const word of sentence.split(' '))
    if (line !== '' && indent.length + line.length + 1 + word.length > 78) {
      lines.push(indent + line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  return [...lines, indent + line].join('\n');
}

/** A count with its noun: `1 file`, `3 files`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** A file's name as a person typed it, fit for their terminal. */
export function shownName(name: string): string {
  return name === '-' ? 'standard input' : printable(name);
}
