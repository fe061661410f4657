/**
 * A node in memory with the case routes and their refusals, for the session's tests: it holds what a node would hold,
 * so that a test can look for what must not be there.
 * @module
 */

import { createHash } from 'node:crypto';
import { verify } from '@reclaim/vault/proof-of-work';
import { createNodeApi, type NodeApi } from './node-api.ts';

/** A case as the node has it. */
export type KeptCase = { authSha256: string; sealed: string; version: number };

/** The node, what it holds, and what went wrong with the net. */
export type FakeNode = {
  readonly api: NodeApi;
  readonly cases: Map<string, KeptCase>;
  /** Sealed records of evidence, by their capability. */
  readonly records: Map<string, { sealed: string; version: number }>;
  /** The timestamping authorities that the node names, and what they answer. */
  authorities: readonly { readonly id: string; readonly name: string; readonly roots: string }[];
  stamp: (
    imprint: string,
    nonce: string,
  ) => readonly { readonly authority: string; readonly reply: string | null }[];
  /** Signals by the SHA-256 of their capability. */
  readonly signals: Map<string, unknown>;
  /** Watches by their capability. */
  readonly watches: Map<string, { readonly address: string; readonly signals: readonly string[] }>;
  /** Every request: its path and its body as it crossed. */
  readonly seen: { readonly path: string; readonly body: string }[];
  /** What happens to the next request on a path: the answer is lost after it arrived, or it never arrives. */
  readonly trouble: Map<string, 'answer-lost' | 'offline' | Response>;
  /** What the next banked signals are answered, by their place. */
  verdicts: readonly string[];
};

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

/** A node that asks for `bits` of work. */
export function fakeNode(bits = 4): FakeNode {
  const cases = new Map<string, KeptCase>();
  const signals = new Map<string, unknown>();
  const seen: { path: string; body: string }[] = [];
  const trouble = new Map<string, 'answer-lost' | 'offline' | Response>();
  const open = new Set<string>();
  const records = new Map<string, { sealed: string; version: number }>();
  const watches: FakeNode['watches'] = new Map();
  const watch = {
    standing: 'waiting',
    since: 0,
    page: 'not-looked',
    looks: 0,
    begunAt: 0,
    last: null,
    nextAt: 1,
  };
  let count = 0;

  const problem = (kind: string, status: number) =>
    Response.json({ type: `/problems/${kind}`, title: '', status }, { status });
  const bank = (fresh: readonly { signal: unknown; capabilitySha256: string }[]) =>
    fresh.map(({ signal, capabilitySha256 }, at) => {
      const verdict = node.verdicts[at] ?? 'banked';
      if (verdict === 'banked') signals.set(capabilitySha256, signal);
      return verdict;
    });

  async function answer(path: string, text: string): Promise<Response> {
    const body = JSON.parse(text);
    if (path === '/v1/challenges') {
      const challenge = `challenge-${count++}`;
      open.add(challenge);
      return Response.json({ challenge, bits });
    }
    if (
      body.proof !== undefined ||
      path === '/v1/cases' ||
      path === '/v1/cases/save' ||
      path === '/v1/cases/open'
    ) {
      const good =
        open.delete(body.proof.challenge) && (await verify(body.proof.challenge, body.proof.nonce, bits));
      if (!good) return problem('refused-proof', 409);
    }
    const there = cases.get(body.lookupId);
    const mine =
      there !== undefined && body.authKey !== undefined && sha256(body.authKey) === there.authSha256;
    switch (path) {
      case '/v1/cases':
        if (body.under18 !== 'no') return problem('refused-minor', 409);
        if (there) return problem('refused-already-exists', 409);
        cases.set(body.lookupId, { authSha256: body.authSha256, sealed: body.sealed, version: 1 });
        return Response.json({ version: 1, signals: bank(body.signals) }, { status: 201 });
      case '/v1/cases/open':
        return mine
          ? Response.json({ sealed: there.sealed, version: there.version })
          : problem('not-found', 404);
      case '/v1/cases/save':
        if (!mine) return problem('not-found', 404);
        if (there.version !== body.version) return problem('refused-version', 409);
        cases.set(body.lookupId, { ...there, sealed: body.sealed, version: there.version + 1 });
        return Response.json({ version: there.version + 1, signals: bank(body.signals) });
      case '/v1/cases/delete':
        if (mine) cases.delete(body.lookupId);
        return new Response(null, { status: 204 });
      case '/v1/signal-receipts':
        return signals.has(sha256(body.capability))
          ? Response.json({ state: 'unconfirmed', held: 3, removed: 1 })
          : problem('not-found', 404);
      case '/v1/evidence/open':
        return Response.json(records.get(body.capability) ?? { sealed: null, version: 0 });
      case '/v1/evidence/save': {
        const version = records.get(body.capability)?.version ?? 0;
        if (version !== body.version) return problem('refused-version', 409);
        records.set(body.capability, { sealed: body.sealed, version: version + 1 });
        return Response.json({ version: version + 1 });
      }
      case '/v1/evidence/delete':
        records.delete(body.capability);
        return new Response(null, { status: 204 });
      case '/v1/timestamps/authorities':
        return Response.json({ authorities: node.authorities });
      case '/v1/timestamps':
        return Response.json({ answers: node.stamp(body.imprint, body.nonce) });
      case '/v1/watches':
        if (body.under18 !== 'no') return problem('refused-minor', 409);
        watches.set(body.capability, { address: body.address, signals: body.signals });
        return Response.json(watch, { status: 201 });
      case '/v1/watches/read':
        return watches.has(body.capability) ? Response.json(watch) : problem('not-found', 404);
      case '/v1/watches/delete':
        watches.delete(body.capability);
        return new Response(null, { status: 204 });
      case '/v1/withdrawals':
        signals.delete(sha256(body.capability));
        return new Response(null, { status: 204 });
      default:
        return problem('not-found', 404);
    }
  }

  const node: FakeNode = {
    api: createNodeApi({
      fetch: async (input, init) => {
        const path = String(input);
        const body = String(init?.body);
        seen.push({ path, body });
        const what = trouble.get(path);
        trouble.delete(path);
        if (what instanceof Response) return what;
        if (what === 'offline') throw new TypeError('no net');
        const response = await answer(path, body);
        if (what === 'answer-lost') throw new TypeError('no net');
        return response;
      },
    }),
    cases,
    records,
    authorities: [],
    stamp: () => [],
    signals,
    watches,
    seen,
    trouble,
    verdicts: [],
  };
  return node;
}
