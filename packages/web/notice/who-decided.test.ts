import assert from 'node:assert/strict';
import test from 'node:test';
import { whoDecided } from './who-decided.ts';
import { ar } from './words/ar.ts';
import { en } from './words/en.ts';
import { es } from './words/es.ts';

test('a person is named for a session of the staff alone; of a key it is said what the platform says', () => {
  const said = (by: 'staff' | 'platform', automated: 'no' | 'partly' | 'fully' | 'undeclared') =>
    whoDecided(en, { by, automated });
  assert.equal(said('staff', 'no'), 'A person decided this. No machine took part.');
  assert.equal(
    said('platform', 'undeclared'),
    'The platform decided this. It did not say if a machine took part.',
  );
  assert.equal(said('platform', 'no'), 'The platform decided this. It says that no machine took part.');
  for (const words of [en, es, ar])
    for (const automated of ['no', 'partly', 'fully', 'undeclared'] as const) {
      const text = whoDecided(words, { by: 'platform', automated });
      assert.ok(text.startsWith(words.status.platform) && !text.includes(words.status.human));
    }
});
