/**
 * What was kept, covered by default: a list of words, never of pictures. From here things are added, looked at, kept with
 * the code, and made into a package.
 * @module
 */

import { useEffect, useState } from 'preact/hooks';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { FileDrop } from '../../ui/file-drop.tsx';
import { fill, plural } from '../../ui/language.ts';
import { NoticeBox } from '../../ui/notice-box.tsx';
import { StepHeader } from '../../ui/step-header.tsx';
import type { EvidenceWords } from '../../ui/words/evidence/words.ts';
import type { EvidenceItemView } from '../core/evidence-state.ts';
import { useHeader, useTask, useVisit } from '../visit.ts';
import { evidenceTrouble, withWords } from './evidence-words.tsx';

/** Milliseconds between two askings for stamps that have not come. */
const RETRY_MS = 60_000;

/** The list. */
export const Proof = withWords(List);

/** A moment in the person's own zone and language. */
export function momentWords(language: string, at: string): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(at));
}

/** How an item is called in the list: its account, place or first words, whatever there is. */
export function itemName({ item }: EvidenceItemView): string {
  if (item.kind === 'hand-over') return item.handle ?? '';
  return item.handle ?? item.platform ?? item.displayName ?? '';
}

function List({ say }: { readonly say: EvidenceWords }) {
  const visit = useVisit();
  const { words, language, desk, view, evidence, journey, go, step } = visit;
  // What goes on by itself when the list comes is no reason to let a press or a choice of files fall.
  const loading = useTask();
  const task = useTask();
  const [shown, setShown] = useState<number>();
  const header = useHeader();
  const adult = journey.under18 === 'no';
  useEffect(
    () =>
      loading.run(async () => {
        const { desk: proofs } = await desk.evidence();
        const loaded = await proofs.load();
        if (!loaded.ok) return evidenceTrouble(visit, say, loaded);
        await proofs.takeLooks();
        const kept = await proofs.keep();
        void proofs.stamp().then(() => proofs.keep());
        return kept.ok ? undefined : evidenceTrouble(visit, say, kept);
      }),
    [],
  );
  const waiting = (evidence?.pending ?? 0) > 0 && evidence?.authorities !== 0;
  useEffect(() => {
    if (!waiting) return undefined;
    // What could not be had now is asked for again while this page is open.
    const timer = setInterval(() => {
      void desk.evidence().then(async ({ desk: proofs }) => {
        await proofs.stamp();
        await proofs.keep();
      });
    }, RETRY_MS);
    return () => clearInterval(timer);
  }, [waiting, desk]);
  const items = evidence?.items ?? [];
  const missing = items.some(({ here }) => !here);
  const keep = () =>
    task.run(async () => {
      const kept = await (await desk.evidence()).desk.keep();
      return kept.ok ? undefined : evidenceTrouble(visit, say, kept);
    });
  const trouble = task.trouble ?? loading.trouble;
  return (
    <div class="stack loose">
      <div class="stack">
        <StepHeader title={say.list.title} lead={say.list.lead} {...header} save={undefined} />
        <p class="quiet-text">{adult ? say.list.device : say.list.minorOnly}</p>
        {trouble !== undefined && (
          <NoticeBox kind="attention" live>
            <p>{trouble}</p>
          </NoticeBox>
        )}
      </div>
      <section class="stack" aria-labelledby="kept-items">
        <h2 id="kept-items">{say.list.items}</h2>
        {items.length === 0 ? (
          <EmptyState title={say.list.none} words={say.list.noneNote} />
        ) : (
          <ul class="plain stack">
            {items.map((each) => (
              <li key={each.item.id} class="card stack tight">
                <h3>{say.kinds[each.item.kind]}</h3>
                {itemName(each) !== '' && (
                  <p>
                    <bdi>{itemName(each)}</bdi>
                  </p>
                )}
                <p class="quiet-text">
                  {each.stampedAt === undefined
                    ? say.list.stampPending
                    : fill(say.list.stampedAt, { when: momentWords(language, each.stampedAt) })}
                </p>
                {!each.here && <p class="quiet-text">{say.list.missing}</p>}
                <div class="actions">
                  <Button
                    kind="plain"
                    label={`${say.list.open}: ${say.kinds[each.item.kind]} ${itemName(each)}`}
                    onPress={() => step({ kind: 'go', to: 'prooflook', picked: each.item.id })}
                  >
                    {say.list.open}
                  </Button>
                </div>
              </li>
            ))}
          </ul>
        )}
        <div class="actions">
          <Button onPress={() => go('proofadd')}>{say.list.add}</Button>
          {items.length > 0 && (
            <Button kind="quiet" onPress={() => go('proofpackage')}>
              {say.list.make}
            </Button>
          )}
        </div>
      </section>
      {missing && adult && (
        <section class="stack">
          <FileDrop
            label={say.list.show}
            hint={say.list.showHint}
            accept="*/*"
            onFiles={(files) =>
              task.run(async () => {
                setShown(await (await desk.evidence()).desk.provide(files));
                return undefined;
              })
            }
          />
          <p role="status">{shown === undefined ? '' : plural(language, say.list.shown, shown)}</p>
        </section>
      )}
      {items.length > 0 && (
        <section class="stack">
          <Stamps say={say} />
          {view?.kind !== 'open' ? (
            <NoticeBox kind="attention">
              <p>{say.list.keepingNone}</p>
              {adult && (
                <Button kind="quiet" onPress={() => go('code')}>
                  {say.list.keep}
                </Button>
              )}
            </NoticeBox>
          ) : evidence?.keeping === 'kept' ? (
            <p role="status">{say.list.kept}</p>
          ) : (
            <div class="actions">
              <span role="status">{say.list.unsaved}</span>
              <Button kind="quiet" busy={evidence?.busy === 'saving'} onPress={keep}>
                {say.list.saveNow}
              </Button>
            </div>
          )}
        </section>
      )}
      {view?.kind === 'open' && (
        <div class="actions">
          <Button kind="plain" onPress={() => go('status')}>
            {words.kept.status}
          </Button>
        </div>
      )}
    </div>
  );
}

function Stamps({ say }: { readonly say: EvidenceWords }) {
  const { language, desk, evidence } = useVisit();
  if (evidence === undefined || evidence.authorities === undefined) return null;
  if (evidence.authorities === 0) return <p class="quiet-text">{say.list.stampsNone}</p>;
  if (evidence.busy === 'stamping') return <p role="status">{say.list.stamping}</p>;
  if (evidence.pending === 0) return <p role="status">{say.list.allStamped}</p>;
  const ask = async () => {
    const { desk: proofs } = await desk.evidence();
    await proofs.stamp();
    await proofs.keep();
  };
  return (
    <div class="actions">
      <span role="status">{plural(language, say.list.pending, evidence.pending)}</span>
      <Button kind="quiet" onPress={() => void ask().catch(() => undefined)}>
        {say.list.askAgain}
      </Button>
    </div>
  );
}
