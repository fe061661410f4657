/**
 * What to keep before asking for removal, since removal can delete the trace of the poster. Removal is never delayed for a
 * better capture, and nothing is saved of anyone who may be under 18. (General knowledge and practice of helplines.)
 * @module
 */

import type { LinkKind } from '../link/pattern.ts';

/** What to keep of everything. */
export const KEEP_ALWAYS: readonly string[] = [
  'the address as it was copied',
  'the time, with the time zone',
  'a shielded screenshot with the address bar',
  'the account name, and its permanent number if one is shown',
  'the caption and the comments that name you',
  'how often it was seen',
  'how you found it',
];

/** What to keep further, because it disappears. */
export interface KeepFirst {
  readonly id: string;
  readonly kinds: readonly LinkKind[];
  readonly text: string;
  /** True where the capture comes before anything else is done. */
  readonly first: boolean;
}

/** Every kind of place that has something of its own to keep. */
export const KEEP_FIRST: readonly KeepFirst[] = [
  keep('vanishing', ['story', 'live'], 'First of all: it is gone within 24 hours or less.', true),
  keep(
    'chat',
    ['message'],
    'The whole conversation above and below. Do not leave the group yet, and delete nothing.',
    true,
  ),
  keep(
    'group',
    ['group', 'invite'],
    'The invite link, the number of the channel, the names of its admins, how many members.',
    false,
  ),
  keep(
    'image-address',
    ['image_cdn', 'search_thumb'],
    'The page that shows it: the address of the file expires.',
    false,
  ),
  keep(
    'file-share',
    ['file_share'],
    'The full link with its key, encrypted; the names of the files and of their owner.',
    false,
  ),
  keep(
    'imageboard',
    ['post'],
    'On an imageboard: numbers of thread and post, board, file name, id of the poster, hosts of its archives.',
    false,
  ),
  keep(
    'dating',
    ['profile'],
    'On a dating service: name, age, place, order of the pictures, time. There is no link.',
    false,
  ),
  keep(
    'search',
    ['search_result'],
    'The words searched, the engine, the region, the addresses of the result and of the page.',
    false,
  ),
  keep(
    'report',
    [],
    'Of each report sent: confirmation number, time, text, recipient. It starts the clock and proves it.',
    false,
  ),
];

function keep(id: string, kinds: readonly LinkKind[], text: string, first: boolean): KeepFirst {
  return { id, kinds, text, first };
}
