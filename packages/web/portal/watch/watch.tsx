/**
 * What it means to have an address watched, said before it begins: who then knows the address, how often it is opened, what the
 * site sees, what is kept, what it does not see. Nothing is sent before the button is pressed.
 * @module
 */

import type { WatchOffer } from '@reclaim/casework/wire-watch';
import { MAX_CASE_WATCHES } from '@reclaim/vault/case-watch';
import { useEffect, useState } from 'preact/hooks';
import { Button } from '../../ui/button.tsx';
import { CheckField } from '../../ui/field.tsx';
import { fill, leftToRight } from '../../ui/language.ts';
import { NoticeBox } from '../../ui/notice-box.tsx';
import { StepHeader } from '../../ui/step-header.tsx';
import type { WatchWords } from '../../ui/words/watch/words.ts';
import type { SessionView } from '../core/session-state.ts';
import { whenFree } from '../threads/when-free.ts';
import { troubleWords } from '../trouble.ts';
import { useHeader, useTask, useVisit } from '../visit.ts';
import { siteOf, useWatchWords } from './watch-words.ts';

/** The screen. */
export function Watch() {
  const { words, journey } = useVisit();
  const say = useWatchWords();
  // S40: the reducer keeps everybody else out; this page does a second time.
  if (journey.under18 === 'yes' || journey.under18 === 'not-sure') return null;
  return say === undefined ? <p role="status">{words.frame.loading}</p> : <Begin say={say} />;
}

function Begin({ say }: { readonly say: WatchWords }) {
  const visit = useVisit();
  const { journey, view, desk, go } = visit;
  const header = useHeader();
  const task = useTask();
  const link = journey.picked ?? '';
  const [offer, setOffer] = useState<WatchOffer>();
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  useEffect(() => {
    task.run(async () => {
      const answer = await (await whenFree(await desk.session())).watchOffer();
      if (!answer.ok) return troubleWords(visit, answer);
      setOffer(answer.offer);
      return undefined;
    });
  }, []);
  const pictures = picturesOf(view);
  const wanted = pictures.filter(({ picture }) => !left.has(picture)).map(({ picture }) => picture);
  const known = view?.takedowns.some((each) => each.link === link) === true;
  const start = () =>
    task.run(async () => {
      const answer = await (await desk.session()).startWatch(link, wanted);
      if (!answer.ok) return refusalWords(say, answer.reason) ?? troubleWords(visit, answer);
      go('watches');
      return undefined;
    });
  const toggle = (picture: string, on: boolean) => {
    const next = new Set(left);
    if (on) next.delete(picture);
    else next.add(picture);
    setLeft(next);
  };
  return (
    <div class="stack loose">
      <div class="stack">
        <StepHeader title={`${say.begin.title}: ${siteOf(link)}`} lead={say.begin.lead} {...header} />
        {task.trouble !== undefined && (
          <NoticeBox kind="attention" live>
            <p>{task.trouble}</p>
          </NoticeBox>
        )}
      </div>
      {offer?.offered === false && <NoticeBox kind="info" title={say.begin.off} />}
      {offer?.offered === true && (
        <>
          <section class="stack" aria-labelledby="means">
            <h2 id="means">{say.begin.meansTitle}</h2>
            <ul>
              <li>{say.begin.knows}</li>
              <li>{say.begin.together}</li>
              <li>{say.begin.often}</li>
              <li>{fill(say.begin.seen, { name: leftToRight(visit.language, offer.userAgent) })}</li>
              <li>{say.begin.keeps}</li>
              <li>{say.begin.limits}</li>
              <li>{say.begin.stop}</li>
            </ul>
          </section>
          {view?.kind !== 'open' ? (
            <Before words={say.begin.codeFirst} press={say.begin.toCode} onPress={() => go('code')} />
          ) : pictures.length === 0 ? (
            <Before
              words={say.begin.pictureFirst}
              press={say.begin.toPicture}
              onPress={() => go('protect')}
            />
          ) : view.watches.length >= MAX_CASE_WATCHES ? (
            <Before words={say.begin.full} press={say.list.title} onPress={() => go('watches')} />
          ) : (
            <section class="stack" aria-labelledby="which">
              <h2 id="which">{say.begin.which}</h2>
              {pictures.map(({ picture, label }) => (
                <CheckField
                  key={picture}
                  label={label}
                  checked={!left.has(picture)}
                  onChange={(on) => toggle(picture, on)}
                />
              ))}
              <div class="actions">
                <Button busy={task.busy} off={wanted.length === 0 || !known} onPress={start}>
                  {say.begin.start}
                </Button>
                <Button kind="quiet" onPress={() => visit.step({ kind: 'back' })}>
                  {say.begin.notNow}
                </Button>
              </div>
            </section>
          )}
        </>
      )}
    </div>
  );
}

/** What has to be there first, and the way to it. */
function Before(props: { readonly words: string; readonly press: string; readonly onPress: () => void }) {
  return (
    <NoticeBox kind="info">
      <p>{props.words}</p>
      <Button kind="quiet" onPress={props.onPress}>
        {props.press}
      </Button>
    </NoticeBox>
  );
}

/** The pictures of the case that the node still has a signal of, each once. */
function picturesOf(
  view: SessionView | undefined,
): readonly { readonly picture: string; readonly label: string }[] {
  const live = (view?.signals ?? []).filter(({ receipt }) => receipt.kind !== 'gone');
  return [...new Map(live.map(({ picture, label }) => [picture, { picture, label }])).values()];
}

function refusalWords(say: WatchWords, reason: string): string | undefined {
  switch (reason) {
    case 'watch-address':
      return say.begin.address;
    case 'watch-full':
      return say.begin.noRoom;
    case 'no-watching':
      return say.begin.off;
    case 'too-many':
      return say.begin.full;
    default:
      return undefined;
  }
}
