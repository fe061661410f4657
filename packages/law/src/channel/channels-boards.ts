/**
 * Channels: Boards and forums.
 * @module
 */

import { type Channel, channel } from './channel.ts';

/** The rows. */
export const CHANNELS_BOARDS: readonly Channel[] = [
  channel('boards', {
    id: '4chan',
    platforms: ['4chan', '4chan-cdn'],
    kinds: ['form', 'in-app'],
    effect: 'in-app',
    addresses: ['4chan.org/contact'],
    path: '4chan.org/contact; Report on the post',
    reach: ['item'],
    confidence: 'C',
    sources: ['FC1'],
  }),
  channel('boards', {
    id: 'imageboards',
    platforms: ['imageboard'],
    kinds: ['in-app'],
    effect: 'in-app',
    addresses: [],
    path: 'Report box under the post',
    reach: ['item'],
    confidence: 'K',
    sources: ['GENERAL'],
  }),
  channel('boards', {
    id: 'forum-software',
    platforms: ['xenforo', 'phpbb', 'vbulletin', 'smf', 'discourse'],
    kinds: ['in-app', 'form'],
    effect: 'in-app',
    addresses: [],
    path: 'Report link on the post; Contact us in the footer',
    account: 'yes',
    reach: ['item'],
    confidence: 'K',
    sources: ['GENERAL'],
  }),
];
