/**
 * A node for tests, on a fresh directory and a free port, and a way to ask it as any role.
 * @module
 */

import { SCOPES, type Scope } from '@reclaim/casework/wire';
import { layCluster } from '@reclaim/store/embedded-cluster.fixture';
import { scratchDirectory } from '@reclaim/store/embedded-scratch.fixture';
import { makeKey } from '@reclaim/store/keys';
import { PATIENT_MS } from '@reclaim/store/store.fixture';
import { type NodeOptions, type RunningNode, startNode } from './node.ts';

/**
 * What a node may log beside what a test has it do: on a busy machine a database answers a chore too late, or a table is in use when it
 * is to be compacted. A name of a chore and a closed code, and nothing else.
 */
export const BUSY_LINE =
  /^(compaction waits: (old-transaction|table-busy)|(chore [a-z]+|[a-z]+( search)?): ([A-Za-z]*[Ee]rror|[A-Z0-9_]+)( [A-Z0-9_]+)?)$/;

/** An answer: status, headers, the text and what it says as JSON. */
export type Answer = {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  // What a test reads of an answer is the test's to know.
  // biome-ignore lint/suspicious/noExplicitAny: the shape is what the test asserts
  readonly json: any;
};

/** A node under test. */
export type TestNode = {
  readonly node: RunningNode;
  readonly dataDir: string;
  /** A token for each scope alone. */
  readonly tokens: Readonly<Record<Scope, string>>;
  /** Everything the node logged. */
  readonly logged: readonly string[];
  /** A token with these scopes. */
  readonly tokenFor: (scopes: readonly Scope[]) => Promise<string>;
  /** Asks with a JSON body, or with bytes of a content type. */
  readonly ask: (method: string, path: string, options?: AskOptions) => Promise<Answer>;
  readonly end: () => Promise<void>;
};

/** How to ask. */
export type AskOptions = {
  readonly token?: string | undefined;
  readonly json?: unknown;
  readonly body?: NonNullable<RequestInit['body']>;
  readonly headers?: Readonly<Record<string, string>>;
};

/** Starts a node. */
export async function testNode(options: Partial<NodeOptions> = {}): Promise<TestNode> {
  const scratch = scratchDirectory();
  const dataDir = options.dataDir ?? scratch.path;
  const logged: string[] = [];
  if (options.dataDir === undefined && options.databaseUrl === undefined) await layCluster(dataDir);
  const node = await startNode({
    port: 0,
    floorBytes: 1024 * 1024,
    connectWithinMs: PATIENT_MS,
    log: (line) => logged.push(line),
    ...options,
    dataDir,
  });
  const tokenFor = async (scopes: readonly Scope[]) =>
    (await makeKey(node.store, 'system', { name: scopes.join('+'), scopes })).token;
  const pairs = await Promise.all(SCOPES.map(async (scope) => [scope, await tokenFor([scope])] as const));
  return {
    node,
    dataDir,
    logged,
    tokens: Object.fromEntries(pairs) as Record<Scope, string>,
    tokenFor,
    ask: (method, path, how = {}) => ask(node.url, method, path, how),
    end: async () => {
      await node.stop();
      scratch[Symbol.dispose]();
    },
  };
}

async function ask(url: string, method: string, path: string, how: AskOptions): Promise<Answer> {
  const headers: Record<string, string> = { ...how.headers };
  if (how.token !== undefined) headers['authorization'] = `Bearer ${how.token}`;
  if (how.json !== undefined) headers['content-type'] = 'application/json';
  const body = how.json === undefined ? how.body : JSON.stringify(how.json);
  const streamed = body instanceof ReadableStream ? { duplex: 'half' as const } : {};
  const response = await fetch(url + path, {
    method,
    headers,
    ...(body === undefined ? {} : { body }),
    ...streamed,
  });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    text,
    json: /[/+]json/.test(response.headers.get('content-type') ?? '') ? JSON.parse(text) : undefined,
  };
}
