/**
 * A record that was changed apart, laid upon what the node holds by then.
 *
 * The custody log says what was done and when, so the changes are in the record itself: whatever its log has beyond the
 * part that both share is done again upon the other, in the same order and with the times of then. What the other refuses
 * is of nothing any more: an item that was erased there, a stamp of another chain.
 * @module
 */

import { hex } from '@scure/base';
import { type CustodyEntry, entryDigest } from '../custody/custody-entry.ts';
import { filesOf } from './evidence-item.ts';
import type { EvidenceRecord } from './evidence-record.ts';
import {
  addItem,
  type Changed,
  enter,
  eraseItem,
  keepAnswer,
  keepExport,
  noteDeed,
  supersede,
} from './record-changes.ts';

/** Lays what `apart` has beyond what both share upon `onto`. Refused only where `onto` has no room for it. */
export function layTail(onto: EvidenceRecord, apart: EvidenceRecord): Changed {
  const shared = sharedEntries(onto.custody, apart.custody);
  if (shared === apart.custody.length) return { ok: true, record: onto };
  // Nothing happened there meanwhile: the stamps keep their chain, with the answers that came.
  if (shared === onto.custody.length) return { ok: true, record: apart };
  let record = onto;
  // The first entry of another record begins that one and is no change.
  for (const entry of apart.custody.slice(Math.max(1, shared))) {
    const changed = again(record, entry, apart);
    if (changed.ok) record = changed.record;
    else if (changed.reason === 'too-long' || changed.reason === 'too-many' || changed.reason === 'full')
      return changed;
  }
  return { ok: true, record };
}

/** How many entries two logs share from their beginning. */
function sharedEntries(one: readonly CustodyEntry[], other: readonly CustodyEntry[]): number {
  let count = 0;
  // An entry names the one before it: where two are the same, all before them are.
  while (
    count < Math.min(one.length, other.length) &&
    entryDigest(one[count]!) === entryDigest(other[count]!)
  )
    count++;
  return count;
}

function again(record: EvidenceRecord, entry: CustodyEntry, apart: EvidenceRecord): Changed {
  const { action, items: named, at, actor } = entry;
  const reason = entry.reason ?? undefined;
  const hand = { actor, at };
  const same: Changed = { ok: true, record };
  switch (action) {
    case 'created':
      return same;
    case 'captured':
    case 'imported': {
      const item = apart.items.find(({ id }) => id === named[0]);
      const stamp = apart.stamps.find(({ items }) => item !== undefined && items.includes(item.id));
      // It was erased again before anybody kept it.
      if (item === undefined || stamp === undefined) return same;
      const texts = filesOf(item).flatMap(({ sha256 }) => apart.texts[sha256] ?? []);
      return addItem(record, item, { how: action, texts, salt: hex.decode(stamp.subject.salt), hand });
    }
    case 'erased':
      return eraseItem(record, named[0]!, hand);
    case 'superseded':
      return supersede(record, named[0]!, named[1]!, hand);
    case 'stamped': {
      for (const { subject, items, answers } of apart.stamps) {
        const answer = answers.find(({ authority }) => authority === reason);
        if (answer !== undefined && items.some((id) => named.includes(id)))
          return keepAnswer(record, subject, answer, hand);
      }
      return same;
    }
    case 'exported':
    case 'shared-with': {
      const entered = enter(record, action, named, hand, reason);
      const made = apart.exports.find((each) => each.at === at);
      return entered.ok && made !== undefined
        ? { ok: true, record: keepExport(entered.record, made) }
        : entered;
    }
    default:
      return noteDeed(record, action, named, hand, reason);
  }
}
