/**
 * All channels.
 * @module
 */

import type { Channel } from './channel.ts';
import { CHANNELS_ADULT } from './channels-adult.ts';
import { CHANNELS_BOARDS } from './channels-boards.ts';
import { CHANNELS_DATING_GAMES_REGIONAL } from './channels-dating-games-regional.ts';
import { CHANNELS_FILES } from './channels-files.ts';
import { CHANNELS_INFRASTRUCTURE } from './channels-infrastructure.ts';
import { CHANNELS_META_X } from './channels-meta-x.ts';
import { CHANNELS_SEARCH } from './channels-search.ts';
import { CHANNELS_TELEGRAM_TO_VIMEO } from './channels-telegram-to-vimeo.ts';
import { CHANNELS_TIKTOK_TO_DISCORD } from './channels-tiktok-to-discord.ts';

/** Every row. */
export const CHANNELS: readonly Channel[] = [
  ...CHANNELS_META_X,
  ...CHANNELS_TIKTOK_TO_DISCORD,
  ...CHANNELS_TELEGRAM_TO_VIMEO,
  ...CHANNELS_SEARCH,
  ...CHANNELS_FILES,
  ...CHANNELS_ADULT,
  ...CHANNELS_DATING_GAMES_REGIONAL,
  ...CHANNELS_BOARDS,
  ...CHANNELS_INFRASTRUCTURE,
];

/** @throws {RangeError} if no row has the id */
export function channelById(id: string): Channel {
  const found = CHANNELS.find((each) => each.id === id);
  if (found === undefined) throw new RangeError('channel: expected the id of a row');
  return found;
}
