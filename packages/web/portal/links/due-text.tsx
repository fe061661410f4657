/**
 * The text that a track's next step asks for: a reminder, a request to look again, a complaint to an office. Only where it is due,
 * or where a refusal lets it be sent at once.
 * @module
 */

import type { NextStep } from '@reclaim/casework/takedown/due-steps';
import type { TakedownCommand, Track } from '@reclaim/casework/takedown/takedown';
import type { Clock } from '@reclaim/law/duty/clock';
import type { FollowSentences } from '@reclaim/law/notice/follow-sentences';
import { FOLLOW_EN } from '@reclaim/law/notice/follow-sentences-en';
import { appealText, complaintText, reminderText, type SentNotice } from '@reclaim/law/notice/follow-up-text';
import { type NoticeText, noticeLanguage, renderNotice } from '@reclaim/law/notice/notice-text';
import { NOTICE_REGIMES, type NoticeLanguage, type Sentences } from '@reclaim/law/notice/sentences';
import { officesFor } from '@reclaim/law/plan/office-for';
import { useEffect, useState } from 'preact/hooks';
import { Button } from '../../ui/button.tsx';
import type { Language } from '../../ui/language.ts';
import { Outside } from '../service-list.tsx';
import { useVisit } from '../visit.ts';
import { draftOf } from './draft.ts';
import { useLinks } from './link-context.ts';
import { deviceZone, type ListedGroup, type ListedLink, today } from './link-list.ts';
import { TextPanel } from './text-panel.tsx';

/** The text that is due, the marks that follow it, and for a complaint the offices. */
export function DueText(props: {
  readonly track: Track;
  readonly step: NextStep;
  readonly group: ListedGroup;
  readonly link: ListedLink;
  readonly clocks: readonly Clock[];
  readonly onMark: (command: TakedownCommand) => void;
}) {
  const { words, language, view } = useVisit();
  // Not when the page was drawn: a mark of a minute ago must not lie in the future.
  const now = Date.now();
  const { say, planWords, tables, facts } = useLinks();
  const { track, step, group, link, clocks, onMark } = props;
  const [follow, setFollow] = useState<Partial<Record<NoticeLanguage, FollowSentences>>>();
  useEffect(() => {
    loadFollow(language).then(setFollow, () => setFollow({}));
  }, [language]);
  if (step.kind !== 'remind' && step.kind !== 'appeal' && step.kind !== 'complain') return null;
  const last = track.sendings.at(-1);
  const regimes = NOTICE_REGIMES.filter((each) => last?.regimes.includes(each));
  const sent: SentNotice = {
    host: group.group.host,
    locations: [link.target.link],
    sentMs: last?.at ?? track.since,
    number: track.number,
    clocks,
    refusedMs: track.refusedAt,
    backMs: null,
    underDsa: regimes.includes('eu-dsa'),
    zone: deviceZone(),
  };
  // The way it was sent by may be gone from the rows meanwhile: then the first way speaks.
  const { ways } = group.group.plan;
  const way = ways.find((each) => (each.channel?.id ?? '') === last?.channel) ?? ways[0];
  const first = (sentences: Sentences): string =>
    renderNotice(
      {
        draft: draftOf(view?.notice, [link], false),
        host: group.group.host,
        regimes,
        addressed: way?.addressed ?? 'service',
        day: today(now),
        factsSuggested: view?.notice.factsSuggested ?? false,
      },
      sentences,
    ).body;
  const write = (sentences: Sentences): NoticeText | undefined => {
    const table = follow?.[sentences.language];
    if (table === undefined) return undefined;
    const both = { say: sentences, follow: table };
    if (step.kind === 'remind') return reminderText(sent, now, first(sentences), both);
    return step.kind === 'appeal' ? appealText(sent, first(sentences), both) : complaintText(sent, both);
  };
  const own = tables[noticeLanguage(regimes, language)] ?? tables.en;
  const text = own === undefined ? undefined : write(own);
  if (text === undefined)
    return <p role="status">{follow === undefined ? words.frame.loading : words.frame.offline}</p>;
  const beside = tables[language];
  const offices = step.kind === 'complain' ? officesFor(regimes, facts) : [];
  return (
    <div class="stack">
      <h3>{say.follow.texts[step.kind]}</h3>
      <TextPanel
        text={text}
        translation={
          beside === undefined || beside.language === text.language ? null : (write(beside) ?? null)
        }
        mail={undefined}
      />
      {step.kind === 'complain' ? (
        offices.length === 0 ? (
          <p>{say.follow.noOffice}</p>
        ) : (
          <ul class="plain stack">
            {offices.map((office) => (
              <li key={office.id} class="stack tight">
                <p>{planWords.offices[office.id]}</p>
                <div class="actions">
                  <Outside href={`https://${office.addresses[0] ?? ''}`}>{words.talk.visit}</Outside>
                  <Button
                    kind="quiet"
                    label={`${say.follow.marks.escalate}: ${office.id}`}
                    onPress={() => onMark({ kind: 'escalate', office: office.id })}
                  >
                    {say.follow.marks.escalate}
                  </Button>
                </div>
              </li>
            ))}
          </ul>
        )
      ) : (
        <div class="actions">
          <Button
            kind="quiet"
            onPress={() => onMark(step.kind === 'remind' ? { kind: 'remind' } : { kind: 'appeal' })}
          >
            {say.follow.marks[step.kind]}
          </Button>
        </div>
      )}
    </div>
  );
}

async function loadFollow(language: Language): Promise<Partial<Record<NoticeLanguage, FollowSentences>>> {
  switch (language) {
    case 'en':
      return { en: FOLLOW_EN };
    case 'es':
      return { en: FOLLOW_EN, es: (await import('@reclaim/law/notice/follow-sentences-es')).FOLLOW_ES };
    case 'ar':
      return { en: FOLLOW_EN, ar: (await import('@reclaim/law/notice/follow-sentences-ar')).FOLLOW_AR };
    default:
      return language satisfies never;
  }
}
