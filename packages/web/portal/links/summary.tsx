/**
 * The line of the case's screen about links: nothing to do today, or for how many something is.
 * @module
 */

import { Button } from '../../ui/button.tsx';
import { plural } from '../../ui/language.ts';
import { NoticeBox } from '../../ui/notice-box.tsx';
import { useVisit } from '../visit.ts';
import { backWatches } from '../watch/back.ts';
import { useLinks } from './link-context.ts';
import { deviceZone, linkStep } from './link-list.ts';
import { stepWords } from './step-words.ts';
import { WatchesNote } from './watch-place.tsx';

/** How the links stand. */
export function Summary() {
  const { language, go, view } = useVisit();
  // Not when the page was drawn: a mark of a minute ago must not lie in the future.
  const now = Date.now();
  const { say, list } = useLinks();
  const zone = deviceZone();
  const links = list.ok ? list.groups.flatMap((each) => each.links) : [];
  const mine = links.filter((each) => linkStep(each, now, zone).who === 'person');
  const first = mine[0];
  const back = backWatches(view?.watches ?? []).length > 0;
  return (
    <section class="stack" aria-labelledby="links">
      <h2 id="links">{say.follow.summary}</h2>
      {(first !== undefined || !back) && (
        <NoticeBox
          kind={first === undefined ? 'good' : 'info'}
          title={
            first === undefined ? say.follow.nothingToday : plural(language, say.follow.todo, mine.length)
          }
        >
          {first !== undefined && <p>{stepWords(say, language, linkStep(first, now, zone))}</p>}
        </NoticeBox>
      )}
      <WatchesNote />
      <div class="actions">
        <Button kind="quiet" onPress={() => go('plan')}>
          {say.follow.open}
        </Button>
      </div>
    </section>
  );
}
