/**
 * Which traps to tell of at a channel, or of a platform that has no channel.
 * @module
 */

import type { Channel } from './channel.ts';
import { TRAPS, type Trap } from './trap.ts';

/** The traps of a channel: its own, those of its platforms, and those of all. */
export function trapsOf(channel: Channel): readonly Trap[] {
  return TRAPS.filter((each) =>
    each.at.some((at) => at === 'all' || at === channel.id || channel.platforms.includes(at)),
  );
}

/** The traps of a platform, whatever the channel; without those of all. */
export function trapsOfPlatform(platform: string): readonly Trap[] {
  return TRAPS.filter((each) => each.at.includes(platform));
}
