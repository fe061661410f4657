/**
 * One guide: accounts, consent, having been sent a picture, getting through the day. Read, ticked, copied from; nothing of it is
 * sent or kept, and no guide reads a file.
 * @module
 */

import type { ComponentChildren } from 'preact';
import { Button } from '../../ui/button.tsx';
import { StepHeader } from '../../ui/step-header.tsx';
import { type GuideWords, loadGuideWords } from '../../ui/words/guides/words.ts';
import { useHeader, useVisit } from '../visit.ts';
import { worded } from '../worded.tsx';
import { Accounts } from './accounts.tsx';
import { guideOf } from './guide-names.ts';
import { Lines } from './lines.tsx';
import { Saying } from './saying.tsx';
import { Source } from './source.tsx';

/** The screen, about the guide that was picked. */
export const GuideOne = worded(loadGuideWords, Screen);

function Screen({ say }: { readonly say: GuideWords }) {
  const { journey, go } = useVisit();
  const header = useHeader();
  const guide = guideOf(journey.picked);
  const Body = BODIES[guide];
  return (
    <div class="stack loose">
      <div class="stack">
        <StepHeader title={say[guide].title} lead={say[guide].lead} {...header} />
      </div>
      <Body say={say} />
      <div class="actions">
        <Button kind="plain" onPress={() => go('guides')}>
          {say.all}
        </Button>
      </div>
    </div>
  );
}

const BODIES = { accounts: Accounts, sharing: Sharing, received: Received, calm: Calm } as const;

function Part(props: { readonly title: string; readonly children: ComponentChildren }) {
  return (
    <section class="stack">
      <h2>{props.title}</h2>
      {props.children}
    </section>
  );
}

function Points({ points }: { readonly points: readonly string[] }) {
  return (
    <ul>
      {points.map((point) => (
        <li key={point}>{point}</li>
      ))}
    </ul>
  );
}

function Sharing({ say }: { readonly say: GuideWords }) {
  const { go } = useVisit();
  const { sharing } = say;
  return (
    <>
      <Part title={sharing.yes}>
        <Points points={[sharing.free, sharing.one, sharing.end, sharing.each]} />
        <p>{sharing.young}</p>
        <Source say={say} source={sharing.source} />
      </Part>
      <Part title={sharing.no}>
        <p>{sharing.noNote}</p>
        <Saying say={say} text={sharing.noShort} />
        <Saying say={say} text={sharing.noAgain} />
      </Part>
      <Part title={sharing.share}>
        <Points points={[sharing.face, sharing.marked, sharing.vanish]} />
        <div class="actions">
          <Button kind="quiet" onPress={() => go('copies')}>
            {sharing.makeCopies}
          </Button>
        </div>
      </Part>
      <Part title={sharing.back}>
        <p>{sharing.backNote}</p>
        <Saying say={say} text={sharing.backText} />
        <p>{sharing.after}</p>
        <div class="actions">
          <Button kind="quiet" onPress={() => go('protect')}>
            {sharing.protect}
          </Button>
        </div>
      </Part>
    </>
  );
}

function Received({ say }: { readonly say: GuideWords }) {
  const { received } = say;
  return (
    <>
      <Points points={[received.pass, received.keep]} />
      <div class="stack">
        <p>{received.say}</p>
        <Saying say={say} text={received.sayText} />
      </div>
      <Points points={[received.report, received.tell]} />
      <Part title={received.youngTitle}>
        <p>{received.young}</p>
        <Lines
          fits={(each) => each.serves !== 'adults' && (each.does === 'report' || each.country === 'world')}
        />
      </Part>
      <Part title={received.passed}>
        <p>{received.passedText}</p>
      </Part>
    </>
  );
}

function Calm({ say }: { readonly say: GuideWords }) {
  const { words, go } = useVisit();
  const { calm } = say;
  return (
    <>
      <p class="not-your-fault">{words.frame.notFault}</p>
      <Points points={[calm.feet, calm.room, calm.look, calm.time, calm.day]} />
      <div class="stack">
        <p>{calm.one}</p>
        <Saying say={say} text={calm.oneText} />
      </div>
      <p>{calm.more}</p>
      <Part title={calm.lines}>
        <p>{words.danger.selfHarm}</p>
        <Lines fits={(each) => each.does === 'line' || each.country === 'world'} />
        <div class="actions">
          <Button kind="plain" onPress={() => go('talk')}>
            {words.start.all}
          </Button>
        </div>
      </Part>
      <Source say={say} source={calm.source} />
    </>
  );
}
