/**
 * A node that is not one: the built console under the headers of the real pages, and an interface in memory that answers
 * by the contract. For what a real node would take too long to be brought to (ten thousand open jobs), and for troubles.
 * @module
 */

import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { MISUSE_POLICY } from '@reclaim/casework/misuse';
import { UNSAID_PLATFORM } from '@reclaim/casework/notice-terms';
import type { WireJob } from '@reclaim/casework/wire';
import { PERMISSIONS } from '@reclaim/casework/wire-staff';
import { NO_ACCOUNTABILITY } from '@reclaim/casework/wire-statement';
import { PAGE_HEADERS } from '@reclaim/service/web-routes';
import { FIXTURE_START, fixtureId } from '@reclaim/web/console/job.fixture';

/** Who is signed in there. */
export const FAKE_ME = fixtureId('stf', 1);

/** A running fake. `jobs` may be changed by a test; `asked` lists method and path of every question. */
export type FakeNode = {
  readonly url: string;
  readonly jobs: Map<string, WireJob>;
  readonly asked: string[];
  readonly views: { count: number; allowance: number };
  /** Whether somebody is signed in; one-time tokens that are still good; what a ceremony's finish was sent. */
  readonly door: { open: boolean; readonly tokens: Set<string>; readonly finished: unknown[] };
  readonly end: () => Promise<void>;
};

/** Starts it over the pages in `webDir`; `picture` are the bytes of every look. */
export async function fakeNode(
  webDir: string,
  jobs: readonly WireJob[],
  picture: Uint8Array,
): Promise<FakeNode> {
  const held = new Map(jobs.map((job) => [job.id as string, job]));
  const asked: string[] = [];
  const views = { count: 3, allowance: 40 };
  const door: FakeNode['door'] = { open: true, tokens: new Set(), finished: [] };
  const answer = (method: string, url: URL, body: Record<string, unknown>): [number, unknown] => {
    const parts = url.pathname.split('/');
    const ceremony = atTheDoor(url.pathname, body, door);
    if (ceremony !== undefined) return ceremony;
    if (!door.open) return [401, problem('unauthorized', 401)];
    if (url.pathname === '/v1/staff/me') return [200, staff()];
    if (url.pathname === '/v1/staff') return [200, { staff: [staff(), staff(2, 'Linden', ['review'])] }];
    if (url.pathname === '/v1/views')
      return [200, { count: views.count, seconds: 31, allowance: views.allowance }];
    if (url.pathname === '/v1/banks') return [200, { banks: BANKS }];
    if (url.pathname === '/v1/local-features') return [200, { state: 'off', retentionDays: 90, kept: 0 }];
    if (url.pathname === '/v1/keys') return [200, { keys: KEYS }];
    if (url.pathname === '/v1/audit') return [200, { records: [], head: { seq: 0, hash: '0'.repeat(64) } }];
    if (url.pathname === '/v1/publications') return [200, { publications: [] }];
    if (url.pathname === '/v1/misuse') return [200, { ladder: [], policy: MISUSE_POLICY }];
    if (url.pathname === '/v1/accountability') return [200, NO_ACCOUNTABILITY];
    if (url.pathname === '/v1/helper/threads') return [200, { threads: [] }];
    if (url.pathname === '/v1/notice-form') return [200, UNSAID_PLATFORM];
    if (url.pathname === '/v1/jobs') return [200, pageOf(held, url.searchParams)];
    const job = held.get(parts[3] ?? '');
    if (parts[2] !== 'jobs' || job === undefined) return [404, problem('not-found', 404)];
    if (parts[4] === 'look') {
      views.count++;
      return [200, { url: `/v1/looks/${'a'.repeat(43)}`, expiresAt: Date.now() + 30_000 }];
    }
    if (parts[4] === 'minor-lane') return [200, LANE];
    if (parts[4] === 'notices') return [200, { jobId: job.id, zone: 'UTC', notices: [], complaints: [] }];
    if (parts[4] === 'look-end') return [204, null];
    const changed = method === 'GET' ? job : carriedOut(job, parts[4] ?? '', body);
    if (changed === undefined) return [409, problem('refused-claimed-by-another', 409)];
    held.set(job.id, changed);
    return [200, changed];
  };
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    if (url.pathname.startsWith('/v1/looks/')) {
      asked.push(`GET ${url.pathname}`);
      response.writeHead(200, { ...PAGE_HEADERS, 'content-type': 'image/jpeg', 'cache-control': 'no-store' });
      response.end(picture);
    } else if (url.pathname.startsWith('/v1/')) {
      asked.push(`${request.method} ${url.pathname}`);
      const body = chunks.length === 0 ? {} : JSON.parse(Buffer.concat(chunks).toString());
      const [status, said] = answer(request.method ?? 'GET', url, body);
      response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
      response.end(status === 204 ? undefined : JSON.stringify(said));
    } else {
      const name = url.pathname === '/console' ? 'console/index.html' : path.basename(url.pathname);
      const file = name.startsWith('console/') ? name : `assets/${name}`;
      const bytes = await readFile(path.join(webDir, file)).catch(() => undefined);
      const type = TYPES[path.extname(file)] ?? 'application/octet-stream';
      response.writeHead(bytes === undefined ? 404 : 200, { ...PAGE_HEADERS, 'content-type': type });
      response.end(bytes);
    }
  };
  const server = createServer((request, response) => void serve(request, response));
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://localhost:${port}`,
    jobs: held,
    asked,
    views,
    door,
    end: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Recovery codes of the fake: two are enough to see that they are shown. */
export const FAKE_CODES = ['abcd-efgh-jkmn-pqrs-tuvw', '2345-6789-abcd-efgh-jkmn'];

/**
 * The ceremonies, with options as a node gives them. Nothing is verified: that is the node's own half and is tested with
 * it. `undefined` for what is no ceremony.
 */
function atTheDoor(
  pathname: string,
  body: Record<string, unknown>,
  door: FakeNode['door'],
): [number, unknown] | undefined {
  const challenge = 'c'.repeat(43);
  switch (pathname) {
    case '/v1/staff/register/start': {
      if (!door.tokens.has(String(body['token']))) return [404, problem('not-found', 404)];
      const options = {
        challenge,
        rp: { id: 'localhost', name: 'Console' },
        user: { id: 'dXNlcg', name: String(body['pseudonym']), displayName: String(body['pseudonym']) },
        pubKeyCredParams: [-7, -257].map((alg) => ({ type: 'public-key', alg })),
        authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      };
      return [200, { ceremony: challenge, options }];
    }
    case '/v1/staff/register/finish':
      door.tokens.clear();
      door.finished.push(body['response']);
      door.open = true;
      return [201, { staff: staff(), recoveryCodes: FAKE_CODES }];
    case '/v1/staff/sign-in/start':
      return [
        200,
        { ceremony: challenge, options: { challenge, rpId: 'localhost', userVerification: 'required' } },
      ];
    case '/v1/staff/sign-in/finish':
      door.finished.push(body['response']);
      door.open = true;
      return [200, staff()];
    case '/v1/staff/recover':
      if (body['code'] !== FAKE_CODES[0]) return [401, problem('unauthorized', 401)];
      door.open = true;
      return [200, staff()];
    case '/v1/staff/sign-out':
      door.open = false;
      return [204, null];
    default:
      return undefined;
  }
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
};

const LANE = {
  state: 'locked',
  lockedAt: FIXTURE_START,
  lockedBy: FAKE_ME,
  holdUntil: FIXTURE_START + 366 * 86_400_000,
  holdBasis: '18 U.S.C. 2258A(h)',
  reports: [],
  views: 0,
};

const BANKS = [
  bank(1, 'Protected by people', true, 1_284),
  bank(2, 'From partner organisations', false, 20_017),
  { ...bank(3, 'Memes and logos', true, 412), kind: 'negative' },
];
const KEYS = [
  { id: fixtureId('key', 1), name: 'Photo board', scopes: ['check', 'report'], createdAt: FIXTURE_START },
  {
    id: fixtureId('key', 2),
    name: 'Old importer',
    scopes: ['bank'],
    createdAt: FIXTURE_START,
    revokedAt: FIXTURE_START + 1,
  },
];

function bank(n: number, name: string, enabled: boolean, signals: number) {
  return {
    id: fixtureId('bnk', n),
    name,
    kind: 'positive',
    enabled,
    confidentBits: 31,
    possibleBits: 40,
    signals,
  };
}

function staff(n = 1, pseudonym = 'Rowan', permissions: readonly string[] = PERMISSIONS) {
  return { id: fixtureId('stf', n), pseudonym, permissions, createdAt: FIXTURE_START };
}

function problem(kind: string, status: number) {
  return { type: `/problems/${kind}`, title: kind, status };
}

function pageOf(held: ReadonlyMap<string, WireJob>, query: URLSearchParams) {
  const all = [...held.values()].map((job, at) => ({ job, at: at + 1 }));
  const wanted = all.filter(
    ({ job, at }) => job.state === query.get('state') && at > Number(query.get('after') ?? 0),
  );
  const page = wanted.slice(0, Number(query.get('limit')));
  const jobs = page.map(({ job }) => job);
  return wanted.length > page.length ? { jobs, next: String(page.at(-1)!.at) } : { jobs };
}

/** What a command makes of a job; `undefined` where another reviewer has it. */
function carriedOut(job: WireJob, step: string, body: Record<string, unknown>): WireJob | undefined {
  const { claimedBy, claimedUntil, decision, ...rest } = job;
  if (job.state === 'claimed' && claimedBy !== FAKE_ME) return undefined;
  switch (step) {
    case 'claim':
      return { ...rest, state: 'claimed', claimedBy: FAKE_ME, claimedUntil: Date.now() + 900_000 } as never;
    case 'release':
    case 'undo':
      return { ...rest, state: 'queued' };
    case 'decide':
      return {
        ...rest,
        state: 'decided',
        decision: { id: fixtureId('dec', 1), ruling: body['ruling'], by: FAKE_ME, automated: 'no' },
      } as never;
    default:
      return job;
  }
}
