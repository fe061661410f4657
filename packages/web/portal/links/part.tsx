/**
 * The part of the portal that turns links into notices, fetched when it is first needed. One component for its four screens and
 * the line of the case's screen, so that the law is fetched once.
 * @module
 */

import { EMPTY_NOTICE as EMPTY } from '@reclaim/casework/takedown/takedown-record';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { NoticeBox } from '../../ui/notice-box.tsx';
import { useVisit } from '../visit.ts';
import { Follow } from './follow.tsx';
import { LinkContext, type LinkPart } from './link-context.ts';
import { listLinks, planFacts, today } from './link-list.ts';
import { loadPart } from './load-part.ts';
import { Notice } from './notice.tsx';
import { Paste } from './paste.tsx';
import { Plan } from './plan.tsx';
import { Summary } from './summary.tsx';

const SCREEN = { links: Paste, plan: Plan, notice: Notice, link: Follow, summary: Summary } as const;

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
  const { facts, list } = useMemo(() => {
    const known = planFacts(notice ?? EMPTY, journey.country, minor);
    return { facts: known, list: listLinks(pasted, records ?? [], known, today(now)) };
  }, [notice, records, pasted, journey.country, minor, now]);
  if (part === undefined) {
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
