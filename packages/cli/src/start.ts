/**
 * `reclaim start`: the service on this machine, until it is told to stop.
 *
 * Its life: *starting* → *ready* → *stopping* → gone. The first request to stop (Ctrl+C, SIGTERM) ends it cleanly,
 * also while it starts: requests in flight are answered, the database is closed. The second abandons it at once; the
 * database then repairs itself at the next start.
 * @module
 */

import { resolve } from 'node:path';
import { type Command, parseArguments, parseWhole } from './command.ts';
import { causesOf, databaseProblem } from './database-problem.ts';
import { Problem } from './problem.ts';
import { type ExitStatus, printable, type Terminal } from './terminal.ts';

const HELP = `reclaim start [--port 8080] [--host ADDRESS] [--data DIR]

Runs the service here until Ctrl+C. With its own database in DIR, unless
DATABASE_URL names a PostgreSQL server.

  --port N    where it listens (8080; 0 takes any free port)
  --host ADDR the address it listens on (RECLAIM_HOST, or localhost: this
              machine only; 0.0.0.0 lets others in, behind a proxy with TLS)
  --data DIR  where its data goes (RECLAIM_DATA, or .data in this folder)

The first start prints the first key, once: it makes all other keys.

Exit status: 0 stopped as asked, 2 it could not start.
`;

/** Where it listens unless told otherwise. */
export const DEFAULT_PORT = 8080;

/** A running service, as far as this command knows it. */
export type RunningNode = {
  /** Where it answers. */
  readonly url: string;
  /** The first key's token, when this start made it. */
  readonly firstKey?: string;
  /** Ends it; what is in flight is answered first. */
  readonly stop: () => Promise<void>;
};

/** Starts the service and answers when it is ready to be asked. */
export type NodeStarter = (options: {
  readonly dataDir: string;
  readonly port: number;
  readonly host?: string;
  readonly databaseUrl?: string;
  readonly storeKeyText?: string;
  readonly log: (line: string) => void;
}) => Promise<RunningNode>;

/** The command, with the service of this house. */
export const start: Command = startWith(async () => (await import('@reclaim/service/node')).startNode);

/** The command over any starter; it is loaded only when the arguments are good. */
export function startWith(loadStarter: () => Promise<NodeStarter>): Command {
  return { help: HELP, run: (argv, io) => runStart(argv, io, loadStarter) };
}

async function runStart(
  argv: readonly string[],
  io: Terminal,
  loadStarter: () => Promise<NodeStarter>,
): Promise<ExitStatus> {
  const began = performance.now();
  const { options, words } = parseArguments(argv, { port: 'string', host: 'string', data: 'string' });
  if (words.length > 0) throw new Problem('start takes no further words; see reclaim start --help');
  const port = options.port === undefined ? DEFAULT_PORT : parseWhole(options.port, '--port', 0, 65_535);
  const dataDir = resolve(io.cwd, options.data ?? (io.env.RECLAIM_DATA || '.data'));
  const databaseUrl = io.env.DATABASE_URL || undefined;
  const host = options.host ?? (io.env.RECLAIM_HOST || undefined);

  const stopAsked = Promise.withResolvers<void>();
  let requests = 0;
  const unlisten = io.onStopRequest(() => {
    requests += 1;
    if (requests > 1) return io.abandon();
    io.stderr.write('\nStopping. Ctrl+C again stops at once.\n');
    stopAsked.resolve();
  });
  try {
    const node = await startNode(loadStarter, io, {
      dataDir,
      port,
      ...(host === undefined ? {} : { host }),
      ...(databaseUrl === undefined ? {} : { databaseUrl }),
      ...(io.env.RECLAIM_STORE_KEY ? { storeKeyText: io.env.RECLAIM_STORE_KEY } : {}),
      log: (line) => io.stderr.write(`${line}\n`),
    });
    // Whoever stopped it while it was starting needs no welcome, but must not lose the one sight of the key.
    const seconds = (performance.now() - began) / 1000;
    io.stdout.write(welcome(node, seconds, databaseUrl === undefined ? dataDir : undefined));
    await stopAsked.promise;
    await node.stop();
    io.stderr.write('Stopped.\n');
    return 0;
  } finally {
    unlisten();
  }
}

async function startNode(
  loadStarter: () => Promise<NodeStarter>,
  io: Terminal,
  options: Parameters<NodeStarter>[0],
): Promise<RunningNode> {
  if (io.isTTY) io.stderr.write('Starting…\n');
  const starter = await loadStarter();
  try {
    return await starter(options);
  } catch (error) {
    throw startProblem(error, options.port) ?? error;
  }
}

/** The sentence for a start that failed, when the reason is one that an operator can mend. */
function startProblem(error: unknown, port: number): Problem | undefined {
  for (const one of causesOf(error)) {
    if (one.code === 'EADDRINUSE') {
      return new Problem(
        `port ${port} is in use by another program; stop that one, or choose another port with --port`,
        { cause: error },
      );
    }
    if (one.code === 'EACCES' && 'syscall' in one && one.syscall === 'listen') {
      return new Problem(
        `port ${port} may not be used by this account; choose one from 1024 up with --port`,
        {
          cause: error,
        },
      );
    }
  }
  return databaseProblem(error);
}

function welcome(node: RunningNode, seconds: number, dataDir: string | undefined): string {
  const lines = [
    `Reclaim is ready, after ${seconds.toFixed(1)} s.`,
    '',
    `  service    ${node.url}`,
    `  interface  ${node.url}/openapi.json`,
    `  data       ${dataDir === undefined ? 'in the database that DATABASE_URL names' : printable(dataDir)}`,
  ];
  if (node.firstKey !== undefined) {
    lines.push(
      '',
      'The first key, with all rights:',
      '',
      `  ${node.firstKey}`,
      '',
      'This is its only showing. Keep it in a password manager, use it to make a key',
      'for each program and person, and never write it into a program or a link.',
    );
  }
  lines.push('', 'Ctrl+C stops.', '');
  return lines.join('\n');
}
