/**
 * Everything that happened in a case as one list, and everything that comes as another: pictures, links, messages, proof and
 * the way back. Pure, from what the visit holds; nothing is asked for here.
 *
 * Who acts next is the law's and the domain's business (`casework/takedown/due-steps`), here it is only put in one order: what
 * waits for the person first, then the rest by its day.
 * @module
 */

import { type NextStep, nextStep } from '@reclaim/casework/takedown/due-steps';
import { type TakedownEvent, type Track, tracksOf } from '@reclaim/casework/takedown/takedown';
import type { Zone } from '@reclaim/law/zone';
import type { CustodyAction } from '@reclaim/vault/custody/custody-entry';
import type { EvidenceItem } from '@reclaim/vault/evidence/evidence-item';
import type { EvidenceRecord } from '@reclaim/vault/evidence/evidence-record';
import type { Entry } from '@reclaim/vault/messages/entry';
import type { SessionView, ThreadView } from './session-state.ts';

/** Something that happened. `day`: only the day is known; `about`: a name, a link, an account in the person's own words. */
export type Happened = {
  readonly at: number;
  readonly day: boolean;
  readonly what:
    | { readonly of: 'picture' }
    | { readonly of: 'link'; readonly type: TakedownEvent['type'] }
    | { readonly of: 'message'; readonly kind: Entry['kind']; readonly mine: boolean }
    | {
        readonly of: 'proof';
        readonly action: CustodyAction;
        readonly kind: EvidenceItem['kind'] | undefined;
      }
    | { readonly of: 'recovery' };
  readonly about: string;
};

/** Something that comes. `at`: the day or moment of it, where there is one. */
export type Coming = {
  readonly who: 'person' | 'helper' | 'service' | 'office' | 'nobody';
  readonly at: number | undefined;
  readonly what:
    | { readonly of: 'link'; readonly step: NextStep }
    | { readonly of: 'look'; readonly note: string }
    | { readonly of: 'unread'; readonly count: number }
    | { readonly of: 'asked' }
    | { readonly of: 'share' };
  readonly about: string;
};

type Seen = Pick<SessionView, 'signals' | 'takedowns' | 'threads' | 'recovery' | 'recoveryMadeAt'>;

/** Actions of the custody log that are of the record and not of the person. */
const QUIET: ReadonlySet<CustodyAction> = new Set(['created', 'stamped', 'verified']);

/** All that happened, the latest first. */
export function historyOf(view: Seen, record: EvidenceRecord | undefined): readonly Happened[] {
  const pictures = new Map(
    view.signals.map(({ picture, label, bankedAt }) => [picture, { label, bankedAt }]),
  );
  const rows: Happened[] = [
    ...[...pictures.values()].map(
      ({ label, bankedAt }): Happened => ({ at: bankedAt, day: true, what: { of: 'picture' }, about: label }),
    ),
    ...view.takedowns.flatMap(({ link, events }) =>
      events.map(
        (event): Happened => ({
          at: event.at,
          day: false,
          what: { of: 'link', type: event.type },
          about: link,
        }),
      ),
    ),
    ...view.threads.flatMap(messagesOf),
    ...(record?.custody ?? [])
      .filter(({ action }) => !QUIET.has(action))
      .map((entry): Happened => {
        const item = record?.items.find(({ id }) => id === entry.items[0]);
        const what = { of: 'proof', action: entry.action, kind: item?.kind } as const;
        return {
          at: Date.parse(entry.at),
          day: false,
          what,
          about: item === undefined ? '' : (item.handle ?? ''),
        };
      }),
    ...(view.recoveryMadeAt === undefined
      ? []
      : [{ at: view.recoveryMadeAt, day: true, what: { of: 'recovery' }, about: '' } as const]),
  ];
  // Of one moment the order stays: it is the order in which the parts say it.
  return rows.toSorted((a, b) => b.at - a.at);
}

function messagesOf({ helper, known }: ThreadView): readonly Happened[] {
  if (known.kind !== 'read') return [];
  return known.opened.entries.map((entry): Happened => {
    const what = { of: 'message', kind: entry.kind, mine: entry.mine } as const;
    return { at: entry.at, day: false, what, about: helper.name };
  });
}

/** All that comes: what waits for the person first, then by its moment. `now` in milliseconds since 1970. */
export function comingOf(view: Seen, now: number, zone: Zone): readonly Coming[] {
  const links = view.takedowns.flatMap(({ link, events }) =>
    tracksOf(events).map((track: Track): Coming => {
      const step = nextStep(track, now, zone);
      return { who: step.who, at: momentOf(step), what: { of: 'link', step }, about: link };
    }),
  );
  const threads = view.threads.flatMap(({ helper, unread, shares, known }): readonly Coming[] => {
    const looks = known.kind === 'read' && known.opened.ok ? known.opened.followUps : [];
    return [
      ...(unread === 0
        ? []
        : [
            {
              who: 'person',
              at: undefined,
              what: { of: 'unread', count: unread },
              about: helper.name,
            } as const,
          ]),
      ...looks.map(({ who, day, note }): Coming => {
        // A day of the person's own is nothing to do before it comes.
        const due = Date.parse(day);
        const waits = who === 'person' && due > now;
        return { who: waits ? 'nobody' : who, at: due, what: { of: 'look', note }, about: helper.name };
      }),
      ...shares
        .filter(({ until }) => until > now)
        .map(
          ({ until }): Coming => ({ who: 'nobody', at: until, what: { of: 'share' }, about: helper.name }),
        ),
    ];
  });
  const { recovery } = view;
  const asked: readonly Coming[] =
    recovery.kind === 'watched' && recovery.watched.standing !== 'quiet'
      ? [{ who: 'person', at: recovery.watched.dueAt, what: { of: 'asked' }, about: '' }]
      : [];
  const far = Number.MAX_SAFE_INTEGER;
  const order = (each: Coming) => (each.who === 'person' ? 0 : 1);
  return [
    ...asked,
    ...threads,
    ...links.filter(({ what }) => what.of !== 'link' || what.step.kind !== 'nothing'),
  ].toSorted(
    (a, b) =>
      order(a) - order(b) || (a.at ?? (order(a) === 0 ? 0 : far)) - (b.at ?? (order(b) === 0 ? 0 : far)),
  );
}

function momentOf(step: NextStep): number | undefined {
  return 'untilMs' in step && step.untilMs !== null ? step.untilMs : undefined;
}
