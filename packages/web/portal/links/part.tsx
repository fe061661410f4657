/**
 * The part of the portal that turns links into notices, fetched when it is first needed. One component for its four screens and
 * the line of the case's screen, so that the law is fetched once.
 * @module
 */

import { EMPTY_NOTICE as EMPTY, type TakedownRecord } from '@reclaim/casework/takedown/takedown-record';
import type { Day } from '@reclaim/law/day';
import type { ParsedPaste } from '@reclaim/law/link/link';
import type { PlanFacts } from '@reclaim/law/plan/link-plan';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { NoticeBox } from '../../ui/notice-box.tsx';
import { useVisit } from '../visit.ts';
import { Follow } from './follow.tsx';
import { inSlices } from './in-slices.ts';
import { LinkContext, type LinkPart } from './link-context.ts';
import { type LinkList, listInSlices, listLinks, planFacts, today } from './link-list.ts';
import { loadPart } from './load-part.ts';
import { Notice } from './notice.tsx';
import { Paste } from './paste.tsx';
import { Plan } from './plan.tsx';
import { Summary } from './summary.tsx';

const SCREEN = { links: Paste, plan: Plan, notice: Notice, link: Follow, summary: Summary } as const;

/** A list of as many links is made at once; a longer one in slices, with the last one in its place meanwhile. */
const AT_ONCE = 300;

const NO_RECORDS: readonly TakedownRecord[] = [];

/** The list; `undefined` until the first long one is made. */
function useList(
  pasted: ParsedPaste | undefined,
  records: readonly TakedownRecord[],
  facts: PlanFacts,
  day: Day,
): LinkList | undefined {
  const short = (pasted?.links.length ?? 0) + records.length <= AT_ONCE;
  const [long, setLong] = useState<LinkList>();
  const now = useMemo(
    () => (short ? listLinks(pasted, records, facts, day) : undefined),
    [short, pasted, records, facts, day],
  );
  useEffect(() => {
    if (short) return;
    let here = true;
    void inSlices(listInSlices(pasted, records, facts, day), () => !here).then((made) => {
      if (here && made !== undefined) setLong(made);
    });
    return () => {
      here = false;
    };
  }, [short, pasted, records, facts, day]);
  return now ?? long;
}

/** One of the screens, in the language of the visit. */
export function LinksScreen({ screen }: { readonly screen: keyof typeof SCREEN }) {
  const { words, language, journey, view, pasted, now } = useVisit();
  const [part, setPart] = useState<LinkPart>();
  const [missing, setMissing] = useState(false);
  useEffect(() => {
    let here = true;
    loadPart(language).then(
      (loaded) => {
        if (!here) return;
        setPart(loaded);
        setMissing(false);
      },
      () => here && setMissing(true),
    );
    return () => {
      here = false;
    };
  }, [language]);
  const minor = journey.under18 === 'yes' || journey.under18 === 'not-sure';
  const notice = view?.notice;
  const records = minor ? undefined : view?.takedowns;
  // By what they say and not by which object says it: a letter typed into a notice must not plan ten thousand links anew.
  const said = JSON.stringify(planFacts(notice ?? EMPTY, journey.country, minor));
  const facts = useMemo(() => JSON.parse(said) as PlanFacts, [said]);
  const list = useList(pasted, records ?? NO_RECORDS, facts, today(now));
  if (part === undefined || list === undefined) {
    return missing ? (
      <NoticeBox kind="attention" live>
        <p>{words.frame.offline}</p>
      </NoticeBox>
    ) : (
      <p role="status">{words.frame.loading}</p>
    );
  }
  const Shown = SCREEN[screen];
  return (
    <LinkContext.Provider value={{ ...part, facts, list, minor }}>
      <Shown />
    </LinkContext.Provider>
  );
}
