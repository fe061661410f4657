/**
 * A warning or a suspension for misuse (Digital Services Act, Art. 23) that concerns whoever gave this notice: what it is judged on,
 * until when, and a place to say what is not right about it. Shown to who has the code, and to nobody else.
 * @module
 */

import { FACTS_MAX, FACTS_MIN } from '@reclaim/casework/decision';
import type { WireStanding } from '@reclaim/casework/wire-misuse';
import { useState } from 'preact/hooks';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { fill } from '../../ui/language.ts';
import { NoticeBox } from '../../ui/notice-box.tsx';
import { troubleWords, useNotice, useWork, whenWords } from '../notice-context.ts';

/** Every measure; nothing where there is none. */
export function Standings({ standings }: { readonly standings: readonly WireStanding[] }) {
  const { words } = useNotice();
  if (standings.length === 0) return null;
  return (
    <section class="stack" aria-labelledby="standing">
      <h2 id="standing">{words.standing.title}</h2>
      {standings.map((each) => (
        <Standing key={`${each.misuse} ${each.measure}`} standing={each} />
      ))}
      <p class="quiet-text">{words.standing.always}</p>
    </section>
  );
}

function Standing({ standing }: { readonly standing: WireStanding }) {
  const { words, language } = useNotice();
  const { measure, count, all, gravity, intention, since, until, objection, answer } = standing;
  const when = (at: number) => whenWords(language, at);
  return (
    <div class="card stack tight">
      <p>
        <strong>{words.standing[measure]}</strong>
      </p>
      <p>{fill(words.standing.span, { since: when(since), until: when(until) })}</p>
      <p>{fill(words.standing.count, { count, all })}</p>
      <p>
        {words.standing.gravity}: <bdi>{gravity}</bdi>
      </p>
      <p>
        {words.standing.intention}: <bdi>{intention}</bdi>
      </p>
      {objection === 'waits' && <p role="status">{words.standing.waits}</p>}
      {answer !== undefined && (
        <p>
          {words.standing.answer}: <bdi>{answer}</bdi>
        </p>
      )}
      {objection === 'open' && standing.misuse !== 'illegal-content' && (
        <Objection misuse={standing.misuse} />
      )}
    </div>
  );
}

function Objection({ misuse }: { readonly misuse: Exclude<WireStanding['misuse'], 'illegal-content'> }) {
  const visit = useNotice();
  const { words, code, api, setStatus } = visit;
  const [text, setText] = useState('');
  const work = useWork();
  if (code === undefined) return null;
  const send = () =>
    work.run(async () => {
      const { noticeKey } = await import('@reclaim/vault/notice-code');
      const key = await noticeKey(code);
      const said = await api.object(key, misuse, text);
      if (!said.ok) return troubleWords(visit, said);
      const fresh = await api.status(key);
      if (fresh.ok) setStatus(fresh.value);
      return undefined;
    });
  return (
    <form
      class="stack"
      autocomplete="off"
      onSubmit={(event) => {
        event.preventDefault();
        if (text.trim().length >= FACTS_MIN) send();
      }}
    >
      <Field
        label={words.standing.object}
        hint={words.standing.objectHint}
        value={text}
        rows={3}
        maxLength={FACTS_MAX}
        onInput={setText}
      />
      <div class="actions">
        <Button sends kind="quiet" busy={work.busy} off={text.trim().length < FACTS_MIN}>
          {words.standing.send}
        </Button>
      </div>
      {work.trouble !== undefined && (
        <NoticeBox kind="attention" live>
          <p>{work.trouble}</p>
        </NoticeBox>
      )}
    </form>
  );
}
