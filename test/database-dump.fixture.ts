/**
 * What a thief of the database would read.
 * @module
 */

import assert from 'node:assert/strict';
import type { TestNode } from '@reclaim/service/node.fixture';

/** Every row of every table of a node as text; bytes as they are and in hex. */
export async function databaseDump({ node }: TestNode): Promise<string> {
  const { db } = node.store;
  const lines: string[] = [];
  for (const { name, schema } of await db.introspection.getTables()) {
    if (schema !== 'public') continue;
    const rows = await db
      .selectFrom(name as 'job')
      .selectAll()
      .execute();
    for (const row of rows) {
      for (const value of Object.values(row) as unknown[]) {
        if (Buffer.isBuffer(value)) lines.push(value.toString('latin1'), value.toString('hex'));
        else lines.push(typeof value === 'string' ? value : JSON.stringify(value));
      }
    }
  }
  assert.ok(lines.length > 50, 'the dump itself is empty');
  return lines.join('\n');
}
