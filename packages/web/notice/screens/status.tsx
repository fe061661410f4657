/**
 * How a notice stands, by its code: what was decided and on what ground, how to complain and where else to turn, what can
 * be added. It says nothing of anybody else.
 * @module
 */

import type { NoticeStatus } from '@reclaim/casework/wire-notice';
import { parseReceiptCode } from '@reclaim/vault/receipt-code';
import { useState } from 'preact/hooks';
import { Button } from '../../ui/button.tsx';
import { CodeForm } from '../../ui/code-form.tsx';
import { CheckField, Field } from '../../ui/field.tsx';
import { fill, leftToRight } from '../../ui/language.ts';
import { NoticeBox } from '../../ui/notice-box.tsx';
import { StepHeader } from '../../ui/step-header.tsx';
import { ClockList } from '../clock-list.tsx';
import { LacksPanel } from '../lacks-panel.tsx';
import { troubleWords, useNotice, useWork, whenWords } from '../notice-context.ts';
import { whoDecided } from '../who-decided.ts';
import { Standings } from './standing.tsx';
import { TakeBack } from './take-back.tsx';

/** The code, typed. */
export function CodeScreen() {
  const visit = useNotice();
  const { words, frame, api, setCode, setStatus, go } = visit;
  const [error, setError] = useState<string>();
  const work = useWork();
  const open = (typed: string) =>
    work.run(async () => {
      const { noticeKey } = await import('@reclaim/vault/notice-code');
      const parsed = parseReceiptCode(typed);
      if (!parsed.ok) {
        setError(words.code.wrong);
        return undefined;
      }
      const said = await api.status(await noticeKey(parsed.code));
      if (!said.ok) {
        if (said.reason !== 'not-found') return troubleWords(visit, said);
        setError(words.code.wrong);
        return undefined;
      }
      setCode(parsed.code);
      setStatus(said.value);
      go('status');
      return undefined;
    });
  return (
    <CodeForm
      words={words.code}
      head={
        <StepHeader
          title={words.code.title}
          lead={words.code.lead}
          back={{ words: frame.back, onPress: () => go('age') }}
        />
      }
      busy={work.busy}
      error={error}
      trouble={work.trouble}
      onInput={() => setError(undefined)}
      onOpen={open}
    />
  );
}

/** The status. */
export function StatusScreen() {
  const visit = useNotice();
  const { words, frame, language, status, code, api, setStatus, go } = visit;
  const work = useWork();
  if (status === undefined || code === undefined) return null;
  const again = () =>
    work.run(async () => {
      const { noticeKey } = await import('@reclaim/vault/notice-code');
      const said = await api.status(await noticeKey(code));
      if (!said.ok) return troubleWords(visit, said);
      setStatus(said.value);
      return undefined;
    });
  const asking = status.regimes.filter(({ lacking, wanting }) => lacking.length + wanting.length > 0);
  return (
    <div class="stack loose">
      <div class="stack">
        <StepHeader title={words.status.title} back={{ words: frame.back, onPress: () => go('age') }} />
        <p class="tabular">
          {fill(words.status.number, {
            number: leftToRight(language, status.number),
            when: whenWords(language, status.receivedAt),
          })}
        </p>
        <Outcome status={status} />
        <div class="actions">
          <Button kind="quiet" busy={work.busy} onPress={again}>
            {words.status.again}
          </Button>
        </div>
        {work.trouble !== undefined && (
          <NoticeBox kind="attention" live>
            <p>{work.trouble}</p>
          </NoticeBox>
        )}
      </div>
      {status.decision !== undefined && <Redress status={status} />}
      <Standings standings={status.standings ?? []} />
      <ClockList clocks={status.clocks} />
      {status.state === 'open' && asking.length > 0 && (
        <>
          <LacksPanel regimes={asking} title={words.receipt.lacking} counted={false} />
          <div class="actions">
            <Button kind="quiet" onPress={() => go('add')}>
              {words.receipt.add}
            </Button>
          </div>
        </>
      )}
      {status.state === 'open' && <TakeBack />}
    </div>
  );
}

function Outcome({ status }: { readonly status: NoticeStatus }) {
  const { words } = useNotice();
  const { decision } = status;
  if (status.state === 'withdrawn') {
    return (
      <NoticeBox kind="good" live>
        <p>{words.takeBack.done}</p>
      </NoticeBox>
    );
  }
  if (decision === undefined) {
    const lacks = status.regimes.some(({ answer, complete }) => answer === 'applies' && !complete);
    return (
      <NoticeBox kind="info" live>
        <p>{words.status.open}</p>
        {lacks && <p>{words.status.openLacking}</p>}
      </NoticeBox>
    );
  }
  return (
    <NoticeBox kind={decision.outcome === 'not-removed' ? 'attention' : 'good'} live>
      <p>
        <strong>{words.status[decision.outcome]}</strong>
      </p>
      {decision.ground !== undefined && <p>{words.status.grounds[decision.ground]}</p>}
      <p>{whoDecided(words, decision)}</p>
      <p class="quiet-text">{words.status.reach}</p>
    </NoticeBox>
  );
}

function Redress({ status }: { readonly status: NoticeStatus }) {
  const visit = useNotice();
  const { words, language, code, api, setStatus } = visit;
  const [facts, setFacts] = useState('');
  const [turnedAway, setTurnedAway] = useState(false);
  const [notMine, setNotMine] = useState(false);
  const work = useWork();
  const { decision, complaint } = status;
  if (decision === undefined || code === undefined) return null;
  const when = (at: number) => whenWords(language, at);
  const send = () =>
    work.run(async () => {
      const { noticeKey } = await import('@reclaim/vault/notice-code');
      const key = await noticeKey(code);
      const said = await api.complain(key, facts, notMine ? true : undefined);
      if (!said.ok) {
        if (said.reason === 'suspended') setTurnedAway(true);
        return troubleWords(visit, said);
      }
      const fresh = await api.status(key);
      if (fresh.ok) setStatus(fresh.value);
      return undefined;
    });
  return (
    <section class="stack" aria-labelledby="redress">
      <h2 id="redress">{words.status.redress}</h2>
      {complaint !== undefined && (
        <NoticeBox kind="info">
          <p>
            {complaint.outcome === undefined
              ? fill(words.status.waiting, { when: when(complaint.at) })
              : words.status[complaint.outcome]}
          </p>
        </NoticeBox>
      )}
      {decision.complaintOpen && complaint === undefined && (
        <form
          class="stack"
          autocomplete="off"
          onSubmit={(event) => {
            event.preventDefault();
            if (facts.trim().length >= 10) send();
          }}
        >
          <p>{fill(words.status.complain, { when: when(decision.complaintUntil) })}</p>
          <Field
            label={words.status.complaint}
            hint={words.status.complaintHint}
            value={facts}
            onInput={setFacts}
            rows={3}
            maxLength={5_000}
          />
          {turnedAway && (
            <CheckField
              label={words.suspended.notMine}
              hint={words.suspended.note}
              checked={notMine}
              onChange={setNotMine}
            />
          )}
          <div class="actions">
            <Button sends kind="quiet" busy={work.busy} off={facts.trim().length < 10}>
              {words.status.send}
            </Button>
          </div>
          {work.trouble !== undefined && (
            <NoticeBox kind="attention" live>
              <p>{work.trouble}</p>
            </NoticeBox>
          )}
        </form>
      )}
      {!decision.complaintOpen && complaint === undefined && <p>{words.status.over}</p>}
      <p>{words.status.outside}</p>
    </section>
  );
}
