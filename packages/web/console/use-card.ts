/**
 * The open job: claimed when it is opened, given back when it is left undecided, and what its keys do.
 *
 * The node alone says whose a job is; a refusal is shown in words, the job is fetched anew, and nothing typed is lost.
 * @module
 */

import { type PlatformFacts, UNSAID_PLATFORM } from '@reclaim/casework/notice-terms';
import type { WireJob } from '@reclaim/casework/wire';
import { type Accountability, NO_ACCOUNTABILITY } from '@reclaim/casework/wire-statement';
import { parseZone } from '@reclaim/law/zone';
import { useCallback, useEffect, useMemo, useReducer, useRef, useState } from 'preact/hooks';
import type { Trouble } from './api.ts';
import { sayTrouble, useConsole } from './console-context.ts';
import { type Choice, type Draft, NO_DRAFT, outcomeOf, reduceDraft, rulingOf } from './decision-draft.ts';
import { holderOf, isOpenJob } from './job-card.ts';
import {
  mayGive,
  previewOf,
  type Reasons,
  reasonsFor,
  type StatementPreview,
  statementOf,
} from './statement-choice.ts';

/** The open job and what can be done with it. */
export type Card = {
  readonly job: WireJob | undefined;
  readonly draft: Draft;
  /** The statement of reasons of a removal that is being drafted, and as it will be read. */
  readonly reasons: Reasons | undefined;
  readonly preview: StatementPreview | undefined;
  readonly changeReasons: (part: Partial<Reasons>) => void;
  readonly trouble: Trouble | undefined;
  readonly undoing: boolean;
  readonly open: (job: WireJob) => Promise<void>;
  readonly leave: () => void;
  readonly claim: () => Promise<void>;
  readonly dispatch: (event: Parameters<typeof reduceDraft>[1]) => void;
  readonly send: () => Promise<void>;
  /** Has the published item held until the job is decided; whether it was taken. */
  readonly hold: (job: WireJob) => Promise<boolean>;
  readonly undo: (job: WireJob, facts: string) => Promise<void>;
  readonly askUndo: (on: boolean) => void;
  /** Answers the complaints on a job, with a new ruling or none; whether it was taken. */
  readonly answerComplaint: (
    job: WireJob,
    facts: string,
    choice: Choice | undefined,
    reasons?: Reasons,
  ) => Promise<boolean>;
  /** What statements are composed with. */
  readonly known: Known;
};

const NOT_KNOWN: Known = { came: false, defaults: NO_ACCOUNTABILITY, platform: UNSAID_PLATFORM };

/** What statements are composed with. `came`: the node was asked; before that nobody can say that none is written. */
type Known = {
  readonly came: boolean;
  readonly defaults: Accountability;
  readonly platform: PlatformFacts;
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
  const { api, me, say, toast } = useConsole();
  const [job, setJob] = useState<WireJob>();
  const [trouble, setTrouble] = useState<Trouble>();
  const [undoing, setUndoing] = useState(false);
  const [draft, dispatch] = useReducer(reduceDraft, NO_DRAFT);
  // Answers come late: what they change is looked up when they come, not when they were asked for.
  const current = useRef<WireJob | undefined>(undefined);
  const draftNow = useRef(draft);
  draftNow.current = draft;
  const [known, arrived] = useAccountability();
  /** Jobs whose decision, or whose taking back, is on its way. */
  const deciding = useRef(new Set<string>());
  const takingBack = useRef(new Set<string>());
  const [reasons, setReasons] = useState<Reasons>();
  const choice = draft.kind === 'none' ? undefined : draft.choice;
  // What was named once in this tab is offered again: the same reviewer mostly decides under the same law.
  const named = useRef<Pick<Reasons, 'cite' | 'clause' | 'language' | 'groundUrl'>>(undefined);
  useEffect(() => {
    const { defaults } = known;
    const usual =
      named.current === undefined
        ? defaults
        : {
            ...defaults,
            language: named.current.language,
            lawCite: named.current.cite || defaults.lawCite,
            termsClause: named.current.clause || defaults.termsClause,
          };
    setReasons(choice === undefined ? undefined : reasonsFor(choice, usual));
  }, [choice, known]);
  const preview = useMemo(
    () =>
      reasons === undefined || job === undefined || draft.kind === 'none' || !reasons.on
        ? undefined
        : previewOf(reasons, job, draft.facts, known.platform, Date.now()),
    [reasons, job, draft, known],
  );
  const reasonsNow = useRef({ reasons, preview });
  reasonsNow.current = { reasons, preview };

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
    // Given back before its decision arrived, it would be refused.
    if (deciding.current.has(left.id)) return;
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
    const { reasons: chosen, preview: shown } = reasonsNow.current;
    if (sending.kind !== 'sending' || !mayGive(chosen, shown)) return;
    dispatch({ kind: 'send' });
    // Another card may be open when an answer comes: what is drafted on that one is not this decision's to change.
    const here = () => current.current?.id === on.id;
    if (!known.came && outcomeOf(sending.choice) === 'remove') {
      const usual = await arrived.current;
      if (!here() || draftNow.current.kind !== 'sending') return;
      // Sent before it was known that a statement goes with it: that is read before it is given.
      if (usual !== undefined && reasonsFor(sending.choice, usual.defaults)?.on === true) {
        dispatch({ kind: 'refused' });
        return;
      }
    }
    deciding.current.add(on.id);
    const answer = await api.decide(
      on.id,
      rulingOf(sending.choice, sending.confirms),
      sending.facts.trim(),
      chosen?.on === true ? statementOf(chosen) : undefined,
    );
    deciding.current.delete(on.id);
    if (answer.ok) {
      if (chosen?.on === true) named.current = chosen;
      if (here()) {
        dispatch({ kind: 'drop' });
        setTrouble(undefined);
      }
      put(answer.value);
      decided(answer.value);
      return;
    }
    if (here()) {
      dispatch({ kind: 'refused' });
      setTrouble(answer.trouble);
    } else {
      toast(say('toast.notDecided', { item: on.item?.id ?? on.id }));
      void api.release(on.id).then((given) => given.ok && changed(given.value));
    }
    if (answer.trouble.status === 409) await refetch(on.id);
  }, [api, put, decided, refetch, changed, known, arrived, say, toast]);
  const undo = useCallback(
    async (on: WireJob, facts: string) => {
      // Pressed twice, the second would be refused.
      if (takingBack.current.has(on.id)) return;
      takingBack.current.add(on.id);
      const answer = await api.undo(on.id, facts.trim());
      takingBack.current.delete(on.id);
      if (!answer.ok) {
        if (current.current?.id === on.id) setTrouble(answer.trouble);
        else toast(sayTrouble(say, answer.trouble));
        if (answer.trouble.status === 409) await refetch(on.id);
        return;
      }
      setUndoing(false);
      put(answer.value);
      undone();
      if (current.current?.id === on.id) await claimId(on.id);
    },
    [api, put, refetch, claimId, undone, say, toast],
  );

  const hold = useCallback(
    async (on: WireJob) => {
      const answer = await api.hold(on.id);
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
  const answerComplaint = useCallback(
    async (on: WireJob, facts: string, choice: Choice | undefined, given?: Reasons) => {
      const ruling = choice === undefined ? undefined : rulingOf(choice, []);
      const statement = given?.on === true ? statementOf(given) : undefined;
      const answer = await api.answerComplaint(on.id, facts.trim(), ruling, statement);
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
    reasons,
    preview,
    changeReasons: useCallback((part: Partial<Reasons>) => {
      setReasons((now) => (now === undefined ? now : { ...now, ...part }));
    }, []),
    trouble,
    undoing,
    open,
    leave,
    claim: useCallback(async () => {
      if (current.current !== undefined) await claimId(current.current.id);
    }, [claimId]),
    dispatch,
    send,
    hold,
    undo,
    askUndo: setUndoing,
    answerComplaint,
    known,
  };
}

/**
 * What statements are composed with, asked once: what a lead set, and what the operator says of the platform. Beside it the
 * question itself, for what has to wait for its answer.
 */
function useAccountability(): readonly [Known, { readonly current: Promise<Known> | undefined }] {
  const { api } = useConsole();
  const [known, setKnown] = useState<Known>(NOT_KNOWN);
  const arrived = useRef<Promise<Known>>(undefined);
  useEffect(() => {
    let here = true;
    arrived.current = Promise.all([api.accountability(), api.platform()]).then(([defaults, platform]) => {
      const came: Known = {
        came: true,
        defaults: defaults.ok ? defaults.value : NOT_KNOWN.defaults,
        platform: platform.ok
          ? { ...platform.value, zone: parseZone(platform.value.zone) }
          : NOT_KNOWN.platform,
      };
      if (here) setKnown(came);
      return came;
    });
    return () => {
      here = false;
    };
  }, [api]);
  return [known, arrived];
}
