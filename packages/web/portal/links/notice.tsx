/**
 * One notice: what it is, where it goes, what is said, whether anything is missing, the text, and the mark that it was sent. The
 * answers are given once and stand in every notice; what a law asks for beyond that appears where that law applies.
 * @module
 */

import type { KeptNotice } from '@reclaim/casework/takedown/takedown-record';
import { declarationOn } from '@reclaim/law/duty/declaration';
import type { NoticeDraft, Part } from '@reclaim/law/duty/notice-draft';
import { askedBy, completenessOf, declarationsAsked } from '@reclaim/law/notice/asked';
import { againText } from '@reclaim/law/notice/follow-up-text';
import { type NoticeRequest, type NoticeText, writeNotice } from '@reclaim/law/notice/notice-text';
import type { NoticeLanguage, NoticeRegime } from '@reclaim/law/notice/sentences';
import type { LinkPlan, Way } from '@reclaim/law/plan/link-plan';
import { useState } from 'preact/hooks';
import { Button } from '../../ui/button.tsx';
import { ChoiceList } from '../../ui/choice-list.tsx';
import { CheckField, Field, SelectField } from '../../ui/field.tsx';
import { fill } from '../../ui/language.ts';
import { NoticeBox } from '../../ui/notice-box.tsx';
import { StepHeader } from '../../ui/step-header.tsx';
import { useHeader, useVisit } from '../visit.ts';
import { draftOf } from './draft.ts';
import { type LinkPart, useLinks } from './link-context.ts';
import { deviceZone, type ListedLink, linksToAsk, today } from './link-list.ts';
import { SentPanel } from './sent-panel.tsx';
import { TextPanel } from './text-panel.tsx';
import { mailOf, WayPanel } from './way-panel.tsx';

/** What the screen is about: a group of links with its ways, or one search engine with all of them. */
type Subject = {
  readonly host: string;
  readonly plan: LinkPlan;
  readonly ways: readonly Way[];
  readonly links: readonly ListedLink[];
  /** Those of them that the notice is about now. */
  readonly ask: readonly ListedLink[];
  readonly engine: string | undefined;
  /** Since when the one link is back, milliseconds since 1970, where the notice says so. */
  readonly backMs: number | undefined;
};

/** The screen. */
export function Notice() {
  const { view, journey, step } = useVisit();
  const { say, minor } = useLinks();
  const header = useHeader();
  const subject = useSubject();
  if (subject === undefined) {
    return (
      <div class="stack loose">
        <StepHeader title={say.ask.title} {...header} />
        <p>{say.plan.emptyNote}</p>
        <div class="actions">
          <Button onPress={() => step({ kind: 'go', to: 'plan' })}>{say.plan.title}</Button>
        </div>
      </div>
    );
  }
  if (!minor && (view?.notice.kind ?? 'not-said') === 'not-said') return <KindQuestion />;
  return <Written key={journey.picked} subject={subject} />;
}

function useSubject(): Subject | undefined {
  const { journey } = useVisit();
  const { list } = useLinks();
  if (!list.ok || journey.picked === undefined) return undefined;
  const asked = /^engine (.+)$/.exec(journey.picked)?.[1];
  if (asked !== undefined) {
    const hosts = list.groups.filter((each) => each.group.plan.engines.length > 0);
    const first = hosts[0];
    const found = first?.group.plan.engines.find((each) => each.way.channel?.id === asked);
    if (first === undefined || found === undefined) return undefined;
    const links = hosts.flatMap((each) => each.links);
    return {
      host: found.engine,
      plan: first.group.plan,
      ways: [found.way],
      links,
      ask: linksToAsk(links, `engine-${found.engine}`),
      engine: found.engine,
      backMs: undefined,
    };
  }
  const again = /^again (.+)$/s.exec(journey.picked)?.[1];
  const group = list.groups.find(
    ({ key, links }) => key === journey.picked || links.some((each) => each.target.link === again),
  );
  if (group === undefined) return undefined;
  const { plan, host } = group.group;
  const place = { host, plan, ways: plan.ways, engine: undefined, links: group.links };
  const link = group.links.find((each) => each.target.link === again);
  const back = link?.tracks.find(({ name, state }) => name === 'host' && state === 'reappeared');
  return link === undefined || back === undefined
    ? { ...place, ask: linksToAsk(group.links, 'host'), backMs: undefined }
    : { ...place, ask: [link], backMs: back.since };
}

/** What it is, asked once. Its answer offers the sentence that most people need, to be kept, changed or taken out. */
function KindQuestion() {
  const { desk } = useVisit();
  const { say, tables } = useLinks();
  const header = useHeader();
  return (
    <div class="stack loose">
      <StepHeader title={say.ask.kindTitle} {...header} />
      <ChoiceList
        label={say.ask.kindTitle}
        choices={[
          { value: 'authentic', name: say.ask.authentic, note: say.ask.authenticNote },
          { value: 'forgery', name: say.ask.forgery, note: say.ask.forgeryNote },
          { value: 'threatened', name: say.ask.threatened, note: say.ask.threatenedNote },
        ]}
        onChoose={(kind) =>
          void desk.session().then((session) => {
            const { standing } = session.view.notice;
            session.setNotice({
              kind,
              // Nearly everybody here is the person shown; it can be changed above the ticks.
              standing: standing === 'not-said' ? 'depicted' : standing,
              facts: tables.en?.suggested(kind, 'self') ?? '',
              factsSuggested: true,
            });
          })
        }
      />
    </div>
  );
}

function Written({ subject }: { readonly subject: Subject }) {
  const { words, language, view, desk, now } = useVisit();
  const { say, tables, follow, facts, minor } = useLinks();
  const header = useHeader();
  const [chosen, setChosen] = useState(0);
  const [page, setPage] = useState(0);
  const { plan, ways, host } = subject;
  // As it was when the notice was begun: a mark made here must not put another notice under it.
  const [begun] = useState(() => ({
    asked: new Set(subject.ask.map((each) => each.target.key)),
    backMs: subject.backMs,
  }));
  const links = subject.links.filter((each) => begun.asked.has(each.target.key));
  const way = ways[Math.min(chosen, ways.length - 1)];
  const session = (notice: Partial<KeptNotice>) => void desk.session().then((held) => held.setNotice(notice));
  if (way === undefined || (view === undefined && !minor)) {
    return (
      <div class="stack loose">
        <StepHeader title={say.ask.title} {...header} />
        <p>{plan.first.map((each) => say.first[each]).join(' ') || say.plan.nothing}</p>
      </div>
    );
  }
  const pages = Math.max(1, Math.ceil(links.length / way.linksPerNotice));
  const at = Math.min(page, pages - 1);
  const here = links.slice(at * way.linksPerNotice, (at + 1) * way.linksPerNotice);
  const draft = draftOf(view?.notice, here, minor);
  const request: NoticeRequest = {
    draft,
    host: subject.engine ?? host,
    regimes: way.regimes,
    addressed: way.addressed,
    day: today(now),
    factsSuggested: view?.notice.factsSuggested ?? false,
  };
  const written = writeNotice(request, language, tables);
  const { notice, translation } =
    begun.backMs === undefined ? written : backTexts(written, { host, backMs: begun.backMs }, tables, follow);
  const complete = completenessOf(way.regimes, draft);
  return (
    <div class="stack loose">
      <div class="stack">
        <StepHeader title={`${say.ask.title}: ${host}`} {...header} />
        {begun.backMs !== undefined && (
          <NoticeBox kind="info">
            <p>{say.ask.back}</p>
          </NoticeBox>
        )}
        {minor && (
          <NoticeBox kind="attention">
            <p>{say.ask.minorText}</p>
          </NoticeBox>
        )}
        {pages > 1 && (
          <div class="actions">
            <span>
              {fill(say.ask.page, { n: at + 1, of: pages })}
              {way.linksPerNotice === 1 ? ` · ${say.ask.pageNote}` : ''}
            </span>
            <Button kind="quiet" off={at === 0} onPress={() => setPage(at - 1)}>
              {say.ask.previous}
            </Button>
            <Button kind="quiet" off={at === pages - 1} onPress={() => setPage(at + 1)}>
              {say.ask.next}
            </Button>
          </div>
        )}
      </div>
      <section class="card stack" aria-labelledby="where">
        <h2 id="where">{say.ask.where}</h2>
        <WayPanel plan={plan} ways={ways} chosen={ways.indexOf(way)} onChoose={setChosen} />
        {!minor && subject.engine === undefined && (
          <CheckField
            label={say.ask.mine}
            hint={say.ask.mineHint}
            checked={facts.madeByPerson === true}
            onChange={(mine) => {
              session({ madeByPerson: mine ? true : 'unknown' });
              setChosen(0);
            }}
          />
        )}
      </section>
      {!minor && view !== undefined && (
        <Form
          notice={view.notice}
          regimes={way.regimes}
          draft={draft}
          onChange={session}
          copyright={way.addressed === 'copyright-agent'}
        />
      )}
      <section class="card stack" aria-labelledby="text">
        <h2 id="text">{say.ask.text}</h2>
        {!minor && <Complete complete={complete} />}
        <TextPanel text={notice} translation={translation} mail={mailOf(way)} />
      </section>
      {!minor && (
        <SentPanel
          key={`${at} ${way.channel?.id ?? 'own'}`}
          links={here}
          text={notice}
          way={way}
          engine={subject.engine}
          complete={complete.filter((each) => each.complete).map((each) => each.regime)}
          contact={draft.email !== ''}
        />
      )}
      <p class="not-your-fault">{words.frame.notFault}</p>
    </div>
  );
}

/** The notice, and what is read beside it, behind the sentence that the same thing is back. */
function backTexts(
  { notice, translation }: ReturnType<typeof writeNotice>,
  back: { readonly host: string; readonly backMs: number },
  tables: LinkPart['tables'],
  follow: LinkPart['follow'],
): ReturnType<typeof writeNotice> {
  const again = (text: NoticeText): NoticeText => {
    const language = text.language as NoticeLanguage;
    const [say, words] = [tables[language], follow[language]];
    if (say === undefined || words === undefined) return text;
    return againText({ ...back, zone: deviceZone() }, text.body, { say, follow: words });
  };
  return { notice: again(notice), translation: translation === null ? null : again(translation) };
}

/** Whether anything is missing, law by law. */
function Complete({ complete }: { readonly complete: ReturnType<typeof completenessOf> }) {
  const { say } = useLinks();
  if (complete.length === 0) return null;
  return (
    <ul class="plain stack tight" aria-live="polite">
      {complete.map((each) => (
        <li key={each.regime} class={each.complete ? 'told good' : 'told attention'}>
          {each.complete
            ? fill(say.ask.complete, { law: say.ask.laws[each.regime] })
            : `${fill(say.ask.notYet, { law: say.ask.laws[each.regime] })}. ${say.ask.lacks}: ${partNames(each.lacks, say.ask.parts)}.`}
        </li>
      ))}
    </ul>
  );
}

function partNames(
  parts: readonly Part[],
  names: Readonly<Record<Extract<Part, string> | 'declared', string>>,
): string {
  const plain = parts.map((part) => names[typeof part === 'string' ? part : 'declared']);
  return [...new Set(plain)].join(', ');
}

/** The superset form: each thing once, whatever number of laws ask for it. */
function Form(props: {
  readonly notice: KeptNotice;
  readonly regimes: readonly NoticeRegime[];
  readonly draft: NoticeDraft;
  readonly copyright: boolean;
  readonly onChange: (notice: Partial<KeptNotice>) => void;
}) {
  const { now, language, step, go } = useVisit();
  const { say, tables } = useLinks();
  const { notice, regimes, draft, onChange, copyright } = props;
  const asked = askedBy(regimes, draft);
  const asks = (part: Part) => asked.some((each) => each.part === part);
  const declarations = declarationsAsked(asked);
  const voice = notice.standing === 'depicted' ? 'self' : 'for-another';
  return (
    <section class="card stack" aria-labelledby="say">
      <div class="row between">
        <h2 id="say">{say.ask.say}</h2>
        <Button
          kind="plain"
          onPress={() => {
            onChange({ kind: 'not-said' });
            step({ kind: 'go', to: 'notice' });
          }}
        >
          {`${kindWords(notice.kind, say.ask)} · ${say.ask.change}`}
        </Button>
      </div>
      <SelectField
        label={say.ask.standing}
        value={notice.standing}
        options={[
          ['depicted', say.ask.depicted],
          ['authorised', say.ask.authorised],
          ['parent', say.ask.parent],
          ['other', say.ask.sawIt],
        ]}
        onChange={(standing) =>
          onChange({
            standing,
            ...(notice.factsSuggested
              ? {
                  facts:
                    tables.en?.suggested(notice.kind, standing === 'depicted' ? 'self' : 'for-another') ?? '',
                }
              : {}),
          })
        }
      />
      {notice.standing !== 'depicted' && notice.standing !== 'other' && (
        <Field
          label={say.ask.basis}
          hint={say.ask.basisHint}
          value={notice.authorityBasis}
          maxLength={1_000}
          onInput={(authorityBasis) => onChange({ authorityBasis })}
        />
      )}
      {copyright ? (
        <Field
          label={say.ask.work}
          hint={say.ask.workHint}
          rows={2}
          maxLength={1_000}
          value={notice.work}
          onInput={(work) => onChange({ work })}
        />
      ) : (
        <Field
          label={say.ask.facts}
          hint={say.ask.factsHint}
          rows={3}
          maxLength={4_000}
          value={
            notice.factsSuggested
              ? (tables[language]?.suggested(notice.kind, voice) ?? notice.facts)
              : notice.facts
          }
          onInput={(facts) => onChange({ facts, factsSuggested: false })}
        />
      )}
      {declarations.length > 0 && (
        <fieldset class="stack tight">
          <legend class="legend">{say.ask.declare}</legend>
          <p class="quiet-text">{say.ask.declareNote}</p>
          {declarations.map((id) => {
            const text = declarationOn(id, today(now));
            if (text === undefined) return null;
            const ticked = notice.declarations.some(
              (each) => each.id === id && each.version === text.version,
            );
            return (
              <CheckField
                key={id}
                label={text.text}
                {...(language === 'en'
                  ? {}
                  : { hint: `${say.ask.beside}: ${tables[language]?.declared[id] ?? ''}` })}
                checked={ticked}
                onChange={(yes) =>
                  onChange({
                    declarations: [
                      ...notice.declarations.filter((each) => each.id !== id),
                      ...(yes ? [{ id, version: text.version, atMs: Date.now() }] : []),
                    ],
                  })
                }
              />
            );
          })}
        </fieldset>
      )}
      <Field
        label={say.ask.contact}
        hint={say.ask.contactHint}
        value={notice.email}
        maxLength={320}
        onInput={(email) => onChange({ email: email.trim() })}
      />
      {(asks('signature') || notice.signature !== null) && (
        <>
          <Field
            label={say.ask.signature}
            hint={say.ask.signatureHint}
            value={notice.signature?.text ?? ''}
            maxLength={200}
            onInput={(text) =>
              onChange({
                signature:
                  text === ''
                    ? null
                    : { kind: 'typed', text, pseudonym: notice.signature?.pseudonym ?? false },
              })
            }
          />
          {notice.signature !== null && (
            <CheckField
              label={say.ask.pseudonym}
              hint={say.ask.pseudonymNote}
              checked={notice.signature.pseudonym}
              onChange={(pseudonym) =>
                onChange({ signature: notice.signature === null ? null : { ...notice.signature, pseudonym } })
              }
            />
          )}
        </>
      )}
      <details class="details">
        <summary>{say.ask.name}</summary>
        <div class="stack">
          <Field
            label={say.ask.name}
            hint={say.ask.nameHint}
            value={notice.name}
            maxLength={200}
            onInput={(name) => onChange({ name })}
          />
          <Field
            label={say.ask.contactOther}
            value={notice.otherContact}
            maxLength={300}
            onInput={(otherContact) => onChange({ otherContact })}
          />
          <div class="actions">
            <Button kind="plain" onPress={() => go('talk')}>
              {say.ask.representative.yes}
            </Button>
          </div>
        </div>
      </details>
    </section>
  );
}

function kindWords(
  kind: KeptNotice['kind'],
  words: { readonly authentic: string; readonly forgery: string; readonly threatened: string },
): string {
  return kind === 'not-said' ? '' : words[kind];
}
