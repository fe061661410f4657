/**
 * Opening one thing of the proof to a helper by name: how far, then to whom, for how long, and a yes of one's own. Sealed
 * in this page's worker; a picture itself to a key that two people hold half each. What is open now can be closed here.
 * @module
 */

import type { WireHelper } from '@reclaim/casework/wire-thread';
import { stands } from '@reclaim/vault/messages/grants';
import { useEffect, useState } from 'preact/hooks';
import { Button } from '../../ui/button.tsx';
import { ChoiceList } from '../../ui/choice-list.tsx';
import { CheckField, SelectField } from '../../ui/field.tsx';
import { dayWords, fill, plural } from '../../ui/language.ts';
import { NoticeBox } from '../../ui/notice-box.tsx';
import { StepHeader } from '../../ui/step-header.tsx';
import type { EvidenceWords } from '../../ui/words/evidence/words.ts';
import {
  itemOfProofId,
  itemText,
  MAX_OPENED_BYTES,
  openableFiles,
  proofId,
  type Reach,
} from '../core/evidence-opening.ts';
import type { EvidenceItemView } from '../core/evidence-state.ts';
import type { ThreadView } from '../core/session-state.ts';
import { whenFree } from '../threads/when-free.ts';
import { troubleWords } from '../trouble.ts';
import { useHeader, useTask, useVisit } from '../visit.ts';
import { evidenceTrouble, withWords } from './evidence-words.tsx';
import { itemName } from './proof-list.tsx';

const DAY_MS = 86_400_000;
const DAYS = ['7', '30', '90'] as const;

/** The screen. */
export const ProofOpen = withWords(Open);

/** Threads in which something can be opened now. */
function writable(threads: readonly ThreadView[]): readonly ThreadView[] {
  return threads.filter(({ known }) => known.kind === 'read' && known.opened.ok && !known.opened.closed);
}

function Open({ say }: { readonly say: EvidenceWords }) {
  const visit = useVisit();
  const { view, evidence, journey, desk, go, language } = visit;
  const header = useHeader();
  const task = useTask();
  const [reach, setReach] = useState<Reach>();
  const [done, setDone] = useState('');
  const found = evidence?.items.find(({ item }) => item.id === journey.picked);
  useEffect(() => {
    task.run(async () => {
      const session = await whenFree(await desk.session());
      if (session.view.kind !== 'open') return undefined;
      const helpers = await session.helpers();
      const read = await session.readThreads();
      if (!helpers.ok) return troubleWords(visit, helpers);
      return read.ok ? undefined : troubleWords(visit, read);
    });
  }, []);
  const threads = writable(view?.threads ?? []);
  const head = (
    <StepHeader
      title={found === undefined ? say.add.gone : say.open.title}
      lead={found === undefined ? undefined : say.open.lead}
      back={
        reach === undefined
          ? header.back
          : { words: visit.words.frame.back, onPress: () => setReach(undefined) }
      }
      save={undefined}
      focus={header.focus}
    />
  );
  const trouble = task.trouble !== undefined && (
    <NoticeBox kind="attention" live>
      <p>{task.trouble}</p>
    </NoticeBox>
  );
  if (found === undefined) return <div class="stack loose">{head}</div>;
  return (
    <div class="stack loose">
      <div class="stack">
        {head}
        {done !== '' && (
          <NoticeBox kind="good" live>
            <p>{done}</p>
          </NoticeBox>
        )}
        {trouble}
      </div>
      <OpenNow say={say} item={found.item.id} onClosed={() => setDone(say.open.closed)} />
      {view?.kind !== 'open' ? (
        <NoticeBox kind="info">
          <p>{say.open.needCase}</p>
          <Button kind="quiet" onPress={() => go('code')}>
            {say.list.keep}
          </Button>
        </NoticeBox>
      ) : task.busy ? (
        <p role="status">{visit.words.frame.loading}</p>
      ) : threads.length === 0 ? (
        <NoticeBox kind="info">
          <p>{say.open.needThread}</p>
          <Button kind="quiet" onPress={() => go('threads')}>
            {say.open.toThreads}
          </Button>
        </NoticeBox>
      ) : reach === undefined ? (
        <What
          say={say}
          found={found}
          onChoose={(chosen) => {
            setDone('');
            setReach(chosen);
          }}
        />
      ) : (
        <How
          key={reach}
          say={say}
          found={found}
          reach={reach}
          threads={threads}
          onDone={(name, until) => {
            setReach(undefined);
            setDone(fill(say.open.done, { name, day: dayWords(language, until) }));
          }}
        />
      )}
    </div>
  );
}

/** What of the item may be seen: only what is there and in this page. */
function What(props: {
  readonly say: EvidenceWords;
  readonly found: EvidenceItemView;
  readonly onChoose: (reach: Reach) => void;
}) {
  const { desk } = useVisit();
  const { say, found } = props;
  const [here, setHere] = useState<readonly Reach[]>(['words']);
  const [missing, setMissing] = useState(false);
  const [tooBig, setTooBig] = useState(false);
  useEffect(() => {
    void desk.evidence().then(({ desk: proofs }) => {
      const files = openableFiles(found.item, proofs.record?.texts ?? {});
      const reaches = (['shielded', 'original'] as const).filter((each) => files[each] !== undefined);
      const there = reaches.filter((each) => proofs.file(files[each]?.sha256 ?? '') !== undefined);
      // Said before anything is chosen: what is too big is no choice.
      const fitting = there.filter((each) => (files[each]?.bytes ?? 0) <= MAX_OPENED_BYTES);
      setTooBig(fitting.length < there.length);
      setHere(['words', ...fitting]);
      setMissing(there.length < reaches.length);
    });
  }, [found]);
  const covered = found.item.kind !== 'hand-over' && found.item.shielded;
  const names = {
    words: say.open.words,
    shielded: covered ? say.open.shielded : say.open.file,
    original: say.open.original,
  };
  return (
    <section class="stack" aria-labelledby="open-what">
      <h2 id="open-what">{say.open.what}</h2>
      <ChoiceList
        label={say.open.what}
        choices={here.map((value) => ({
          value,
          name: names[value],
          note: value === 'original' ? say.open.secondNote : undefined,
        }))}
        onChoose={props.onChoose}
      />
      {missing && <p class="quiet-text">{say.open.show}</p>}
      {tooBig && (
        <NoticeBox kind="info">
          <p>{fill(say.open.overLimit, { n: MAX_OPENED_BYTES / 1_048_576 })}</p>
        </NoticeBox>
      )}
    </section>
  );
}

function How(props: {
  readonly say: EvidenceWords;
  readonly found: EvidenceItemView;
  readonly reach: Reach;
  readonly threads: readonly ThreadView[];
  readonly onDone: (name: string, until: number) => void;
}) {
  const visit = useVisit();
  const { view, desk, language, now } = visit;
  const { say, found, reach, threads } = props;
  const task = useTask();
  const [chosen, setChosen] = useState(threads[0]?.id ?? '');
  const [days, setDays] = useState<(typeof DAYS)[number]>('7');
  const [agreed, setAgreed] = useState(false);
  const [secondId, setSecondId] = useState('');
  const thread = threads.find(({ id }) => id === chosen) ?? threads[0]!;
  const listed = view?.helpers ?? [];
  const mayOpen = listed.find(({ id }) => id === thread.helper.id)?.originals === true;
  const seconds = mayOpen ? listed.filter(({ id, originals }) => originals && id !== thread.helper.id) : [];
  const second: WireHelper | undefined = seconds.find(({ id }) => id === secondId) ?? seconds[0];
  const busy = view?.busy;
  const open = () =>
    task.run(async () => {
      const { desk: proofs } = await desk.evidence();
      const session = await desk.session();
      const { item } = found;
      const texts = proofs.record?.texts ?? {};
      const file = reach === 'words' ? undefined : openableFiles(item, texts)[reach];
      const content = file === undefined ? undefined : proofs.file(file.sha256);
      if (reach !== 'words' && (file === undefined || content === undefined)) return say.open.show;
      const until = now + Number(days) * DAY_MS;
      const title = [say.kinds[item.kind], itemName(found)].filter((each) => each !== '').join(', ');
      const names = { ...say.add, captured: say.look.captured };
      const answer = await session.share(
        thread.id,
        [
          {
            id: proofId(item.id, reach),
            title: title.slice(0, 200).toWellFormed(),
            text: itemText(item, texts, names, language),
            ...(file === undefined || content === undefined || reach === 'words'
              ? {}
              : {
                  file: {
                    part: reach,
                    mediaType: file.mediaType,
                    sha256: file.sha256,
                    content,
                    ...(reach === 'original' && second !== undefined ? { second } : {}),
                  },
                }),
          },
        ],
        until,
      );
      if (!answer.ok)
        return answer.reason === 'too-long'
          ? say.open.tooBig
          : `${say.open.stopped} ${troubleWords(visit, answer)}`;
      const day = new Date(until).toISOString().slice(0, 10);
      const also = reach === 'original' && second !== undefined ? ` with ${second.name}` : '';
      proofs.opened(item.id, `to: ${thread.helper.name}${also}; ${reach}; until ${day}`);
      const kept = await proofs.keep();
      props.onDone(thread.helper.name, until);
      return kept.ok ? undefined : evidenceTrouble(visit, say, kept);
    });
  if (reach === 'original' && seconds.length === 0)
    return (
      <NoticeBox kind="info">
        <p>{say.open.noSecond}</p>
      </NoticeBox>
    );
  return (
    <form
      class="stack"
      autocomplete="off"
      onSubmit={(event) => {
        event.preventDefault();
        if (agreed) open();
      }}
    >
      {threads.length > 1 && (
        <SelectField
          label={say.open.who}
          value={thread.id}
          options={threads.map(({ id, helper }) => [id, helper.name] as const)}
          onChange={(id) => {
            setChosen(id);
            setAgreed(false);
          }}
        />
      )}
      {reach === 'original' && (
        <>
          <SelectField
            label={say.open.second}
            value={second?.id ?? ''}
            options={seconds.map(({ id, name }) => [id, name] as const)}
            onChange={setSecondId}
          />
          <p class="quiet-text">{say.open.secondNote}</p>
        </>
      )}
      <SelectField
        label={say.open.until}
        value={days}
        options={DAYS.map((each) => [each, plural(language, say.open.days, Number(each))] as const)}
        onChange={setDays}
      />
      <p>{say.open.reach}</p>
      <CheckField
        label={fill(say.open.agree, { name: thread.helper.name })}
        checked={agreed}
        onChange={setAgreed}
      />
      <div class="actions">
        <Button sends busy={task.busy} off={!agreed}>
          {task.busy ? say.open.opening : fill(say.open.open, { name: thread.helper.name })}
        </Button>
      </div>
      <p role="status">
        {task.busy && busy?.what === 'helping' && busy.of > 1
          ? fill(say.open.progress, { done: busy.done, of: busy.of })
          : ''}
      </p>
      {task.trouble !== undefined && (
        <NoticeBox kind="attention" live>
          <p>{task.trouble}</p>
        </NoticeBox>
      )}
    </form>
  );
}

/** How far something that is open lets them see. */
function reachWords(say: EvidenceWords, items: readonly string[]): string {
  const reach = items[0]?.split(':')[2];
  return reach === 'original'
    ? say.look.original
    : reach === 'shielded'
      ? say.open.nowCopy
      : say.open.nowWords;
}

/** What of this item is open to whom, each with its end. */
function OpenNow(props: {
  readonly say: EvidenceWords;
  readonly item: string;
  readonly onClosed: () => void;
}) {
  const visit = useVisit();
  const { view, desk, language, now } = visit;
  const { say } = props;
  const task = useTask();
  const open = (view?.threads ?? []).flatMap((thread) =>
    thread.shares
      .filter((share) => stands(share, now) && share.items.some((id) => itemOfProofId(id) === props.item))
      .map((share) => ({ thread, share })),
  );
  if (open.length === 0) return null;
  return (
    <section class="stack" aria-labelledby="open-now">
      <h2 id="open-now">{say.open.now}</h2>
      <ul class="plain stack">
        {open.map(({ thread, share }) => (
          <li key={share.share} class="card row between">
            <span>
              {reachWords(say, share.items)}
              {': '}
              {fill(say.open.nowOne, { name: thread.helper.name, day: dayWords(language, share.until) })}
            </span>
            <Button
              kind="quiet"
              busy={task.busy}
              label={`${say.open.close}: ${thread.helper.name}`}
              onPress={() =>
                task.run(async () => {
                  const closed = await (await desk.session()).endShare(thread.id, share.share);
                  if (!closed.ok) return troubleWords(visit, closed);
                  props.onClosed();
                  return undefined;
                })
              }
            >
              {say.open.close}
            </Button>
          </li>
        ))}
      </ul>
      {task.trouble !== undefined && (
        <NoticeBox kind="attention" live>
          <p>{task.trouble}</p>
        </NoticeBox>
      )}
    </section>
  );
}
