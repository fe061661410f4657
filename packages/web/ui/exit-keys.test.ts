import assert from 'node:assert/strict';
import test from 'node:test';
import { countExitKey, EXIT_WINDOW_MS, type ExitKeyEvent, type ExitKeys, NO_PRESSES } from './exit-keys.ts';

const press = (at: number): readonly ExitKeyEvent[] => [
  { kind: 'down', key: 'Shift', repeat: false, at },
  { kind: 'up', key: 'Shift', at: at + 50 },
];
const after = (events: readonly ExitKeyEvent[]): ExitKeys => events.reduce(countExitKey, NO_PRESSES);

test('S03: three presses of Shift within five seconds each count to three', () => {
  assert.equal(after([...press(0), ...press(4000), ...press(8500)]).presses, 3);
});

test('S03: capitals typed with Shift never count', () => {
  const capital = (at: number): readonly ExitKeyEvent[] => [
    { kind: 'down', key: 'Shift', repeat: false, at },
    { kind: 'down', key: 'A', repeat: false, at: at + 10 },
    { kind: 'up', key: 'A', at: at + 20 },
    { kind: 'up', key: 'Shift', at: at + 30 },
  ];
  assert.equal(after([...capital(0), ...capital(100), ...capital(200)]).presses, 0);
});

test('S03: any other key starts over', () => {
  const events: ExitKeyEvent[] = [
    ...press(0),
    ...press(100),
    { kind: 'down', key: 'x', repeat: false, at: 200 },
  ];
  assert.equal(after(events).presses, 0);
  assert.equal(after([...events, ...press(300)]).presses, 1);
});

test('S03: more than five seconds between two presses start over, and waiting tells so', () => {
  assert.equal(after([...press(0), ...press(EXIT_WINDOW_MS + 100)]).presses, 1);
  assert.equal(after([...press(0), { kind: 'wait', at: EXIT_WINDOW_MS + 100 }]).presses, 0);
});

test('S03: Shift held down repeats and does not count', () => {
  const held: ExitKeyEvent[] = [
    { kind: 'down', key: 'Shift', repeat: false, at: 0 },
    { kind: 'down', key: 'Shift', repeat: true, at: 500 },
    { kind: 'up', key: 'Shift', at: 900 },
  ];
  assert.equal(after(held).presses, 0);
});
