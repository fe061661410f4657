/**
 * `reclaim start`: the service on this machine, until it is told to stop.
 *
 * Its life: *starting* → *ready* → *stopping* → gone. The first request to stop (Ctrl+C, SIGTERM) ends it cleanly,
 * also while it starts: requests in flight are answered, the database is closed. The second abandons it at once; the
 * database then repairs itself at the next start.
 * @module
 */

import { resolve } from 'node:path';
import type { PlatformFacts } from '@reclaim/casework/notice-terms';
import { authoritiesOf, type TimestampAuthority } from './authority-file.ts';
import { type Command, parseArguments, parseWhole } from './command.ts';
import { causesOf, databaseProblem } from './database-problem.ts';
import { platformOf } from './platform-settings.ts';
import { Problem } from './problem.ts';
import { type Environment, type ExitStatus, printable, type Terminal } from './terminal.ts';

const HELP = `reclaim start [--port 8080] [--host ADDRESS] [--data DIR] [--json]

Runs the service here until Ctrl+C. With its own database in DIR, unless
DATABASE_URL names a PostgreSQL server.

  --port N    where it listens (8080; 0 takes any free port)
  --host ADDR the address it listens on (RECLAIM_HOST, or localhost: this
              machine only; 0.0.0.0 lets others in, behind a proxy with TLS)
  --data DIR  where its data goes (RECLAIM_DATA, or .data in this folder)
  --json      one document once it is ready: { url, interface, data,
              readySeconds, firstKey, setupLink }, null where there is none

Settings for a service that others reach, from the environment:

  RECLAIM_PUBLIC_URL     where browsers reach it: https://reclaim.example
  RECLAIM_EXIT_URL       where the portal's way out leads
  RECLAIM_TRUST_PROXY    how many reverse proxies stand in front (0)
  RECLAIM_PREVIEW_HOSTS  private host:port,… to fetch previews from
  RECLAIM_WEBHOOK_HOSTS  private host:port,… to send webhooks to
  RECLAIM_ALERT_URL      where you are told that a law's clock nears its end
  RECLAIM_ALERT_SECRET   whsec_…, signs what is told there
  RECLAIM_TIMESTAMP_AUTHORITIES  a JSON file that names the authorities which
                         stamp evidence (docs/operator.md)
  RECLAIM_MONITOR_CONTACT  a page of yours, https: switches on that persons may
                         have addresses looked at (docs/operator.md)
  RECLAIM_MONITOR_LOOKS  here, or elsewhere where another node makes the looks

What the law asks of the platform depends on what it is (docs/operator.md):

  RECLAIM_PLATFORM_ZONE  where it counts its days: Europe/Berlin (UTC)
  RECLAIM_PLATFORM_KIND  user-content, search, hosting, preselected, broadband,
                         mail or unknown (user-content)
  RECLAIM_PLATFORM_SIZE  small, larger or very-large (unknown: all duties)
  RECLAIM_OFFERED_IN     countries such as DE,FR (world)
  RECLAIM_CALIFORNIA_HOLD  yes: a complete Californian report holds its item
                         until it is decided (no: a reviewer does)

The first start prints the first key, once: it makes all other keys. While the
console has no staff, each start prints a link for its first administrator.

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
  /** The one-time link for the console's first administrator, while there is none. */
  readonly setupLink?: string;
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
  readonly publicUrl?: string;
  readonly exitUrl?: string;
  readonly previewHosts?: readonly string[];
  readonly webhookHosts?: readonly string[];
  readonly alertUrl?: string;
  readonly alertSecret?: Uint8Array;
  readonly trustProxy?: number;
  readonly timestampAuthorities?: readonly TimestampAuthority[];
  readonly platform?: PlatformFacts;
  readonly monitor?: { readonly contact: string; readonly looks?: boolean };
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
  const { options, words } = parseArguments(argv, {
    port: 'string',
    host: 'string',
    data: 'string',
    json: 'boolean',
  });
  if (words.length > 0) throw new Problem('start takes no further words; see reclaim start --help');
  const port = options.port === undefined ? DEFAULT_PORT : parseWhole(options.port, '--port', 0, 65_535);
  const dataDir = resolve(io.cwd, options.data ?? (io.env.RECLAIM_DATA || '.data'));
  const databaseUrl = io.env.DATABASE_URL || undefined;
  const host = options.host ?? (io.env.RECLAIM_HOST || undefined);
  const site = siteOf(io.env);

  const stopAsked = Promise.withResolvers<void>();
  let requests = 0;
  const unlisten = io.onStopRequest(() => {
    requests += 1;
    if (requests > 1) return io.abandon();
    io.stderr.write('\nStopping. Ctrl+C again stops at once.\n');
    stopAsked.resolve();
  });
  try {
    const timestampAuthorities = await authoritiesOf(io);
    const node = await startNode(loadStarter, io, {
      dataDir,
      port,
      ...(host === undefined ? {} : { host }),
      ...(databaseUrl === undefined ? {} : { databaseUrl }),
      ...(io.env.RECLAIM_STORE_KEY ? { storeKeyText: io.env.RECLAIM_STORE_KEY } : {}),
      ...site,
      ...(timestampAuthorities === undefined ? {} : { timestampAuthorities }),
      log: (line) => io.stderr.write(`${line}\n`),
    });
    // Whoever stopped it while it was starting needs no welcome, but must not lose the one sight of the key.
    const seconds = (performance.now() - began) / 1000;
    const ownData = databaseUrl === undefined ? dataDir : undefined;
    if (options.json === true)
      io.stdout.write(`${JSON.stringify(document(node, seconds, ownData), null, 2)}\n`);
    else io.stdout.write(welcome(node, seconds, ownData));
    await stopAsked.promise;
    await node.stop();
    io.stderr.write('Stopped.\n');
    return 0;
  } finally {
    unlisten();
  }
}

/** The settings of a service that others reach; what is not set is left out. */
function siteOf(env: Environment): Partial<Parameters<NodeStarter>[0]> {
  const proxies = env.RECLAIM_TRUST_PROXY;
  const platform = platformOf(env);
  return {
    ...(platform === undefined ? {} : { platform }),
    ...(env.RECLAIM_PUBLIC_URL ? { publicUrl: env.RECLAIM_PUBLIC_URL } : {}),
    ...(env.RECLAIM_EXIT_URL ? { exitUrl: env.RECLAIM_EXIT_URL } : {}),
    ...(env.RECLAIM_PREVIEW_HOSTS ? { previewHosts: hostsOf(env, 'RECLAIM_PREVIEW_HOSTS') } : {}),
    ...(env.RECLAIM_WEBHOOK_HOSTS ? { webhookHosts: hostsOf(env, 'RECLAIM_WEBHOOK_HOSTS') } : {}),
    ...(env.RECLAIM_ALERT_URL ? { alertUrl: alertUrlOf(env.RECLAIM_ALERT_URL) } : {}),
    ...(env.RECLAIM_ALERT_SECRET ? { alertSecret: secretOf(env.RECLAIM_ALERT_SECRET) } : {}),
    ...(env.RECLAIM_MONITOR_CONTACT ? { monitor: monitorOf(env) } : {}),
    ...(proxies ? { trustProxy: parseWhole(proxies, 'RECLAIM_TRUST_PROXY', 0, 16) } : {}),
  };
}

/** The value is not repeated: it may hold a secret of its own. */
function alertUrlOf(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol === 'https:' || url?.protocol === 'http:') return text;
  throw new Problem('RECLAIM_ALERT_URL expects an address that begins with https://');
}

function secretOf(text: string): Uint8Array {
  const bytes = /^whsec_[A-Za-z0-9+/]+={0,2}$/.test(text) ? Buffer.from(text.slice(6), 'base64') : undefined;
  if (bytes !== undefined && bytes.length >= 24) return bytes;
  throw new Problem('RECLAIM_ALERT_SECRET expects whsec_ and at least 24 bytes in base64');
}

/** How the monitor is switched on. */
function monitorOf(env: Environment): { readonly contact: string; readonly looks?: boolean } {
  const looks = env.RECLAIM_MONITOR_LOOKS || 'here';
  if (looks !== 'here' && looks !== 'elsewhere')
    throw new Problem('RECLAIM_MONITOR_LOOKS expects here or elsewhere');
  return { contact: env.RECLAIM_MONITOR_CONTACT ?? '', ...(looks === 'elsewhere' ? { looks: false } : {}) };
}

/** A list of hosts. One without a port would never be the host of an address, and so be refused without a word. */
function hostsOf(
  env: Environment,
  name: 'RECLAIM_PREVIEW_HOSTS' | 'RECLAIM_WEBHOOK_HOSTS',
): readonly string[] {
  const hosts = (env[name] ?? '').split(',').map((host) => host.trim());
  if (hosts.every((host) => /^(?:[a-z0-9._-]+|\[[0-9a-f:.]+\]):\d{1,5}$/i.test(host))) return hosts;
  throw new Problem(`${name} expects host:port, several with commas between them`);
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
  return settingProblem(error) ?? databaseProblem(error);
}

/** The sentence for an address that the service does not take. */
function settingProblem(error: unknown): Problem | undefined {
  if (!(error instanceof TypeError)) return undefined;
  const [, authorities] = /^timestamp authorities: (.+)$/.exec(error.message) ?? [];
  if (authorities !== undefined)
    return new Problem(`RECLAIM_TIMESTAMP_AUTHORITIES: ${authorities}`, { cause: error });
  if (/^certificates: /.test(error.message))
    return new Problem('RECLAIM_TIMESTAMP_AUTHORITIES: expected roots in PEM', { cause: error });
  const [, contact] = /^monitor: (.+)$/.exec(error.message) ?? [];
  if (contact !== undefined) return new Problem(`RECLAIM_MONITOR_CONTACT: ${contact}`, { cause: error });
  const [, option, sentence] = /^(publicUrl|exitUrl): (.+)$/.exec(error.message) ?? [];
  if (option === undefined) return undefined;
  const name = option === 'publicUrl' ? 'RECLAIM_PUBLIC_URL' : 'RECLAIM_EXIT_URL';
  return new Problem(`${name}: ${sentence}`, { cause: error });
}

/** What `welcome` says, for a program. */
function document(node: RunningNode, seconds: number, dataDir: string | undefined): object {
  return {
    url: node.url,
    interface: `${node.url}/openapi.json`,
    data: dataDir ?? null,
    readySeconds: Math.round(seconds * 10) / 10,
    firstKey: node.firstKey ?? null,
    setupLink: node.setupLink ?? null,
  };
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
  if (node.setupLink !== undefined) {
    lines.push(
      '',
      "The console's first administrator: open this link within an hour.",
      '',
      `  ${node.setupLink}`,
      '',
      'It is good once. Whoever opens it first may do everything there; a new start',
      'prints another one, as long as nobody has come.',
    );
  }
  lines.push('', 'Ctrl+C stops.', '');
  return lines.join('\n');
}
