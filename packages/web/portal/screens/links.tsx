/**
 * Where to ask for a link to be taken down: what each place needs, and how far its answer reaches. Nothing is typed.
 * @module
 */

import { NoticeBox } from '../../ui/notice-box.tsx';
import { StepHeader } from '../../ui/step-header.tsx';
import { CHANNELS, isShown } from '../directory.ts';
import { Outside } from '../service-list.tsx';
import { useHeader, useVisit } from '../visit.ts';

/** The removal channels. */
export function Links() {
  const { words, now } = useVisit();
  return (
    <div class="stack loose">
      <div class="stack">
        <StepHeader title={words.links.title} lead={words.links.lead} {...useHeader()} />
        <p class="quiet-text">{words.links.note}</p>
      </div>
      <ul class="plain stack">
        {CHANNELS.filter((each) => isShown(each, now)).map((channel) => (
          <li key={channel.id} class="card stack tight">
            <h2>
              <bdi>{channel.name}</bdi>
            </h2>
            <p>
              <strong>{words.links.needs}:</strong> {words.links[channel.needs]}.
            </p>
            <p>
              <strong>{words.links.effect}:</strong> {words.links[channel.effect]}.
            </p>
            <p>
              <Outside href={channel.url}>{words.talk.visit}</Outside>
            </p>
          </li>
        ))}
        <li class="card stack tight">
          <h2>{words.links.otherSite}</h2>
          <p>{words.links.otherSiteNote}</p>
        </li>
      </ul>
      <NoticeBox kind="info">
        <p>{words.links.short}</p>
      </NoticeBox>
    </div>
  );
}
