/**
 * Which channels serve a target, and in which order.
 *
 * The form made for a law comes first where the person may use it, because it has a clock and a number; then the officer a
 * law demands, the form for this kind of content, mail, the report inside the app, and search engines beside them all.
 * Copyright comes last with its warning: the uploader learns the name, and it is only for who made the picture. A picture of
 * somebody under 18 opens only the child channels. Rows without an address and rows from general knowledge are left out.
 * @module
 */

import type { Day } from '../day.ts';
import { EU_MEMBERS } from '../duty/eu-members.ts';
import { type Channel, type Effect, type NameSeenBy, standingOf } from './channel.ts';
import { CHANNELS } from './channels.ts';

/** What decides the order. */
export interface ChannelFacts {
  /** A platform of the link table. */
  readonly platform: string;
  /** ISO 3166-1 alpha-2 of where the person lives. */
  readonly country: string | 'unknown';
  readonly minor: boolean;
  readonly hasAccount: boolean | 'unknown';
  /** Whether the person made the picture. */
  readonly madeByPerson: boolean | 'unknown';
  /** Whether an organisation with a partner route acts. */
  readonly partner: boolean;
}

/** A channel in its place, with the warning to show before it is used. */
export interface OfferedChannel {
  readonly channel: Channel;
  readonly warning: 'none' | 'name-is-told' | 'copyright';
  /** True where a person has yet to open the address and confirm it. */
  readonly unconfirmed: boolean;
}

const RANK: Readonly<Record<Effect, number>> = {
  child: 0,
  partner: 1,
  'legal-form': 2,
  'grievance-officer': 3,
  'safety-form': 4,
  mail: 5,
  'in-app': 6,
  index: 7,
  infrastructure: 8,
  copyright: 9,
  none: 10,
  unknown: 11,
};

/** What can be offered for the facts on the day, in order; equal ranks keep the order of the rows. */
export function channelsFor(facts: ChannelFacts, day: Day): readonly OfferedChannel[] {
  return CHANNELS.filter((each) => each.platforms.includes(facts.platform) && mayUse(each, facts, day))
    .map((channel) => ({
      channel,
      warning: warningOf(channel),
      unconfirmed: standingOf(channel, day) !== 'checked',
    }))
    .sort((a, b) => RANK[a.channel.effect] - RANK[b.channel.effect]);
}

/** Who tells a name on. */
const TOLD: ReadonlySet<NameSeenBy> = new Set<NameSeenBy>([
  'uploader-told-the-name',
  'public-archive-lumen',
  'host-or-customer',
]);

/** What to say before the person types a name into the channel. */
export function warningOf(channel: Channel): OfferedChannel['warning'] {
  if (channel.effect === 'copyright') return 'copyright';
  return channel.nameSeenBy.some((each) => TOLD.has(each)) ? 'name-is-told' : 'none';
}

function mayUse(channel: Channel, facts: ChannelFacts, day: Day): boolean {
  const standing = standingOf(channel, day);
  if (standing === 'withheld' || standing === 'address-unknown') return false;
  if (channel.effect === 'none') return false;
  if ((channel.effect === 'child') !== facts.minor) return false;
  if (channel.effect === 'partner' && !facts.partner) return false;
  if (channel.effect === 'copyright' && facts.madeByPerson !== true) return false;
  if (channel.account === 'yes' && facts.hasAccount === false) return false;
  if (channel.onlyFor.length === 0 || facts.country === 'unknown') return true;
  const union = channel.onlyFor.includes('EU') && EU_MEMBERS.includes(facts.country);
  return union || channel.onlyFor.includes(facts.country);
}
