/**
 * One list of what comes, with who acts and by when; below it one list of what happened. Texts of messages and pictures are
 * not in it: others may look along.
 * @module
 */

import type { EvidenceRecord } from '@reclaim/vault/evidence/evidence-record';
import { useEffect, useState } from 'preact/hooks';
import { EmptyState } from '../../ui/empty-state.tsx';
import { dayWords, fill, plural } from '../../ui/language.ts';
import { NoticeBox } from '../../ui/notice-box.tsx';
import { StepHeader } from '../../ui/step-header.tsx';
import { type EvidenceWords, loadEvidenceWords } from '../../ui/words/evidence/words.ts';
import { type HistoryWords, loadHistoryWords } from '../../ui/words/history/words.ts';
import { type LinkWords, loadLinkWords } from '../../ui/words/links/words.ts';
import { type Coming, comingOf, type Happened, historyOf } from '../core/case-history.ts';
import { deviceZone } from '../links/link-list.ts';
import { momentWords, stepWords } from '../links/step-words.ts';
import { whenFree } from '../threads/when-free.ts';
import { troubleWords } from '../trouble.ts';
import { useHeader, useTask, useVisit } from '../visit.ts';

type Said = { readonly say: HistoryWords; readonly links: LinkWords; readonly proof: EvidenceWords };

/** The screen. */
export function History() {
  const { language, words } = useVisit();
  const [said, setSaid] = useState<Said>();
  useEffect(() => {
    let here = true;
    Promise.all([loadHistoryWords(language), loadLinkWords(language), loadEvidenceWords(language)]).then(
      ([say, links, proof]) => here && setSaid({ say, links, proof }),
      () => undefined,
    );
    return () => {
      here = false;
    };
  }, [language]);
  return said === undefined ? <p role="status">{words.frame.loading}</p> : <Lists {...said} />;
}

function Lists({ say, links, proof }: Said) {
  const visit = useVisit();
  const { view, desk, language, words, evidence } = visit;
  const task = useTask();
  const [record, setRecord] = useState<EvidenceRecord>();
  const header = useHeader();
  useEffect(() => {
    task.run(async () => {
      const session = await whenFree(await desk.session());
      const read = await session.readThreads();
      await session.watchRecovery();
      // Proof is in the list where it was read in this visit: reading it is behind the question of age.
      if (evidence !== undefined) setRecord((await desk.evidence()).desk.record);
      return read.ok ? undefined : troubleWords(visit, read);
    });
  }, []);
  if (view === undefined) return null;
  const now = Date.now();
  const coming = comingOf(view, now, deviceZone());
  const happened = historyOf(view, record);
  const mine = coming.filter(({ who }) => who === 'person');
  return (
    <div class="stack loose">
      <div class="stack">
        <StepHeader title={say.title} lead={say.lead} {...header} save={undefined} />
        <p role="status">{task.busy ? words.frame.loading : ''}</p>
        {task.trouble !== undefined && (
          <NoticeBox kind="attention" live>
            <p>{task.trouble}</p>
          </NoticeBox>
        )}
        {mine.length === 0 ? (
          <NoticeBox kind="good" title={say.nothing} />
        ) : (
          <NoticeBox kind="info" title={plural(language, say.todo, mine.length)} />
        )}
      </div>
      <section class="stack" aria-labelledby="coming">
        <h2 id="coming">{say.coming}</h2>
        {coming.length === 0 ? (
          <p class="quiet-text">{say.nothingComes}</p>
        ) : (
          <ul class="plain stack">
            {coming.map((each, at) => (
              <li key={`${at} ${each.about}`} class="card stack tight">
                <p class="quiet-text">{say.who[each.who]}</p>
                <p>{comingWords({ say, links }, language, each)}</p>
                {each.about !== '' && (
                  <p class="wrap-anywhere">
                    <bdi>{each.about}</bdi>
                  </p>
                )}
              </li>
            ))}
          </ul>
        )}
      </section>
      <section class="stack" aria-labelledby="happened">
        <h2 id="happened">{say.happened}</h2>
        {happened.length === 0 ? (
          <EmptyState title={say.nothingYet} words={say.nothingYetNote} />
        ) : (
          <ol class="timeline">
            {happened.map((row, at) => (
              <li key={`${at} ${row.at}`} class="done">
                <strong>{happenedWords({ say, proof }, row)}</strong>
                <div class="quiet-text">
                  {row.day ? dayWords(language, row.at) : momentWords(language, row.at)}
                  {row.about !== '' && (
                    <>
                      {' · '}
                      <bdi class="wrap-anywhere">{row.about}</bdi>
                    </>
                  )}
                </div>
              </li>
            ))}
          </ol>
        )}
      </section>
    </div>
  );
}

function comingWords(
  { say, links }: Pick<Said, 'say' | 'links'>,
  language: Parameters<typeof dayWords>[0],
  { what, at }: Coming,
): string {
  const day = at === undefined ? '' : dayWords(language, at);
  switch (what.of) {
    case 'link':
      return stepWords(links, language, what.step);
    case 'look':
      return `${fill(say.look, { day })} ${what.note}`.trim();
    case 'unread':
      return plural(language, say.unread, what.count);
    case 'asked':
      return fill(say.asked, { day });
    case 'share':
      return fill(say.shareEnds, { day });
    default:
      return what satisfies never;
  }
}

function happenedWords({ say, proof }: Pick<Said, 'say' | 'proof'>, { what }: Happened): string {
  switch (what.of) {
    case 'picture':
      return say.picture;
    case 'recovery':
      return say.recovery;
    case 'link':
      return say.link[what.type];
    case 'message':
      return what.kind === 'text' ? (what.mine ? say.wroteYou : say.wroteHelper) : say.message[what.kind];
    case 'proof':
      return what.kind === undefined
        ? say.proof[what.action]
        : `${say.proof[what.action]}: ${proof.kinds[what.kind]}`;
    default:
      return what satisfies never;
  }
}
