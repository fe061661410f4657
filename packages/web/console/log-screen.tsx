/**
 * The log: the head of the hash chain, the last records, and a verification that runs in this browser.
 * @module
 */

import { useCallback, useState } from 'preact/hooks';
import { Button } from '../ui/button.tsx';
import { NoticeBox } from '../ui/notice-box.tsx';
import { instantWords } from '../ui/since-clock.tsx';
import type { Api } from './api.ts';
import { Answered, ScreenHead, TroubleBox, useAsked } from './asked.tsx';
import { type WalkResult, walkChain } from './chain-walk.ts';
import { useConsole } from './console-context.ts';

/** Records shown. */
const LAST = 50;

/** The last records: the head is asked first, since only it says where the end is. */
async function lastRecords(api: Api) {
  // After any position there can be, no record follows: the answer is the head alone.
  const head = await api.audit(Number.MAX_SAFE_INTEGER);
  return head.ok ? api.audit(Math.max(0, head.value.head.seq - LAST)) : head;
}

/** The screen. */
export function LogScreen() {
  const { api, say, language } = useConsole();
  const [answer, again] = useAsked(useCallback(() => lastRecords(api), [api]));
  const [walk, setWalk] = useState<{ readonly done: number; readonly all: number } | WalkResult>();
  const numbers = new Intl.NumberFormat(language);
  const walking = walk !== undefined && 'done' in walk;

  const verify = async () => {
    setWalk({ done: 0, all: 0 });
    setWalk(await walkChain(api.audit, (done, all) => setWalk({ done, all })));
  };
  return (
    <div class="screen stack loose">
      <ScreenHead title={say('log.title')} lead={say('log.lead')}>
        <Button busy={walking} onPress={() => void verify()}>
          {say('log.verify')}
        </Button>
      </ScreenHead>
      {walk !== undefined && <Walk walk={walk} />}
      <Answered answer={answer} again={again}>
        {({ head, records }) => (
          <>
            <div class="card stack tight">
              <h2>{say('log.head')}</h2>
              <p>{say('log.records', { n: numbers.format(head.seq) })}</p>
              <p class="hash-text">{head.hash.match(/.{8}/g)?.join(' ')}</p>
            </div>
            <section class="stack tight" aria-labelledby="last-title">
              <h2 id="last-title">{say('log.last')}</h2>
              {records.length === 0 && <p class="quiet-text">{say('log.none')}</p>}
              <table class="table" hidden={records.length === 0}>
                <thead>
                  <tr>
                    <th scope="col">{say('log.seq')}</th>
                    <th scope="col">{say('log.at')}</th>
                    <th scope="col">{say('log.type')}</th>
                    <th scope="col">{say('log.actor')}</th>
                    <th scope="col">{say('log.hash')}</th>
                  </tr>
                </thead>
                <tbody>
                  {records.toReversed().map((record) => (
                    <tr key={record.seq}>
                      <td data-label={say('log.seq')}>{record.seq}</td>
                      <td data-label={say('log.at')} class="moment">
                        {instantWords(record.at, language)}
                      </td>
                      <td data-label={say('log.type')}>{record.type}</td>
                      <td data-label={say('log.actor')} class="mono small">
                        {record.actor === 'system' ? say('log.system') : `${record.actor.slice(0, 12)}…`}
                      </td>
                      <td data-label={say('log.hash')} class="mono small">
                        {record.hash.slice(0, 8)}…
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </section>
          </>
        )}
      </Answered>
    </div>
  );
}

function Walk({ walk }: { readonly walk: { readonly done: number; readonly all: number } | WalkResult }) {
  const { say, language } = useConsole();
  const numbers = new Intl.NumberFormat(language);
  if ('done' in walk) {
    const text = say('log.verifying', { done: numbers.format(walk.done), all: numbers.format(walk.all) });
    return (
      <div class="stack tight">
        <p role="status">{text}</p>
        <progress aria-label={text} value={walk.done} max={Math.max(1, walk.all)} />
      </div>
    );
  }
  switch (walk.kind) {
    case 'sound':
      return (
        <NoticeBox kind="good" live>
          <p>{say('log.sound', { n: numbers.format(walk.head.seq) })}</p>
        </NoticeBox>
      );
    case 'fault':
      return (
        <NoticeBox kind="danger" live>
          <p>
            {say('log.fault', {
              n: numbers.format(walk.fault.seq),
              kind: say(`fault.${walk.fault.kind}`),
            })}
          </p>
        </NoticeBox>
      );
    case 'short':
      return (
        <NoticeBox kind="danger" live>
          <p>{say('log.short', { n: numbers.format(walk.head.seq) })}</p>
        </NoticeBox>
      );
    case 'trouble':
      return <TroubleBox trouble={walk.trouble} />;
    default: {
      const never: never = walk;
      return never;
    }
  }
}
