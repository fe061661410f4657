/**
 * The screens of helpers and of the way back, whose part is fetched when one of them is first shown: the first page stays
 * light.
 * @module
 */

import type { FunctionComponent } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Button } from '../../ui/button.tsx';
import { NoticeBox } from '../../ui/notice-box.tsx';
import { useVisit } from '../visit.ts';

type Part = typeof import('../threads/part.tsx');
let arriving: Promise<Part> | undefined;

function fetchPart(): Promise<Part> {
  arriving ??= import('../threads/part.tsx').catch((error: unknown) => {
    // The next press tries again.
    arriving = undefined;
    throw error;
  });
  return arriving;
}

function Later({ screen }: { readonly screen: Parameters<Part['ThreadsScreen']>[0]['screen'] }) {
  const { words } = useVisit();
  const [part, setPart] = useState<Part>();
  const [missing, setMissing] = useState(false);
  const load = () => {
    setMissing(false);
    fetchPart().then(
      (loaded) => setPart(loaded),
      () => setMissing(true),
    );
  };
  useEffect(load, []);
  if (part !== undefined) return <part.ThreadsScreen screen={screen} />;
  if (!missing) return <p role="status">{words.frame.loading}</p>;
  return (
    <NoticeBox kind="attention" live>
      <p>{words.frame.offline}</p>
      <Button kind="quiet" onPress={load}>
        {words.frame.goOn}
      </Button>
    </NoticeBox>
  );
}

/** The helpers, and what was written to them. */
export const Threads: FunctionComponent = () => <Later screen="threads" />;

/** The messages with one helper. */
export const ThreadOne: FunctionComponent = () => <Later screen="thread" />;

/** The way back: set up, watched, stopped, ended. */
export const Recovery: FunctionComponent = () => <Later screen="recovery" />;

/** Another code for the open case. */
export const NewCode: FunctionComponent = () => <Later screen="newcode" />;

/** Back with two parts. */
export const Recover: FunctionComponent = () => <Later screen="recover" />;

/** How both stand, for the case's screen. */
export const ThreadSummary: FunctionComponent = () => <Later screen="summary" />;
