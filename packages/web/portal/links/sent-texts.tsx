/**
 * What was sent for a link: each sending with its day and what shows it, and the text as it was sent, where the case keeps it. It
 * can be put with the proof, or taken out of the case; the mark of the sending stays.
 * @module
 */

import type { SentText } from '@reclaim/casework/takedown/sent-text';
import type { TakedownEvent } from '@reclaim/casework/takedown/takedown';
import { useState } from 'preact/hooks';
import { Button } from '../../ui/button.tsx';
import { troubleWords } from '../trouble.ts';
import { useTask, useVisit } from '../visit.ts';
import { engineName } from './engine-name.ts';
import { useLinks } from './link-context.ts';
import type { ListedLink } from './link-list.ts';
import { momentWords } from './step-words.ts';
import { Letter } from './text-panel.tsx';

/** The sendings of the link, the latest first; nothing where there is none. */
export function SentTexts({ link }: { readonly link: ListedLink }) {
  const { view } = useVisit();
  const { say } = useLinks();
  const events = view?.takedowns.find((each) => each.link === link.target.link)?.events ?? [];
  const sendings = events.filter((each) => each.type === 'sent').toReversed();
  if (sendings.length === 0) return null;
  return (
    <section class="stack" aria-labelledby="sent-texts">
      <h2 id="sent-texts">{say.follow.sentTexts.title}</h2>
      <ul class="plain stack">
        {sendings.map((sending, at) => (
          <Sent
            key={`${sending.at} ${at}`}
            sending={sending}
            link={link}
            text={view?.sentTexts.find((each) => each.id === sending.text)}
          />
        ))}
      </ul>
    </section>
  );
}

function Sent(props: {
  readonly sending: Extract<TakedownEvent, { type: 'sent' }>;
  readonly link: ListedLink;
  readonly text: SentText | undefined;
}) {
  const visit = useVisit();
  const { language, journey, desk, go } = visit;
  const { say } = useLinks();
  const { sending, link, text } = props;
  const [put, setPut] = useState(false);
  const [dropped, setDropped] = useState<SentText>();
  const task = useTask();
  const toProof = (kept: SentText) =>
    task.run(async () => {
      const { desk: proofs } = await desk.evidence();
      const whole = `${kept.subject}\n\n${kept.body}`;
      const added = await proofs.add({
        told: {
          kind: 'notice',
          source: { typed: link.target.link, resolved: null, redirects: [] },
          // The zone stands with it: the log's own times say when it was put there.
          notes: `${new Date(sending.at).toJSON()} · ${say.ask.proofs[sending.proof]}`,
        },
        files: [{ role: 'sent', content: { text: whole, name: 'sent.txt', mediaType: 'text/plain' } }],
      });
      if (!added.ok) {
        if (added.reason === 'known-file') return say.follow.sentTexts.known;
        return added.reason === 'too-long' || added.reason === 'too-many'
          ? say.follow.sentTexts.noRoom
          : troubleWords(visit, added);
      }
      setPut(true);
      return undefined;
    });
  return (
    <li class="card stack tight">
      <p>
        {momentWords(language, sending.at)} · {say.ask.proofs[sending.proof]}
        {sending.track === 'host' ? '' : ` · ${engineName(sending.track.slice('engine-'.length))}`}
      </p>
      {text === undefined ? (
        <div class="row between">
          <p class="quiet-text">{say.follow.sentTexts.none}</p>
          {dropped !== undefined && (
            <Button
              kind="quiet"
              onPress={() => void desk.session().then((session) => session.restoreSentText(dropped))}
            >
              {say.follow.sentTexts.back}
            </Button>
          )}
        </div>
      ) : (
        <details class="details">
          <summary>{say.follow.sentTexts.show}</summary>
          <div class="stack">
            <p>
              <strong>{say.ask.subject}:</strong> <bdi lang={text.language}>{text.subject}</bdi>
            </p>
            <Letter text={text.body} language={text.language} />
            <div class="actions">
              {journey.under18 === 'no' && (
                <Button kind="quiet" busy={task.busy} onPress={() => toProof(text)}>
                  {say.follow.sentTexts.toProof}
                </Button>
              )}
              {journey.under18 === undefined && (
                <Button
                  kind="quiet"
                  label={`${say.follow.sentTexts.toProof}: ${say.paste.ageFirst}`}
                  onPress={() => go('age')}
                >
                  {say.follow.sentTexts.toProof}
                </Button>
              )}
              <Button
                kind="plain"
                onPress={() => {
                  setDropped(text);
                  void desk.session().then((session) => session.dropSentText(text.id));
                }}
              >
                {say.follow.sentTexts.drop}
              </Button>
            </div>
          </div>
        </details>
      )}
      <p role="status">{put ? say.follow.sentTexts.isPut : (task.trouble ?? '')}</p>
    </li>
  );
}
