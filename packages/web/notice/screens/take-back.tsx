/**
 * Taking a notice back, before it is decided: what it said and who gave it are erased. Said in one press and confirmed in a second,
 * beside what stays.
 * @module
 */

import { useState } from 'preact/hooks';
import { Button } from '../../ui/button.tsx';
import { NoticeBox } from '../../ui/notice-box.tsx';
import { troubleWords, useNotice, useWork } from '../notice-context.ts';

/** The button, and what it does before it is pressed the second time. */
export function TakeBack() {
  const visit = useNotice();
  const { words, code, api, setStatus } = visit;
  const [asked, setAsked] = useState(false);
  const work = useWork();
  if (code === undefined) return null;
  const take = () =>
    work.run(async () => {
      const { noticeKey } = await import('@reclaim/vault/notice-code');
      const said = await api.withdraw(await noticeKey(code));
      // Decided meanwhile, or one that may show somebody under 18: it stands, and the page says so.
      if (!said.ok) return said.reason === 'state' ? words.takeBack.stands : troubleWords(visit, said);
      setStatus(said.value);
      return undefined;
    });
  return (
    <section class="stack" aria-labelledby="take-back">
      <h2 id="take-back">{words.takeBack.title}</h2>
      <p>{words.takeBack.note}</p>
      <div class="actions">
        {asked ? (
          <>
            <Button kind="quiet" busy={work.busy} onPress={take}>
              {words.takeBack.sure}
            </Button>
            <Button kind="plain" onPress={() => setAsked(false)}>
              {words.takeBack.keep}
            </Button>
          </>
        ) : (
          <Button kind="quiet" onPress={() => setAsked(true)}>
            {words.takeBack.ask}
          </Button>
        )}
      </div>
      {work.trouble !== undefined && (
        <NoticeBox kind="attention" live>
          <p>{work.trouble}</p>
        </NoticeBox>
      )}
    </section>
  );
}
