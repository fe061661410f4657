/**
 * What every screen of the form is given: words, the way on, the answers, the node. All of it in the memory of this page.
 * @module
 */

import type { PlatformFacts } from '@reclaim/casework/notice-terms';
import type { NoticeStatus, Receipt } from '@reclaim/casework/wire-notice';
import type { ReceiptCode } from '@reclaim/vault/receipt-code';
import { createContext } from 'preact';
import { useContext, useState } from 'preact/hooks';
import { type Language, plural } from '../ui/language.ts';
import type { Words } from '../ui/words/words.ts';
import type { Answers } from './answers.ts';
import type { NoticeApi, NoticeTrouble } from './notice-api.ts';
import type { NoticeWords } from './words/words.ts';

/** The screens. `add` is the form again, for a notice that was sent. */
export type Screen = 'age' | 'minor' | 'form' | 'receipt' | 'code' | 'status' | 'add';

/** A visit. */
export type NoticeVisit = {
  readonly language: Language;
  readonly words: NoticeWords;
  /** Words that all doors share. */
  readonly frame: Words['frame'];
  readonly api: NoticeApi;
  readonly platform: PlatformFacts;
  readonly answers: Answers;
  readonly answer: (more: Partial<Answers>) => void;
  /** Whether somebody moved yet: the first screen does not take the focus. */
  readonly moved: boolean;
  readonly go: (to: Screen) => void;
  readonly code: ReceiptCode | undefined;
  readonly setCode: (code: ReceiptCode) => void;
  readonly receipt: Receipt | undefined;
  readonly setReceipt: (receipt: Receipt) => void;
  readonly status: NoticeStatus | undefined;
  readonly setStatus: (status: NoticeStatus | undefined) => void;
};

/** Where the visit stands in the tree. */
export const NoticeContext = createContext<NoticeVisit | undefined>(undefined);

/** The visit; only below its provider. */
export function useNotice(): NoticeVisit {
  const visit = useContext(NoticeContext);
  if (visit === undefined) throw new TypeError('a screen stands outside of a visit');
  return visit;
}

/** One thing going on at a time, and the sentence to show when it did not work. */
export function useWork(): {
  readonly busy: boolean;
  readonly trouble: string | undefined;
  readonly run: (work: () => Promise<string | undefined>) => void;
} {
  const { frame } = useNotice();
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string>();
  return {
    busy,
    trouble,
    run: (work) => {
      if (busy) return;
      setBusy(true);
      setTrouble(undefined);
      // A chunk that did not load is the network's doing too: what was typed is still here.
      work()
        .catch(() => frame.offline)
        .then((sentence) => {
          setTrouble(sentence);
          setBusy(false);
        });
    },
  };
}

/** The sentence for a trouble. */
export function troubleWords(
  { frame, language, words }: NoticeVisit,
  { reason, minutes = 1 }: { readonly reason: NoticeTrouble; readonly minutes?: number },
): string {
  switch (reason) {
    case 'offline':
      return frame.offline;
    case 'limited':
      return plural(language, frame.wait, minutes);
    case 'busy':
    case 'bad-answer':
      return frame.busy;
    case 'window-over':
      return words.status.over;
    case 'suspended':
      return words.suspended.said;
    case 'not-found':
      return words.code.wrong;
    case 'state':
    case 'refused':
      return frame.refused;
    default: {
      const never: never = reason;
      return never;
    }
  }
}

/** An instant in words, in the time zone of the device. */
export function whenWords(language: Language, at: number): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' }).format(at);
}
