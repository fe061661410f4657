/**
 * What the palette offers: every screen, and every action that is possible where one stands.
 * @module
 */

import type { Command as PaletteEntry } from '../ui/palette-search.ts';
import type { Say } from './console-context.ts';
import { CHOICE_KEYS, TEMPLATES } from './decision-draft.ts';
import type { Command, KeyContext, Screen } from './keys.ts';

/** An entry with the command that it runs. */
export type ConsoleEntry = PaletteEntry & { readonly command: Command };

/** The entries, in the order of use: what can be done here first, then where one can go. */
export function paletteCommands(
  say: Say,
  screens: readonly Screen[],
  screen: Screen,
  card: KeyContext['card'],
): readonly ConsoleEntry[] {
  const entries: ConsoleEntry[] = [];
  if (screen === 'queue') {
    if (card === 'none')
      entries.push({ id: 'open', words: say('help.open'), keys: 'Enter', command: { kind: 'open' } });
    if (card === 'drafting') {
      entries.push({ id: 'send', words: say('help.send'), keys: 'Enter', command: { kind: 'send' } });
      for (let index = 0; index < TEMPLATES; index++) {
        entries.push({
          id: `template-${index}`,
          words: `${say('help.template')} ${index + 1}`,
          keys: String(index + 1),
          command: { kind: 'template', index },
        });
      }
    }
    if (card !== 'none') {
      for (const [keys, choice] of [...Object.entries(CHOICE_KEYS), ['m', 'minor-suspected'] as const]) {
        entries.push({
          id: `choose-${choice}`,
          words: say(`choice.${choice}`),
          keys,
          command: { kind: 'choose', choice },
        });
      }
      entries.push(
        { id: 'closer', words: say('help.rung'), keys: 'l', command: { kind: 'closer' } },
        { id: 'renew', words: say('help.renew'), keys: 'r', command: { kind: 'renew' } },
        { id: 'close', words: say('help.back'), keys: 'Esc', command: { kind: 'close' } },
      );
    }
    entries.push(
      { id: 'next', words: say('help.next'), keys: 'n', command: { kind: 'next' } },
      { id: 'undo', words: say('help.undo'), keys: 'u', command: { kind: 'undo' } },
      { id: 'search', words: say('help.search'), keys: '/', command: { kind: 'search' } },
    );
  }
  for (const each of screens) {
    entries.push({ id: `go-${each}`, words: say(`screen.${each}`), command: { kind: 'go', screen: each } });
  }
  entries.push(
    { id: 'help', words: say('help.help'), keys: '?', command: { kind: 'help' } },
    { id: 'sign-out', words: say('signOut'), command: { kind: 'sign-out' } },
  );
  return entries;
}
