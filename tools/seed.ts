/**
 * Loaded before the tests by `run-tests.ts`: what property tests draw comes from one seed, so that a run says of a commit what the
 * next run says of it. A draw that fails once in thousands belongs to whoever looks for it, with other seeds
 * (`RECLAIM_SEED=7 npm test -- GLOB`, or `RECLAIM_SEED=anew` for one of this moment), and not to whoever changes
 * something else. fast-check names the seed of a failure itself.
 * @module
 */

import fc from 'fast-check';
import { seedOf } from './seed-of.ts';

fc.configureGlobal({ seed: seedOf(process.env['RECLAIM_SEED'], Date.now()) });
