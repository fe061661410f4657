/**
 * From arguments to an exit status: finds the command, answers `--help`, and turns a problem into one sentence.
 *
 * Each command is loaded when it is asked for: `reclaim --help` opens no decoder and `reclaim hash` no database.
 * @module
 */

import manifest from '../package.json' with { type: 'json' };
import type { Command } from './command.ts';
import { nearestWord } from './nearest-word.ts';
import { Problem } from './problem.ts';
import type { ExitStatus, Terminal } from './terminal.ts';

type Entry = { readonly summary: string; readonly load: () => Promise<Command> };

const COMMANDS: ReadonlyMap<string, Entry> = new Map<string, Entry>([
  [
    'start',
    {
      summary: 'run the service here, with its own database',
      load: async () => (await import('./start.ts')).start,
    },
  ],
  ['hash', { summary: 'signals of images', load: async () => (await import('./hash.ts')).hash }],
  [
    'compare',
    {
      summary: 'distance between two files or hashes',
      load: async () => (await import('./compare.ts')).compare,
    },
  ],
  [
    'check',
    { summary: 'ask a service about files or hashes', load: async () => (await import('./check.ts')).check },
  ],
  [
    'import',
    {
      summary: 'bank a list of hashes, or take it back',
      load: async () => (await import('./import.ts')).importSignals,
    },
  ],
  [
    'verify',
    {
      summary: 'an evidence package, offline',
      load: async () => (await import('./verify.ts')).verify,
    },
  ],
  [
    'mark',
    { summary: 'a marked copy for each recipient', load: async () => (await import('./mark.ts')).mark },
  ],
  [
    'trace',
    { summary: 'which copy a leaked picture is of', load: async () => (await import('./trace.ts')).trace },
  ],
  [
    'evidence',
    {
      summary: 'make an evidence package from files',
      load: async () => (await import('./evidence.ts')).evidence,
    },
  ],
  ['audit', { summary: 'verify the hash-chained log', load: async () => (await import('./audit.ts')).audit }],
  [
    'law',
    { summary: 'duties, clocks and what a notice lacks', load: async () => (await import('./law.ts')).law },
  ],
  [
    'conformance',
    {
      summary: 'our PDQ against published hashes',
      load: async () => (await import('./conformance.ts')).conformance,
    },
  ],
  ['bench', { summary: 'measure, beside the peers', load: async () => (await import('./bench.ts')).bench }],
]);

/** What `reclaim --help` prints. */
export function overview(): string {
  const width = Math.max(...[...COMMANDS.keys()].map((name) => name.length));
  const lines = [...COMMANDS].map(([name, { summary }]) => `  ${name.padEnd(width)}  ${summary}`);
  return `reclaim: against intimate images shared without consent

  reclaim COMMAND [ARGUMENTS]
  reclaim COMMAND --help
  reclaim --version

${lines.join('\n')}

Exit status: 0 done, 1 the answer is no, 2 bad use or bad input.
--json prints one JSON document. Progress is shown on a terminal only.
`;
}

/** Whether `argv` asks for help: `--help` or `-h` before a `--`. */
function asksForHelp(argv: readonly string[]): boolean {
  const end = argv.indexOf('--');
  return (end === -1 ? argv : argv.slice(0, end)).some((word) => word === '--help' || word === '-h');
}

/**
 * Runs the command that `argv` (without program and script) names. Never rejects: what goes wrong is a sentence on
 * standard error and status 2; with `--json`, also a document `{ "error": … }`.
 */
export async function run(argv: readonly string[], io: Terminal): Promise<ExitStatus> {
  const [name, ...rest] = argv;
  if (name === undefined) {
    io.stderr.write(overview());
    return 2;
  }
  if (name === '--help' || name === '-h' || name === 'help') {
    io.stdout.write(overview());
    return 0;
  }
  if (name === '--version' || name === '-V') {
    io.stdout.write(`reclaim ${manifest.version}\n`);
    return 0;
  }
  try {
    const entry = COMMANDS.get(name);
    if (entry === undefined) {
      // The word is not repeated: it may be a key, pasted in the wrong place.
      const nearest = nearestWord(name, [...COMMANDS.keys()]);
      const hint = nearest === undefined ? 'see reclaim --help' : `did you mean "reclaim ${nearest}"?`;
      throw new Problem(`there is no such command; ${hint}`);
    }
    const command = await entry.load();
    if (asksForHelp(rest)) {
      io.stdout.write(command.help);
      return 0;
    }
    return await command.run(rest, io);
  } catch (error) {
    const sentence = error instanceof Problem ? error.message : unforeseen(error, io);
    io.stderr.write(`reclaim: ${sentence}\n`);
    if (rest.includes('--json')) io.stdout.write(`${JSON.stringify({ error: sentence })}\n`);
    return 2;
  }
}

/**
 * The sentence for an error that no command foresaw. Its message may hold what it must not (a link, a hash), so only
 * its kind is shown: its name, and its code where that is one of the system's. Where it happened is for who asks by
 * RECLAIM_DEBUG.
 */
export function unforeseen(error: unknown, io: Terminal): string {
  const name = error instanceof Error ? error.name : 'error';
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const kind = typeof code === 'string' && /^[A-Z][A-Z0-9_]{2,39}$/.test(code) ? `${name}, ${code}` : name;
  if (io.env.RECLAIM_DEBUG !== undefined && error instanceof Error) {
    const places = (error.stack ?? '').split('\n').filter((line) => line.startsWith('    at '));
    io.stderr.write(`${places.join('\n')}\n`);
  }
  return `something unforeseen happened (${kind}); this is a fault of the program, set RECLAIM_DEBUG=1 to see where`;
}
