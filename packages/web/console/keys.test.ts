import assert from 'node:assert/strict';
import test from 'node:test';
import { commandOf, KEY_SHEET, type KeyContext, SCREENS } from './keys.ts';

const press = (
  key: string,
  parts: Partial<{ ctrlKey: boolean; metaKey: boolean; altKey: boolean }> = {},
) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  ...parts,
});
const on = (parts: Partial<KeyContext> = {}): KeyContext => ({
  screen: 'queue',
  focus: 'page',
  card: 'open',
  ...parts,
});

test('a digit decides on an open card, gives the reason while drafting, and does nothing without a card', () => {
  assert.deepEqual(commandOf(press('1'), on()), { kind: 'choose', choice: 'intimate-image-law' });
  assert.deepEqual(commandOf(press('1'), on({ card: 'drafting' })), { kind: 'template', index: 0 });
  assert.equal(commandOf(press('1'), on({ card: 'none' })), undefined);
  assert.equal(commandOf(press('7'), on({ card: 'drafting' })), undefined);
});

test('what is typed in a field is text, but for Escape, the palette and Ctrl-Enter', () => {
  for (const key of ['j', '1', 'm', 'u', '?', '/', 'Enter', ' ']) {
    assert.equal(commandOf(press(key), on({ focus: 'field', card: 'drafting' })), undefined);
  }
  assert.deepEqual(commandOf(press('Escape'), on({ focus: 'field' })), { kind: 'close' });
  assert.deepEqual(commandOf(press('K', { ctrlKey: true }), on({ focus: 'field' })), { kind: 'palette' });
  assert.deepEqual(commandOf(press('Enter', { metaKey: true }), on({ focus: 'field', card: 'drafting' })), {
    kind: 'send',
  });
});

test('Enter belongs to a focused button; elsewhere it opens the marked job or sends the draft', () => {
  assert.equal(commandOf(press('Enter'), on({ focus: 'control', card: 'drafting' })), undefined);
  assert.deepEqual(commandOf(press('Enter'), on({ card: 'none' })), { kind: 'open' });
  assert.deepEqual(commandOf(press('Enter'), on({ card: 'drafting' })), { kind: 'send' });
});

test('m reaches the minor’s lane from the card and from the middle of another draft', () => {
  for (const card of ['open', 'drafting'] as const) {
    assert.deepEqual(commandOf(press('m'), on({ card })), { kind: 'choose', choice: 'minor-suspected' });
  }
});

test('browser shortcuts stay the browser’s', () => {
  for (const key of ['r', 'u', 'n', '1']) {
    assert.equal(commandOf(press(key, { ctrlKey: true }), on()), undefined);
    assert.equal(commandOf(press(key, { altKey: true }), on()), undefined);
  }
});

test('away from the queue only the palette and the help sheet answer', () => {
  for (const screen of SCREENS.filter((each) => each !== 'queue')) {
    const context = on({ screen, card: 'none' });
    assert.equal(commandOf(press('j'), context), undefined);
    assert.deepEqual(commandOf(press('?'), context), { kind: 'help' });
    assert.deepEqual(commandOf(press('k', { metaKey: true }), context), { kind: 'palette' });
  }
});

test('every key of the help sheet does something somewhere', () => {
  for (const { keys } of KEY_SHEET) {
    for (const key of keys) {
      if (['Space', '…', 'Ctrl', 'K'].includes(key)) continue;
      const name = key === 'Esc' ? 'Escape' : key;
      const answers = (['none', 'open', 'drafting'] as const).map((card) =>
        commandOf(press(name), on({ card })),
      );
      assert.ok(
        answers.some((each) => each !== undefined),
        name,
      );
    }
  }
});
