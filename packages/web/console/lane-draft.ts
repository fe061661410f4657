/**
 * The draft of a report to a hotline as text, to be copied by hand into the authority's own form. Pure.
 *
 * What can be filled in is filled in from the lane's record (`casework/minor-lane`), the rest is named so that a person finds it
 * out or leaves it open. No picture, no link and no word of anybody is in it; the platform's id of the item is, because
 * without it nobody could tell what is reported.
 * @module
 */

import { type Finding, laneReportDraft } from '@reclaim/casework/minor-lane';
import type { WireJob } from '@reclaim/casework/wire';
import type { WireMinorLane } from '@reclaim/casework/wire-minor';
import type { Say } from './console-context.ts';

/** A line of the draft. */
export type DraftLine = { readonly name: string; readonly value: string };

/** The lines; `zone` is where the platform counts its days, moments are in UTC. */
export function draftLines(
  say: Say,
  job: WireJob,
  lane: WireMinorLane,
  finding: Finding,
): readonly DraftLine[] {
  const draft = laneReportDraft(
    { kind: 'apparent', at: lane.lockedAt, finding },
    {
      views: lane.views,
      publiclyAvailable: undefined,
      addressEvents: undefined,
      hasExif: undefined,
      hasHashes: undefined,
      connectedAccounts: undefined,
    },
  );
  if (draft === undefined) return [];
  const moment = (at: number) => `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  const open = say('lane.draft.open');
  return [
    { name: say('lane.incident'), value: say(`lane.incident.${draft.incident}`) },
    {
      name: say('lane.class'),
      value: draft.class === 'not-classified' ? say('lane.class.not-classified') : draft.class,
    },
    {
      name: say('lane.annotations'),
      value: draft.annotations.map((each) => say(`lane.annotation.${each}`)).join(', ') || '–',
    },
    { name: say('lane.draft.viewed'), value: say(draft.fileViewedByProvider ? 'lane.yes' : 'lane.no') },
    { name: say('lane.draft.public'), value: open },
    { name: say('lane.draft.item'), value: job.item?.id ?? open },
    { name: say('lane.draft.job'), value: job.id },
    { name: say('lane.draft.opened'), value: moment(job.openedAt) },
    { name: say('lane.draft.locked'), value: moment(lane.lockedAt) },
    { name: say('lane.draft.came'), value: say(`cause.${job.cause}`) },
    {
      name: say('lane.draft.add'),
      value: draft.toAdd.map((each) => say(`lane.add.${each}`)).join('; '),
    },
    { name: say('lane.draft.kept'), value: `${lane.holdBasis}: ${moment(lane.holdUntil)}` },
  ];
}

/** The draft as it is copied. */
export function draftText(say: Say, lines: readonly DraftLine[]): string {
  return [
    say('lane.draft.title'),
    '',
    ...lines.map(({ name, value }) => `${name}: ${value}`),
    '',
    say('lane.draft.foot'),
    '',
  ].join('\n');
}
