/**
 * A new item from what a person gave, with everything they did not say as "not known".
 * @module
 */

import { hex } from '@scure/base';
import { type AdultItem, type EvidenceItem, type MinorItem, parseItem } from './evidence-item.ts';

/** What a person may say of an item; everything but its kind can be left out. */
export type Told = { readonly kind: AdultItem['kind'] } & Partial<
  Omit<AdultItem, 'id' | 'kind' | 'age' | 'capture' | 'shielded'>
>;

/** How it was taken. `at`: ISO 8601 in UTC with milliseconds. */
export type Taking = {
  readonly random: Uint8Array;
  readonly startedAt: string;
  readonly endedAt: string;
  readonly method: AdultItem['capture']['method'];
  readonly software: AdultItem['capture']['software'];
  readonly clockOffsetMs?: number;
  readonly browser?: string;
  readonly viewport?: string;
};

/**
 * A new item. `random`: 8 bytes, which the caller draws.
 * @throws {TypeError} naming the field that has not the form
 */
export function newItem(told: Told, taking: Taking): AdultItem {
  const files = told.files ?? [];
  const item = parseItem({
    source: null,
    platform: null,
    postId: null,
    handle: null,
    accountId: null,
    displayName: null,
    shownTime: null,
    server: null,
    capturedBy: { role: 'owner', pseudonym: 'owner' },
    depicted: { who: told.kind === 'screenshot' || told.kind === 'page-capture' ? 'me' : 'nobody' },
    consent: 'unknown',
    fingerprints: [],
    visibility: null,
    views: null,
    likes: null,
    threats: null,
    notices: [],
    notes: '',
    ...told,
    id: drawItemId(taking.random),
    age: 'adult',
    files,
    shielded: files.some(({ role }) => role === 'shielded'),
    capture: {
      startedAt: taking.startedAt,
      endedAt: taking.endedAt,
      clockOffsetMs: taking.clockOffsetMs ?? null,
      method: taking.method,
      software: taking.software,
      browser: taking.browser ?? null,
      viewport: taking.viewport ?? null,
    },
  });
  return item as AdultItem;
}

/** A link that may lead to somebody under 18: the only item that can be made of it. */
export function newMinorItem(
  told: Pick<MinorItem, 'age' | 'link'> & { readonly handle?: string },
  { random, at }: { readonly random: Uint8Array; readonly at: string },
): MinorItem {
  const item: EvidenceItem = parseItem({
    id: drawItemId(random),
    kind: 'hand-over',
    age: told.age,
    link: told.link,
    handle: told.handle ?? null,
    at,
  });
  return item as MinorItem;
}

/** @throws {RangeError} unless there are 8 bytes */
export function drawItemId(random: Uint8Array): string {
  if (random.length !== 8) throw new RangeError('item id: expected 8 random bytes');
  return hex.encode(random);
}
