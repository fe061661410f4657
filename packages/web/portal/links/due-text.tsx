/**
 * The text that a track's next step asks for: a reminder, a request to look again, a complaint to an office. Only where it is due,
 * or where a refusal lets it be sent at once. What was sent is quoted as it was sent, where the case keeps it.
 * @module
 */

import type { NextStep } from '@reclaim/casework/takedown/due-steps';
import type { TakedownCommand, Track } from '@reclaim/casework/takedown/takedown';
import type { Regulator } from '@reclaim/law/channel/regulator';
import type { Clock } from '@reclaim/law/duty/clock';
import {
  appealText,
  complaintText,
  complaintWords,
  type FollowWords,
  reminderText,
  type SentNotice,
} from '@reclaim/law/notice/follow-up-text';
import { type NoticeText, noticeLanguage, renderNotice } from '@reclaim/law/notice/notice-text';
import {
  OFFICE_LANGUAGES,
  type OfficeLanguage,
  type OfficeSentences,
  officeLanguage,
} from '@reclaim/law/notice/office-sentences';
import { NOTICE_REGIMES, type NoticeLanguage, type Sentences } from '@reclaim/law/notice/sentences';
import { officesFor } from '@reclaim/law/plan/office-for';
import { Button } from '../../ui/button.tsx';
import { fill } from '../../ui/language.ts';
import { Outside } from '../service-list.tsx';
import { useVisit } from '../visit.ts';
import { draftOf } from './draft.ts';
import { useLinks } from './link-context.ts';
import { deviceZone, type ListedGroup, type ListedLink, today } from './link-list.ts';
import { OFFICE_TABLES } from './office-tables.ts';
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
  const { language, view } = useVisit();
  // Not when the page was drawn: a mark of a minute ago must not lie in the future.
  const now = Date.now();
  const { say, tables, follow } = useLinks();
  const { track, step, group, link, clocks, onMark } = props;
  if (step.kind !== 'remind' && step.kind !== 'appeal' && step.kind !== 'complain') return null;
  const last = track.sendings.at(-1);
  const regimes = NOTICE_REGIMES.filter((each) => last?.regimes.includes(each));
  const kept = view?.sentTexts.find((each) => each.id === last?.text);
  const sent: SentNotice = {
    host: group.group.host,
    locations: [link.target.link],
    sentMs: last?.at ?? track.since,
    number: track.number,
    clocks,
    refusedMs: track.refusedAt,
    underDsa: regimes.includes('eu-dsa'),
    zone: deviceZone(),
  };
  // The way it was sent by may be gone from the rows meanwhile: then the first way speaks.
  const { ways } = group.group.plan;
  const way = ways.find((each) => (each.channel?.id ?? '') === last?.channel) ?? ways[0];
  const first = (sentences: Sentences): string =>
    kept?.language === sentences.language
      ? kept.body
      : renderNotice(
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
  const wordsIn = (of: NoticeLanguage): FollowWords | undefined => {
    const [sentences, later] = [tables[of], follow[of]];
    return sentences === undefined || later === undefined ? undefined : { say: sentences, follow: later };
  };
  const beside = wordsIn(language);
  if (step.kind === 'complain') {
    return (
      <Complaints
        write={(words) => complaintText(sent, kept === undefined ? '' : kept.body, words)}
        regimes={regimes}
        wordsIn={wordsIn}
        onMark={onMark}
      />
    );
  }
  const write = (words: FollowWords): NoticeText =>
    step.kind === 'remind'
      ? reminderText(sent, now, first(words.say), words)
      : appealText(sent, first(words.say), words);
  const own = wordsIn(noticeLanguage(regimes, language)) ?? wordsIn('en');
  if (own === undefined) return null;
  const text = write(own);
  return (
    <div class="stack">
      <h3>{say.follow.texts[step.kind]}</h3>
      <TextPanel
        text={text}
        translation={beside === undefined || beside.say.language === text.language ? null : write(beside)}
        mail={undefined}
      />
      <div class="actions">
        <Button
          kind="quiet"
          onPress={() => onMark(step.kind === 'remind' ? { kind: 'remind' } : { kind: 'appeal' })}
        >
          {say.follow.marks[step.kind]}
        </Button>
      </div>
    </div>
  );
}

/** The complaint, once for each language that the offices read, with the offices that read it. */
function Complaints(props: {
  readonly write: (words: OfficeSentences) => NoticeText;
  readonly regimes: Parameters<typeof officesFor>[0];
  readonly wordsIn: (language: NoticeLanguage) => FollowWords | undefined;
  readonly onMark: (command: TakedownCommand) => void;
}) {
  const { language } = useVisit();
  const { say, facts } = useLinks();
  const { write, regimes, wordsIn, onMark } = props;
  const offices = officesFor(regimes, facts);
  const byLanguage = new Map<NoticeLanguage | OfficeLanguage, readonly Regulator[]>();
  for (const office of offices) {
    const tongue = officeLanguage(office.id, facts.country);
    byLanguage.set(tongue, [...(byLanguage.get(tongue) ?? []), office]);
  }
  const english = wordsIn('en');
  if (english === undefined) return null;
  if (offices.length === 0) {
    return (
      <div class="stack">
        <h3>{say.follow.texts.complain}</h3>
        <p>{say.follow.noOffice}</p>
      </div>
    );
  }
  const own = wordsIn(language);
  return (
    <div class="stack loose">
      {[...byLanguage].map(([tongue, those]) => {
        const follow = isOfficeLanguage(tongue) ? undefined : wordsIn(tongue);
        const table = isOfficeLanguage(tongue) ? OFFICE_TABLES[tongue] : undefined;
        const text = write(table ?? complaintWords(follow ?? english));
        const beside =
          own === undefined || own.say.language === text.language ? null : write(complaintWords(own));
        return (
          <div key={tongue} class="stack">
            <h3>{say.follow.texts.complain}</h3>
            {text.language !== language && (
              <p>{fill(say.follow.tongue, { language: languageName(language, text.language) })}</p>
            )}
            <TextPanel text={text} translation={beside} mail={undefined} />
            <Offices offices={those} onMark={onMark} />
          </div>
        );
      })}
    </div>
  );
}

/** Offices that read the text above, each with the mark that it was complained to. */
function Offices(props: {
  readonly offices: readonly Regulator[];
  readonly onMark: (command: TakedownCommand) => void;
}) {
  const { words } = useVisit();
  const { say, planWords } = useLinks();
  return (
    <ul class="plain stack">
      {props.offices.map((office) => (
        <li key={office.id} class="stack tight">
          <p>{planWords.offices[office.id]}</p>
          <div class="actions">
            <Outside href={`https://${office.addresses[0] ?? ''}`}>{words.talk.visit}</Outside>
            <Button
              kind="quiet"
              label={`${say.follow.marks.escalate}: ${office.id}`}
              onPress={() => props.onMark({ kind: 'escalate', office: office.id })}
            >
              {say.follow.marks.escalate}
            </Button>
          </div>
        </li>
      ))}
    </ul>
  );
}

function isOfficeLanguage(language: string): language is OfficeLanguage {
  return (OFFICE_LANGUAGES as readonly string[]).includes(language);
}

/** The name of a language in a language. */
function languageName(shown: string, language: string): string {
  return new Intl.DisplayNames(shown, { type: 'language' }).of(language) ?? language;
}
