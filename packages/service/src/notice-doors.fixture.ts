/**
 * A node with its doors for notices, a clock that a test moves, two reviewers and a lead, and the ways in which a notice is given, read
 * and ruled on; for the tests of those doors.
 * @module
 */

import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { verifyChain } from '@reclaim/casework/event-chain';
import { recordsAfter } from '@reclaim/store/event-log';
import { databasePlaces, findPlanted } from '@reclaim/store/planted.fixture';
import { beginSession } from '@reclaim/store/staff-credentials';
import { solve } from '@reclaim/vault/proof-of-work';
import { testNode } from './node.fixture.ts';
import { headersOf, type Member, makeFirstMember, makeMember } from './staff.fixture.ts';

/** An hour, milliseconds. */
export const HOUR = 3_600_000;

/** Words that must be found nowhere but in answers to who may read them. */
export const PLANTED = {
  name: 'Planted Notifier Name',
  email: 'planted.notifier@example.org',
  otherContact: '+00 planted telephone',
  facts: 'Planted facts: taken in private, never to be shared.',
  complaint: 'Planted complaint of somebody who is sure.',
  reason: 'Planted reason to unseal.',
};
/** A sentence that somebody confirms, in its first version. */
export const tick = (id: string) => ({ id, version: '1' });
/** The sentences that most laws ask for. */
export const TICKS = [
  'not-consensual',
  'good-faith',
  'true-to-knowledge',
  'accurate-and-complete',
  'standing',
].map(tick);
/** Who gives a notice, as they type themselves. */
export const NOTIFIER = { name: PLANTED.name, email: PLANTED.email, otherContact: PLANTED.otherContact };
/** The same, signed. */
export const SIGNED = { ...NOTIFIER, signature: { text: PLANTED.name } };

/** A code as a notifier’s device draws it: 43 base64url characters. */
export const drawCode = () => randomBytes(32).toString('base64url');
/** SHA-256 of a text, hexadecimal. */
export const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
/** A ruling that takes the item down. */
export const REMOVE = { outcome: 'remove', ground: 'intimate-image-law' };
/** A ruling that lets it stand. */
export const KEEP = { outcome: 'keep', ground: 'not-intimate' };

/** The clock of a rule in an answer. */
// biome-ignore lint/suspicious/noExplicitAny: the shape is what the test asserts
export const clockOf = (json: any, ruleId: string) => json.clocks.find((each: any) => each.ruleId === ruleId);

/** The doors; `end` stops the node. */
export async function noticeDoors() {
  const clock = { now: Date.UTC(2026, 10, 20, 10, 0) };
  const { node, tokens, ask, logged, end } = await testNode({
    now: () => clock.now,
    limits: {
      proofBits: 4,
      addressNoticesPerHour: 500,
      failedOpeningsPerHour: 1_000,
      addressRequestsPerMinute: 50_000,
    },
  });
  const first = await makeFirstMember(node.store);
  const rowan = await makeMember(node.store, first, ['review']);
  const linden = await makeMember(node.store, first, ['review', 'lead']);
  const alder = await makeMember(node.store, first, ['review', 'minor-lane', 'lead']);

  async function proof() {
    const { json } = await ask('POST', '/v1/challenges', { json: {} });
    return { challenge: json.challenge, nonce: await solve(json.challenge, json.bits) };
  }

  let items = 0;
  const nextItem = () => ({ id: `noticed-${++items}` });

  async function give(more: object = {}, code = drawCode()) {
    const answer = await ask('POST', '/v1/notices', {
      json: {
        proof: await proof(),
        codeSha256: sha256(code),
        age: 'adult',
        item: nextItem(),
        standing: 'depicted',
        facts: PLANTED.facts,
        declarations: TICKS,
        notifier: SIGNED,
        ...more,
      },
    });
    return { code, answer };
  }
  const status = (code: string) => ask('POST', '/v1/notices/status', { json: { code } });
  /** Asks in a session begun just now: the clock of these tests goes on by days. */
  const as = async (who: Member, method: string, path: string, json?: object) => {
    const headers = headersOf(await beginSession(node.store, who.staff.id));
    return ask(method, path, { headers, ...(json === undefined ? {} : { json }) });
  };

  async function jobOn(itemId: string): Promise<{
    id: string;
    state: string;
    due?: { at: number };
    breaches?: number;
    notices?: number;
    lane?: string;
  }> {
    for (let after = 0; ; ) {
      const { json } = await as(alder, 'GET', `/v1/jobs?limit=200&after=${after}`);
      const found = json.jobs.findLast((job: { item?: { id: string } }) => job.item?.id === itemId);
      if (found !== undefined) return found;
      assert.ok(json.next !== undefined, 'no job on the item');
      after = json.next;
    }
  }

  async function decide(who: Member, itemId: string, ruling: object) {
    const { id } = await jobOn(itemId);
    assert.equal((await as(who, 'POST', `/v1/jobs/${id}/claim`, {})).status, 200);
    const answer = await as(who, 'POST', `/v1/jobs/${id}/decide`, {
      ruling,
      facts: 'It is what the notice says.',
    });
    assert.equal(answer.status, 200);
    return id;
  }

  /** What must hold after whatever happened at these doors. */
  async function holdsNoWord(): Promise<void> {
    const { db } = node.store;
    const places = await databasePlaces(db);
    assert.ok(places.length > 500);
    // What a reviewer wrote of their own (facts, reasons) stands in event_value, erasable; that is not the notifier's.
    const { reason, ...notifier } = PLANTED;
    const link = 'board.example/p/77';
    assert.deepEqual(findPlanted(places, { ...notifier, link }), []);
    const log = { where: 'the log', bytes: Buffer.from(logged.join('\n')) };
    assert.deepEqual(findPlanted([log], { ...notifier, reason, link }), []);
    const records = await recordsAfter(db, 0, 10_000);
    assert.ok((await verifyChain({ seq: 0, hash: '0'.repeat(64) }, records)).ok);
    for (const planted of Object.values(PLANTED))
      assert.equal(JSON.stringify(records).includes(planted), false);
  }

  return {
    clock,
    node,
    tokens,
    ask,
    logged,
    end,
    rowan,
    linden,
    alder,
    proof,
    nextItem,
    give,
    status,
    as,
    jobOn,
    decide,
    holdsNoWord,
  };
}
