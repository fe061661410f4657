/**
 * One entry of a thread in words: who, when, what. A message is shown as text and as nothing else.
 * @module
 */

import type { Entry } from '@reclaim/vault/messages/entry';
import { dayWords, fill, type Language, plural } from '../../ui/language.ts';
import type { ThreadWords } from '../../ui/words/threads/words.ts';

/** What an entry that is no message says; `undefined` for a message. `entries` are all, for what it speaks of. */
export function eventWords(
  say: ThreadWords['one'],
  language: Language,
  entry: Entry,
  entries: readonly Entry[],
): string | undefined {
  switch (entry.kind) {
    case 'text':
      return undefined;
    case 'begin':
      return say.begun;
    case 'share':
      return plural(
        language,
        Object.fromEntries(
          (Object.entries(say.shared) as [string, string][]).map(([form, words]) => [
            form,
            words.replace('{day}', dayWords(language, entry.until)),
          ]),
        ) as ThreadWords['one']['shared'],
        entry.items,
      );
    case 'unshare':
      return say.unshared;
    case 'looked': {
      const line = entry.part === 'original' ? say.lookedOriginal : say.lookedCovered;
      return entry.reason === '' ? line : `${line} ${entry.reason}`;
    }
    case 'follow-up': {
      const line = fill(entry.who === 'person' ? say.lookYou : say.lookHelper, {
        day: dayWords(language, entry.day),
      });
      return entry.note === '' ? line : `${line} ${entry.note}`;
    }
    case 'done': {
      const of = entries.find((each) => each.seq === entry.of);
      return fill(say.done, { day: of?.kind === 'follow-up' ? dayWords(language, of.day) : '' });
    }
    case 'contact':
      return say.contact;
    case 'hand-over':
      return say.handed;
    case 'rekey':
      return say.rekeyed;
    case 'close':
      return say.closed;
    default: {
      const never: never = entry;
      return never;
    }
  }
}

/** The entry, in a list. */
export function EntryLine(props: {
  readonly say: ThreadWords['one'];
  readonly language: Language;
  readonly entry: Entry & { readonly mine: boolean };
  readonly entries: readonly Entry[];
}) {
  const { say, language, entry, entries } = props;
  const event = eventWords(say, language, entry, entries);
  return (
    <li class={event === undefined ? 'card stack tight' : 'stack tight'}>
      <p class="quiet-text">
        {entry.mine ? say.you : say.helper} · {dayWords(language, entry.at)}
      </p>
      <p class="said" dir="auto">
        {event ?? (entry.kind === 'text' ? entry.text : '')}
      </p>
    </li>
  );
}
