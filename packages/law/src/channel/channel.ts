/**
 * A channel as a row: where to ask for removal, what it needs, who learns the person's name, how far a removal reaches.
 *
 * Every row is a candidate until a person opened the address and wrote down the visible title of the page: wrong
 * addresses circulate. A row without an address says so; it is never filled by guess. Rows expire after 180 days.
 * @module
 */

import { addDays, type Day, parseDay } from '../day.ts';
import { SOURCES, type SourceCode } from './channel-source.ts';

/** The day on which the rows were last compared with their sources: November 2026, day unknown, the month's first. */
export const CHANNELS_CHECKED: Day = parseDay('2026-11-01');

/** How long a checked row is believed, in days. */
export const EXPIRES_AFTER_DAYS = 180;

/**
 * `A` the platform's own text, read or quoted with a date; `B` a regulator, government, press or organisation; `C` a third
 * party, code or guide; `K` general knowledge, which is withheld.
 */
export type Confidence = 'A' | 'B' | 'C' | 'K';

/** How one gets in. */
export type ChannelKind = 'form' | 'in-app' | 'mail' | 'API' | 'phone' | 'post' | 'partner';

/** What asking sets in motion; also the order in which channels are offered, see `channel-order.ts`. */
export type Effect =
  /** A form made for a law: a clock or a duty to answer. */
  | 'legal-form'
  /** The officer that a law demands. */
  | 'grievance-officer'
  /** A form for this kind of content, by the platform's own rules. */
  | 'safety-form'
  | 'in-app'
  | 'mail'
  /** Takes the item out of search results, never off the page. */
  | 'index'
  /** Passes the report on, or stops serving a whole site. */
  | 'infrastructure'
  /** Only for organisations that the platform admitted. */
  | 'partner'
  /** Only for pictures of people under 18. */
  | 'child'
  /** A last resort: the uploader learns the name, and a false claim is perjury. */
  | 'copyright'
  /** Nothing can be asked for. */
  | 'none'
  /** No way in was found yet. */
  | 'unknown';

/** Who learns who asks. */
export type NameSeenBy =
  | 'platform-only'
  | 'uploader-told-of-a-complaint'
  | 'uploader-told-the-name'
  | 'public-archive-lumen'
  | 'host-or-customer'
  | 'volunteer-moderators'
  | 'unknown';

/** How far a removal reaches. `copies`: the platform looks for identical ones; `index`: search results only. */
export type Reach = 'item' | 'account' | 'copies' | 'index' | 'host' | 'domain' | 'none' | 'unknown';

/** A channel. */
export interface Channel {
  readonly id: string;
  /** Which part of the field it belongs to. */
  readonly group:
    | 'social'
    | 'search'
    | 'files'
    | 'adult'
    | 'dating-games-regional'
    | 'boards'
    | 'infrastructure';
  /** Platforms of the link table that it serves; empty for those that no link shows. */
  readonly platforms: readonly string[];
  readonly kinds: readonly ChannelKind[];
  readonly effect: Effect;
  /** Web and mail addresses as seen in the source, without scheme; empty where none was seen. */
  readonly addresses: readonly string[];
  /** The way there in words (menus to follow, what each address is for); empty where the address says it all. */
  readonly path: string;
  /** What to choose there. */
  readonly choose: string;
  /** `T4` the four US elements, `D6` the six of copyright under perjury, `URL` exact addresses, else in words. */
  readonly needs: readonly string[];
  readonly account: 'no' | 'yes' | 'unknown';
  readonly representative: 'yes' | 'limited' | 'no' | 'unknown';
  readonly nameSeenBy: readonly NameSeenBy[];
  readonly reach: readonly Reach[];
  /** The reach in words, where the values do not say it all. */
  readonly reachWords: string;
  /** The time that the service itself or the law names; empty for none. */
  readonly publishedTime: string;
  /** The same in hours, where it is a number. */
  readonly publishedHours: number | null;
  /** Countries whose people may use it; empty for no limit seen. */
  readonly onlyFor: readonly string[];
  readonly confidence: Confidence;
  readonly sources: readonly SourceCode[];
  /** The date of the newest source, as far as it is known. */
  readonly sourceDate: string;
  readonly lastChecked: Day;
  /** The visible title that a person saw at the address; null until somebody opened it. */
  readonly seenTitle: string | null;
}

/** Where a row stands on a day. Only `checked` may be offered as an address to trust. */
export type RowStanding = 'checked' | 'candidate' | 'expired' | 'address-unknown' | 'withheld';

/** Where the row stands on the day. */
export function standingOf(channel: Channel, day: Day): RowStanding {
  if (channel.confidence === 'K') return 'withheld';
  if (channel.addresses.length === 0 && channel.path === '') return 'address-unknown';
  if (day > addDays(channel.lastChecked, EXPIRES_AFTER_DAYS)) return 'expired';
  return channel.seenTitle === null ? 'candidate' : 'checked';
}

/** What a row states of itself; the rest has a usual value. */
export type ChannelFields = Pick<
  Channel,
  'id' | 'kinds' | 'effect' | 'addresses' | 'confidence' | 'sources'
> &
  Partial<Channel>;

/** A row of the group. */
export function channel(group: Channel['group'], fields: ChannelFields): Channel {
  return {
    group,
    platforms: [],
    path: '',
    choose: '',
    needs: [],
    account: 'unknown',
    representative: 'unknown',
    nameSeenBy: ['unknown'],
    reach: ['unknown'],
    reachWords: '',
    publishedTime: '',
    publishedHours: null,
    onlyFor: [],
    sourceDate: newestDate(fields.sources),
    lastChecked: CHANNELS_CHECKED,
    seenTitle: null,
    ...fields,
  };
}

function newestDate(codes: readonly SourceCode[]): string {
  const dates = codes.map((code) => SOURCES[code].date).filter((date) => date !== 'undated');
  return dates.sort().at(-1) ?? 'undated';
}
