/**
 * What was published, version by version: the list for everybody who opens the screen, a form for who leads. The files stay on
 * the device; what is sent is the SHA-256 of each.
 * @module
 */

import { PUBLICATION_KINDS, type WirePublication } from '@reclaim/casework/wire-publication';
import { useId, useState } from 'preact/hooks';
import { Button } from '../ui/button.tsx';
import { Field, SelectField } from '../ui/field.tsx';
import type { Trouble } from './api.ts';
import { Answered, TroubleBox, useAsked } from './asked.tsx';
import { useConsole } from './console-context.ts';
import { DayField } from './statement-panel.tsx';

type Kind = (typeof PUBLICATION_KINDS)[number];

/** The card. */
export function PublicationsCard() {
  const { api, say, me } = useConsole();
  const [answer, again] = useAsked(api.publications);
  return (
    <section class="card stack" aria-labelledby="published-title">
      <h2 id="published-title">{say('reports.published')}</h2>
      <p class="quiet-text">{say('reports.publishedLead')}</p>
      <Answered answer={answer} again={again}>
        {({ publications }) => (
          <div class="stack">
            {publications.length === 0 && <p>{say('reports.publishedNone')}</p>}
            <ul class="plain stack tight">
              {publications.map((each) => (
                <OneVersion key={each.id} each={each} />
              ))}
            </ul>
            {me.permissions.includes('lead') && <NoteForm known={publications} done={again} />}
          </div>
        )}
      </Answered>
    </section>
  );
}

function OneVersion({ each }: { readonly each: WirePublication }) {
  const { say } = useConsole();
  return (
    <li class="stack tight">
      <p>
        <strong>{each.title}</strong> · {say(`reports.kind.${each.kind}`)} · {each.publishedOn}
        {each.correctedBy !== undefined && (
          <>
            {' '}
            <span class="tag attention">{say('reports.correctedBy')}</span>
          </>
        )}
      </p>
      {each.note !== '' && <p class="quiet-text">{each.note}</p>}
      <ul class="plain">
        {each.files.map(({ name, sha256 }) => (
          <li key={name} class="small wrap-anywhere">
            {name}: <span class="mono">{sha256}</span>
          </li>
        ))}
      </ul>
    </li>
  );
}

function NoteForm(props: { readonly known: readonly WirePublication[]; readonly done: () => void }) {
  const { api, say, toast } = useConsole();
  const [kind, setKind] = useState<Kind>('transparency-report');
  const [title, setTitle] = useState('');
  const [on, setOn] = useState('');
  const [url, setUrl] = useState('');
  const [note, setNote] = useState('');
  const [corrects, setCorrects] = useState('');
  const [files, setFiles] = useState<readonly { readonly name: string; readonly sha256: string }[]>([]);
  const [trouble, setTrouble] = useState<Trouble>();
  const id = useId();
  const same = props.known.filter((each) => each.kind === kind);
  const ready =
    title.trim() !== '' && on !== '' && files.length > 0 && (url === '' || /^https?:\/\//.test(url));
  return (
    <form
      class="stack"
      onSubmit={async (event) => {
        event.preventDefault();
        if (!ready) return;
        const answer = await api.notePublication({
          kind,
          title: title.trim(),
          publishedOn: on,
          files: files.map((each) => ({ ...each })),
          note: note.trim(),
          ...(url === '' ? {} : { url }),
          ...(corrects === '' ? {} : { corrects }),
        });
        if (!answer.ok) return setTrouble(answer.trouble);
        setTrouble(undefined);
        toast(say('reports.noted'));
        setTitle('');
        setFiles([]);
        setNote('');
        setCorrects('');
        props.done();
      }}
    >
      {trouble !== undefined && <TroubleBox trouble={trouble} />}
      <SelectField<Kind>
        label={say('reports.kind')}
        value={kind}
        options={PUBLICATION_KINDS.map((each) => [each, say(`reports.kind.${each}`)] as const)}
        onChange={(next) => {
          setKind(next);
          setCorrects('');
        }}
      />
      <Field label={say('reports.name')} value={title} onInput={setTitle} maxLength={200} />
      <DayField label={say('reports.on')} value={on} onInput={setOn} />
      <Field label={say('reports.where')} value={url} onInput={setUrl} maxLength={500} />
      <div class="field">
        <label for={id}>{say('reports.files')}</label>
        <p class="hint" id={`${id}-hint`}>
          {say('reports.filesHint')}
        </p>
        <input
          id={id}
          class="input"
          type="file"
          multiple
          aria-describedby={`${id}-hint`}
          onChange={async (event) => {
            const chosen = [...(event.currentTarget.files ?? [])].slice(0, 20);
            setFiles(await Promise.all(chosen.map(digested)));
          }}
        />
      </div>
      {same.length > 0 && (
        <SelectField
          label={say('reports.corrects')}
          value={corrects}
          options={[
            ['', say('reports.correctsNone')] as const,
            ...same.map((each) => [each.id, `${each.title} · ${each.publishedOn}`] as const),
          ]}
          onChange={setCorrects}
        />
      )}
      <Field label={say('reports.note')} value={note} onInput={setNote} rows={2} maxLength={1_000} />
      <div class="actions">
        <Button sends kind="quiet" off={!ready}>
          {say('reports.noteDown')}
        </Button>
      </div>
    </form>
  );
}

async function digested(file: File): Promise<{ readonly name: string; readonly sha256: string }> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', await file.arrayBuffer()));
  const sha256 = [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return { name: file.name.slice(0, 120), sha256 };
}
