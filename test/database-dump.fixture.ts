/**
 * What a thief of the database would read, and what the log says beside it.
 * @module
 */

import assert from 'node:assert/strict';
import type { TestNode } from '@reclaim/service/node.fixture';
import { databasePlaces, type Found, findPlanted, type Planted } from '@reclaim/store/planted.fixture';

/** Where something of `planted` lies with a node, in any encoding: in its tables and in what it logged. */
export async function plantedWith(
  { node, logged }: TestNode,
  planted: Readonly<Record<string, Planted>>,
): Promise<readonly Found[]> {
  const places = await databasePlaces(node.store.db);
  assert.ok(places.length > 50, 'the database itself is empty');
  const log = { where: 'the log', bytes: Buffer.from(logged.join('\n')) };
  return findPlanted([...places, log], planted);
}
