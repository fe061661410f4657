/**
 * The watches whose picture is back: what a case must not call a day without anything to do.
 * @module
 */

import type { WatchView } from '../core/session-state.ts';

/** Those that were seen again after they were gone, as far as they were asked for. */
export function backWatches(watches: readonly WatchView[]): readonly WatchView[] {
  return watches.filter(({ known }) => known.kind === 'known' && known.watch.standing === 'back');
}
