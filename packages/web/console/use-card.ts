/**
 * The open job: claimed when it is opened, given back when it is left undecided, and what its keys do.
 *
 * The node alone says whose a job is; a refusal is shown in words, the job is fetched anew, and nothing typed is lost.
 * @module
 */

import type { WireJob } from '@reclaim/casework/wire';
import { useCallback, useEffect, useReducer, useRef, useState } from 'preact/hooks';
import type { Trouble } from './api.ts';
import { useConsole } from './console-context.ts';
import { type Choice, type Draft, NO_DRAFT, reduceDraft, rulingOf } from './decision-draft.ts';
import { holderOf, isOpenJob } from './job-card.ts';

/** The open job and what can be done with it. */
export type Card = {
  readonly job: WireJob | undefined;
  readonly draft: Draft;
  readonly trouble: Trouble | undefined;
  readonly undoing: boolean;
  readonly open: (job: WireJob) => Promise<void>;
  readonly leave: () => void;
  readonly claim: () => Promise<void>;
  readonly dispatch: (event: Parameters<typeof reduceDraft>[1]) => void;
  readonly send: () => Promise<void>;
  readonly undo: (job: WireJob, facts: string) => Promise<void>;
  readonly askUndo: (on: boolean) => void;
  /** Answers the complaints on a job, with a new ruling or none; whether it was taken. */
  readonly answerComplaint: (job: WireJob, facts: string, choice: Choice | undefined) => Promise<boolean>;
};

/**
 * The card's state. `changed` hears of every newer version of a job; `decided` of a decision that was taken, with a way
 * to take it back; `now` says what time it is.
 */
export function useCard(
  changed: (job: WireJob) => void,
  decided: (job: WireJob) => void,
  undone: () => void,
): Card {
  const { api, me } = useConsole();
  const [job, setJob] = useState<WireJob>();
  const [trouble, setTrouble] = useState<Trouble>();
  const [undoing, setUndoing] = useState(false);
  const [draft, dispatch] = useReducer(reduceDraft, NO_DRAFT);
  // Answers come late: what they change is looked up when they come, not when they were asked for.
  const current = useRef<WireJob | undefined>(undefined);
  const draftNow = useRef(draft);
  draftNow.current = draft;

  const put = useCallback(
    (fresh: WireJob) => {
      changed(fresh);
      if (current.current?.id !== fresh.id) return;
      current.current = fresh;
      setJob(fresh);
    },
    [changed],
  );
  const refetch = useCallback(
    async (id: string) => {
      const answer = await api.job(id);
      if (answer.ok) put(answer.value);
    },
    [api, put],
  );
  const claimId = useCallback(
    async (id: string) => {
      const answer = await api.claim(id);
      if (answer.ok) {
        put(answer.value);
        // Left before the answer came: a claim that nobody uses keeps others from the job.
        if (current.current?.id !== id)
          void api.release(id).then((given) => given.ok && changed(given.value));
        else setTrouble(undefined);
        return;
      }
      if (current.current?.id === id) setTrouble(answer.trouble);
      if (answer.trouble.status === 409) await refetch(id);
    },
    [api, put, refetch, changed],
  );
  const giveBack = useCallback(() => {
    const left = current.current;
    current.current = undefined;
    if (left === undefined || holderOf(left, me.id, Date.now()) !== 'mine') return;
    void api.release(left.id).then((answer) => {
      if (answer.ok) changed(answer.value);
    });
  }, [api, me, changed]);
  const leave = useCallback(() => {
    giveBack();
    setJob(undefined);
    setTrouble(undefined);
    setUndoing(false);
    dispatch({ kind: 'drop' });
  }, [giveBack]);
  const open = useCallback(
    async (next: WireJob) => {
      if (current.current?.id === next.id) {
        // The list may know better: a complaint came, or somebody else decided.
        if (current.current.state !== next.state) put(next);
        return;
      }
      leave();
      current.current = next;
      setJob(next);
      if (isOpenJob(next)) await claimId(next.id);
    },
    [leave, claimId, put],
  );
  const send = useCallback(async () => {
    const sent = draftNow.current;
    const on = current.current;
    if (on === undefined || sent.kind !== 'drafting') return;
    const sending = reduceDraft(sent, { kind: 'send' });
    if (sending.kind !== 'sending') return;
    dispatch({ kind: 'send' });
    const answer = await api.decide(on.id, rulingOf(sending.choice, sending.confirms), sending.facts.trim());
    if (answer.ok) {
      dispatch({ kind: 'drop' });
      setTrouble(undefined);
      put(answer.value);
      decided(answer.value);
      return;
    }
    dispatch({ kind: 'refused' });
    setTrouble(answer.trouble);
    if (answer.trouble.status === 409) await refetch(on.id);
  }, [api, put, decided, refetch]);
  const undo = useCallback(
    async (on: WireJob, facts: string) => {
      const answer = await api.undo(on.id, facts.trim());
      if (!answer.ok) {
        setTrouble(answer.trouble);
        if (answer.trouble.status === 409) await refetch(on.id);
        return;
      }
      setUndoing(false);
      put(answer.value);
      undone();
      if (current.current?.id === on.id) await claimId(on.id);
    },
    [api, put, refetch, claimId, undone],
  );

  const answerComplaint = useCallback(
    async (on: WireJob, facts: string, choice: Choice | undefined) => {
      const ruling = choice === undefined ? undefined : rulingOf(choice, []);
      const answer = await api.answerComplaint(on.id, facts.trim(), ruling);
      if (answer.ok) {
        setTrouble(undefined);
        put(answer.value);
        return true;
      }
      setTrouble(answer.trouble);
      if (answer.trouble.status === 409) await refetch(on.id);
      return false;
    },
    [api, put, refetch],
  );

  useEffect(() => {
    const gone = () => giveBack();
    globalThis.addEventListener('pagehide', gone);
    return () => {
      globalThis.removeEventListener('pagehide', gone);
      giveBack();
    };
  }, [giveBack]);

  return {
    job,
    draft,
    trouble,
    undoing,
    open,
    leave,
    claim: useCallback(async () => {
      if (current.current !== undefined) await claimId(current.current.id);
    }, [claimId]),
    dispatch,
    send,
    undo,
    askUndo: setUndoing,
    answerComplaint,
  };
}
