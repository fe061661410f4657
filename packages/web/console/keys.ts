/**
 * Keys to commands. Pure: the screens carry commands out, the palette offers the same ones, the help sheet lists them.
 *
 * Keys that type (in a field) are left alone but for Escape, Ctrl-K and Ctrl-Enter; on a focused button Enter and Space
 * belong to the button. Space is no command: looking follows keydown and keyup by itself (`looking.ts`).
 * @module
 */

import { CHOICE_KEYS, type Choice, TEMPLATES } from './decision-draft.ts';

/** The screens. */
export const SCREENS = Object.freeze([
  'queue',
  'inbox',
  'people',
  'keys',
  'bank',
  'log',
  'misuse',
  'reports',
  'settings',
] as const);

/** One screen. */
export type Screen = (typeof SCREENS)[number];

/** What a key, a palette entry or a button asks for. */
export type Command =
  | { readonly kind: 'go'; readonly screen: Screen }
  | { readonly kind: 'move'; readonly by: number }
  | { readonly kind: 'choose'; readonly choice: Choice }
  | { readonly kind: 'template'; readonly index: number }
  | {
      readonly kind:
        | 'open'
        | 'close'
        | 'closer'
        | 'further'
        | 'send'
        | 'next'
        | 'undo'
        | 'renew'
        | 'search'
        | 'help'
        | 'palette'
        | 'sign-out';
    };

/** A key press, as far as it matters. */
export type KeyPress = {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
};

/**
 * Where the press falls. `focus`: in a field that types, on a control that Enter presses, or elsewhere. `card`: whether a
 * job is open, and whether its decision is being drafted.
 */
export type KeyContext = {
  readonly screen: Screen;
  readonly focus: 'field' | 'control' | 'page';
  readonly card: 'none' | 'open' | 'drafting';
};

/** The command of a key press, or `undefined` where the key is somebody else's. */
export function commandOf(press: KeyPress, context: KeyContext): Command | undefined {
  const { key } = press;
  const held = press.ctrlKey || press.metaKey;
  if (held && !press.altKey && key.toLowerCase() === 'k') return { kind: 'palette' };
  if (held && key === 'Enter' && context.card === 'drafting') return { kind: 'send' };
  if (held || press.altKey) return undefined;
  if (key === 'Escape') return context.card === 'none' ? undefined : { kind: 'close' };
  if (context.focus === 'field') return undefined;
  if (key === '?') return { kind: 'help' };
  if (context.screen !== 'queue') return undefined;
  if (key === 'Enter') {
    if (context.focus === 'control') return undefined;
    return context.card === 'drafting'
      ? { kind: 'send' }
      : context.card === 'none'
        ? { kind: 'open' }
        : undefined;
  }
  if (context.card === 'drafting') return drafting(key);
  const always = ALWAYS[key];
  if (always !== undefined) return always;
  if (context.card === 'none') return undefined;
  const choice = CHOICE_KEYS[key] ?? LETTERS[key];
  return choice === undefined ? ON_CARD[key] : { kind: 'choose', choice };
}

const ALWAYS: Readonly<Record<string, Command>> = {
  j: { kind: 'move', by: 1 },
  k: { kind: 'move', by: -1 },
  n: { kind: 'next' },
  u: { kind: 'undo' },
  '/': { kind: 'search' },
};

const ON_CARD: Readonly<Record<string, Command>> = {
  l: { kind: 'closer' },
  h: { kind: 'further' },
  r: { kind: 'renew' },
};

const LETTERS: Readonly<Record<string, Choice>> = { e: 'legal-counsel', m: 'minor-suspected' };

function drafting(key: string): Command | undefined {
  const digit = Number(key);
  if (key.length === 1 && Number.isInteger(digit) && digit >= 1 && digit <= TEMPLATES) {
    return { kind: 'template', index: digit - 1 };
  }
  // A second thought that a minor may be shown must not wait for the first draft to be dropped.
  return key === 'm' ? { kind: 'choose', choice: 'minor-suspected' } : undefined;
}

/** Keys and what they do, for the help sheet: the name of the word, and the keys as they are printed. */
export const KEY_SHEET = Object.freeze([
  { word: 'move', keys: ['j', 'k'] },
  { word: 'open', keys: ['Enter'] },
  { word: 'look', keys: ['Space'] },
  { word: 'rung', keys: ['l', 'h'] },
  { word: 'decide', keys: ['1', '…', '9', '0'] },
  { word: 'template', keys: ['1', '2', '3'] },
  { word: 'send', keys: ['Enter'] },
  { word: 'refer', keys: ['e'] },
  { word: 'minor', keys: ['m'] },
  { word: 'next', keys: ['n'] },
  { word: 'undo', keys: ['u'] },
  { word: 'renew', keys: ['r'] },
  { word: 'search', keys: ['/'] },
  { word: 'back', keys: ['Esc'] },
  { word: 'palette', keys: ['Ctrl', 'K'] },
  { word: 'help', keys: ['?'] },
] as const);
