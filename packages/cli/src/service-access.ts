/**
 * How a command reaches a service: its address, the key, and words for what can go wrong on the way.
 *
 * The key comes from the environment or a file, never from an argument: arguments are seen by everybody on the machine
 * and stay in the shell's history. It does not travel over plain http, except to this machine itself or where the
 * person says that the network is theirs.
 * @module
 */

import { createClient, type ReclaimClient } from '@reclaim/client/client';
import { parseApiKey, parseNodeUrl } from '@reclaim/client/node-address';
import { ReclaimError } from '@reclaim/client/reclaim-error';
import { readInput } from './input-file.ts';
import { Problem } from './problem.ts';
import type { Terminal } from './terminal.ts';

/** The options that every command which asks a service has. */
export const SERVICE_OPTIONS = {
  server: 'string',
  'key-file': 'string',
  'plain-http': 'boolean',
} as const;

/** Their part of a command's help. */
export const SERVICE_HELP = `  --server URL     the service (or RECLAIM_SERVER)
  --key-file FILE  a file with the key (or RECLAIM_KEY); never an argument
  --plain-http     allow http beyond this machine: who listens on the way then
                   reads the key
`;

/** What was given of them. */
export type ServiceOptions = {
  readonly server?: string;
  readonly 'key-file'?: string;
  readonly 'plain-http'?: true;
};

/** A key has 79 characters; a file of another kind is not read to its end. */
const MAX_KEY_FILE_BYTES = 4096;

/**
 * A client of the service that the options and the environment name.
 * @throws {Problem} for a missing or malformed address or key, and for plain http to another machine
 */
export async function serviceClient(io: Terminal, options: ServiceOptions): Promise<ReclaimClient> {
  const url = serviceUrl(
    options.server ?? (io.env.RECLAIM_SERVER || undefined),
    options['plain-http'] === true,
  );
  const key = await readKey(io, options['key-file']);
  return createClient({ url, key });
}

function serviceUrl(text: string | undefined, plainHttp: boolean): string {
  if (text === undefined)
    throw new Problem('--server expects the address of a service (or set RECLAIM_SERVER)');
  let url: string;
  try {
    url = parseNodeUrl(text);
  } catch (error) {
    throw new Problem('--server expects an http or https address without user, password, query or fragment', {
      cause: error,
    });
  }
  const { protocol, hostname } = new URL(url);
  if (protocol === 'http:' && !plainHttp && !isThisMachine(hostname)) {
    throw new Problem(
      'the key would travel unencrypted; use https, or --plain-http where the network between is yours',
    );
  }
  return url;
}

/** Names of the machine itself; `.localhost` never leaves it (RFC 6761, section 6.3). */
function isThisMachine(hostname: string): boolean {
  return (
    hostname === 'localhost' ||
    hostname.endsWith('.localhost') ||
    hostname === '[::1]' ||
    /^127(\.\d{1,3}){3}$/.test(hostname)
  );
}

async function readKey(io: Terminal, file: string | undefined): Promise<string> {
  const fromFile = file !== undefined;
  let text = io.env.RECLAIM_KEY || undefined;
  if (fromFile) {
    try {
      text = new TextDecoder().decode(await readInput(io, file, MAX_KEY_FILE_BYTES));
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      throw new Problem(`--key-file: ${error.message}`, { cause: error });
    }
  }
  if (text === undefined) throw new Problem('a key is expected in RECLAIM_KEY or in the file of --key-file');
  try {
    return parseApiKey(text.trim());
  } catch {
    const where = fromFile ? 'the file of --key-file' : 'RECLAIM_KEY';
    throw new Problem(`${where} is expected to hold one key: rk_, 32 hex digits, _ and 43 characters`);
  }
}

/** The sentence for a call that brought no answer, or undefined for an error of another kind. */
export function serviceProblem(error: unknown, scope: string): string | undefined {
  if (!(error instanceof ReclaimError)) return undefined;
  switch (error.code) {
    case 'network':
      return 'the service cannot be reached; is the address right, and does it run?';
    case 'timeout':
      return 'the service did not answer in time';
    case 'bad-answer':
      return 'what answered there does not speak as a Reclaim service; is the address right?';
    case 'not-found':
      return 'there is no such thing at this address; is it that of a Reclaim service?';
    case 'unauthorized':
      return 'the service does not know this key, or its time is over';
    case 'forbidden':
      return `this key may not do that; it needs the scope ${scope}`;
    case 'too-many-in-flight':
    case 'too-many-requests':
    case 'too-many-attempts':
    case 'door-full':
    case 'too-busy':
    case 'unavailable':
    case 'storage-full':
      return 'the service cannot take this now; try again later';
    default:
      // The rest are problems with what was sent: closed codes, which are words.
      return `the service refused (${error.code})`;
  }
}
