/**
 * Adding one thing: what it is, then the thing itself and nothing else (S21). What else could be said of it is folded away
 * below, and can all be left empty.
 *
 * Where anyone may be under 18 there is one kind, a link, and no place to choose a file is in the page at all.
 * @module
 */

import { useEffect, useState } from 'preact/hooks';
import { Button } from '../../ui/button.tsx';
import { ChoiceList } from '../../ui/choice-list.tsx';
import { Field, SelectField } from '../../ui/field.tsx';
import { FileDrop } from '../../ui/file-drop.tsx';
import { fill } from '../../ui/language.ts';
import { NoticeBox } from '../../ui/notice-box.tsx';
import { StepHeader } from '../../ui/step-header.tsx';
import type { EvidenceWords } from '../../ui/words/evidence/words.ts';
import type { NewEvidence, NewFile } from '../core/evidence-state.ts';
import { useHeader, useTask, useVisit } from '../visit.ts';
import { type Begun, readBegun } from './begun.ts';
import { ClockNote } from './clock-note.tsx';
import { evidenceTrouble, withWords } from './evidence-words.tsx';
import { momentWords } from './proof-list.tsx';

/** The form. */
export const ProofAdd = withWords(Add);

type Kind = 'screenshot' | 'link' | 'page-capture' | 'message-export' | 'email' | 'notice' | 'reply' | 'note';
const KINDS: readonly Kind[] = [
  'link',
  'screenshot',
  'message-export',
  'email',
  'page-capture',
  'notice',
  'reply',
  'note',
];

/** Of a kind: what a file of it is, how a pasted text of it is called, and what else is asked. */
const FORM: Readonly<
  Record<
    Kind,
    {
      readonly role: NewFile['role'];
      readonly accept: string | undefined;
      readonly paste: { readonly name: string; readonly mediaType: string } | undefined;
      readonly asks: readonly ('link' | 'handle' | 'shown' | 'answers')[];
    }
  >
> = {
  link: { role: 'page', accept: undefined, paste: undefined, asks: ['link', 'handle', 'shown'] },
  screenshot: { role: 'original', accept: 'image/*', paste: undefined, asks: ['link', 'handle', 'shown'] },
  'page-capture': {
    role: 'page',
    accept: '.html,.mhtml,.wacz,.warc,.pdf',
    paste: undefined,
    asks: ['link', 'handle', 'shown'],
  },
  'message-export': {
    role: 'original',
    accept: '.txt,.json,.html,.zip,.pdf,image/*',
    paste: { name: 'messages.txt', mediaType: 'text/plain' },
    asks: ['handle'],
  },
  email: {
    role: 'original',
    accept: '.eml,.msg,.txt,message/rfc822',
    paste: { name: 'mail.eml', mediaType: 'message/rfc822' },
    asks: [],
  },
  notice: {
    role: 'sent',
    accept: '.pdf,.txt,.eml,image/*',
    paste: { name: 'sent.txt', mediaType: 'text/plain' },
    asks: ['link'],
  },
  reply: {
    role: 'reply',
    accept: '.pdf,.txt,.eml,image/*',
    paste: { name: 'reply.txt', mediaType: 'text/plain' },
    asks: ['answers'],
  },
  note: { role: 'original', accept: undefined, paste: undefined, asks: [] },
};

/** The name under which a lock keeps what is being typed here. */
const formOf = (kind: Kind) => `proof-${kind}`;

function Add({ say }: { readonly say: EvidenceWords }) {
  const { journey } = useVisit();
  const { desk } = useVisit();
  const [kind, setKind] = useState<Kind>();
  const header = useHeader();
  useEffect(() => {
    // What was begun before a lock, or before a step back, goes on.
    desk.session().then(
      (session) => setKind((now) => now ?? KINDS.find((each) => session.draft(formOf(each)) !== undefined)),
      () => undefined,
    );
  }, []);
  if (journey.under18 !== 'no') return <MinorForm say={say} />;
  if (kind !== undefined) return <Form say={say} kind={kind} onBack={() => setKind(undefined)} />;
  return (
    <div class="stack loose">
      <div class="stack">
        <StepHeader title={say.add.choose} {...header} save={undefined} />
        <ClockNote say={say.clock} />
      </div>
      <ChoiceList
        label={say.add.choose}
        choices={KINDS.map((value) => ({ value, name: say.kinds[value], note: say.kinds[`${value}Note`] }))}
        onChoose={setKind}
      />
    </div>
  );
}

function Form({
  say,
  kind,
  onBack,
}: {
  readonly say: EvidenceWords;
  readonly kind: Kind;
  readonly onBack: () => void;
}) {
  const visit = useVisit();
  const { words, language, desk, evidence, step } = visit;
  const task = useTask();
  const [file, setFile] = useState<File>();
  const [text, setText] = useState('');
  const [link, setLink] = useState('');
  const [handle, setHandle] = useState('');
  const [shown, setShown] = useState('');
  const [answers, setAnswers] = useState('');
  const [notes, setNotes] = useState('');
  const [resumed, setResumed] = useState<Begun>();
  const [ready, setReady] = useState(false);
  useEffect(() => {
    desk
      .session()
      .then((session) => {
        const begun = readBegun(session.draft(formOf(kind)));
        if (begun === undefined) return;
        setResumed(begun);
        setText(begun.text);
        setLink(begun.link);
        setHandle(begun.handle);
        setShown(begun.shown);
        setAnswers(begun.answers);
        setNotes(begun.notes);
      })
      .catch(() => undefined)
      .finally(() => setReady(true));
  }, []);
  const chosen = file?.name ?? resumed?.file ?? '';
  useEffect(() => {
    if (!ready) return;
    const begun: Begun = { text, link, handle, shown, answers, notes, file: chosen };
    const nothing = Object.values(begun).every((each) => each === '');
    void desk
      .session()
      .then((session) => session.setDraft(formOf(kind), nothing ? '' : JSON.stringify(begun)))
      .catch(() => undefined);
  }, [ready, text, link, handle, shown, answers, notes, chosen]);
  const form = FORM[kind];
  const asked = new Set(form.asks);
  const notices = (evidence?.items ?? []).filter(({ item }) => item.kind === 'notice');

  const add = () =>
    task.run(async () => {
      const files: NewFile[] = [];
      if (file !== undefined) files.push({ role: form.role, content: file });
      if (form.paste !== undefined && text.trim() !== '')
        files.push({ role: files.length === 0 ? form.role : 'ticket', content: { text, ...form.paste } });
      if (kind === 'link' ? link.trim() === '' : kind === 'note' ? notes.trim() === '' : files.length === 0)
        return say.add.empty;
      const told: NewEvidence['told'] = {
        kind,
        notes: notes.toWellFormed(),
        ...(link.trim() === '' ? {} : { source: { typed: link.trim(), resolved: null, redirects: [] } }),
        ...(handle.trim() === '' ? {} : { handle: handle.trim() }),
        ...(shown.trim() === '' ? {} : { shownTime: { verbatim: shown.trim(), at: null, zone: null } }),
        ...(answers === '' ? {} : { notices: [answers] }),
      };
      const { desk: proofs } = await desk.evidence();
      const added = await proofs.add({ told, files });
      if (!added.ok) return evidenceTrouble(visit, say, added);
      (await desk.session()).setDraft(formOf(kind), '');
      // The list keeps it and asks for its stamp.
      step({ kind: 'back' });
      return undefined;
    });
  const linkField = (
    <Field
      label={say.add.link}
      hint={say.add.linkHint}
      mono
      maxLength={2_000}
      value={link}
      onInput={setLink}
    />
  );
  const notesField = (
    <Field
      label={kind === 'note' ? say.kinds.note : say.add.notes}
      hint={kind === 'note' ? say.kinds.noteNote : say.add.notesHint}
      rows={4}
      maxLength={4_000}
      value={notes}
      onInput={setNotes}
    />
  );
  return (
    <form
      class="stack loose"
      autocomplete="off"
      onSubmit={(event) => {
        event.preventDefault();
        add();
      }}
    >
      <div class="stack">
        <StepHeader
          title={say.kinds[kind]}
          lead={say.kinds[`${kind}Note`]}
          back={{ words: words.frame.back, onPress: onBack }}
          save={undefined}
          focus
        />
        <ClockNote say={say.clock} />
        {resumed !== undefined && (
          <NoticeBox kind="info" title={say.add.resumed} live>
            {file === undefined && resumed.file !== '' && (
              <p>{fill(say.add.fileAgain, { name: resumed.file })}</p>
            )}
          </NoticeBox>
        )}
        {form.accept !== undefined && (
          <>
            <FileDrop
              label={say.add.file}
              hint={say.add.fileHint}
              accept={form.accept}
              onFiles={([first]) => setFile(first)}
            />
            <p role="status">{file === undefined ? '' : fill(say.add.chosen, { name: file.name })}</p>
          </>
        )}
        {form.paste !== undefined && (
          <Field
            label={say.add.text}
            hint={say.add.textHint}
            rows={8}
            maxLength={60_000}
            value={text}
            onInput={setText}
          />
        )}
        {kind === 'link' && linkField}
        {kind === 'note' && notesField}
        {kind !== 'note' && (
          <details class="details">
            <summary>{say.add.more}</summary>
            <div class="stack">
              {kind !== 'link' && asked.has('link') && linkField}
              {asked.has('handle') && (
                <Field
                  label={say.add.handle}
                  hint={say.add.handleHint}
                  maxLength={200}
                  value={handle}
                  onInput={setHandle}
                />
              )}
              {asked.has('shown') && (
                <Field
                  label={say.add.shown}
                  hint={say.add.shownHint}
                  maxLength={120}
                  value={shown}
                  onInput={setShown}
                />
              )}
              {asked.has('answers') && notices.length > 0 && (
                <SelectField
                  label={say.add.answers}
                  value={answers}
                  options={[
                    ['', say.add.noneOfThese] as const,
                    ...notices.map(
                      ({ item }) =>
                        [
                          item.id,
                          item.kind === 'hand-over' ? item.id : momentWords(language, item.capture.startedAt),
                        ] as const,
                    ),
                  ]}
                  onChange={setAnswers}
                />
              )}
              {notesField}
            </div>
          </details>
        )}
      </div>
      <div class="actions">
        <Button sends busy={task.busy}>
          {task.busy ? say.add.adding : say.add.keep}
        </Button>
      </div>
      {task.trouble !== undefined && (
        <NoticeBox kind="attention" live>
          <p>{task.trouble}</p>
        </NoticeBox>
      )}
    </form>
  );
}

function MinorForm({ say }: { readonly say: EvidenceWords }) {
  const visit = useVisit();
  const { desk, journey, step } = visit;
  const task = useTask();
  const [link, setLink] = useState('');
  const [handle, setHandle] = useState('');
  const header = useHeader();
  const age = journey.under18 === 'yes' ? 'under-18' : 'not-sure';
  const add = () =>
    task.run(async () => {
      if (link.trim() === '') return say.add.empty;
      const { desk: proofs } = await desk.evidence();
      const added = proofs.addMinor(age, link, handle);
      if (!added.ok) return evidenceTrouble(visit, say, added);
      step({ kind: 'back' });
      return undefined;
    });
  return (
    <form
      class="stack loose"
      autocomplete="off"
      onSubmit={(event) => {
        event.preventDefault();
        add();
      }}
    >
      <div class="stack">
        <StepHeader
          title={say.kinds['hand-over']}
          lead={say.kinds['hand-overNote']}
          {...header}
          save={undefined}
        />
        <ClockNote say={say.clock} />
        <NoticeBox kind="attention">
          <p>{say.list.minorOnly}</p>
        </NoticeBox>
        <Field
          label={say.add.link}
          hint={say.add.linkHint}
          mono
          maxLength={2_000}
          value={link}
          onInput={setLink}
        />
        <Field
          label={say.add.handle}
          hint={say.add.handleHint}
          maxLength={200}
          value={handle}
          onInput={setHandle}
        />
      </div>
      <div class="actions">
        <Button sends busy={task.busy}>
          {say.add.keep}
        </Button>
      </div>
      {task.trouble !== undefined && (
        <NoticeBox kind="attention" live>
          <p>{task.trouble}</p>
        </NoticeBox>
      )}
    </form>
  );
}
