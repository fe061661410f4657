#!/usr/bin/env node
/**
 * The command `reclaim`, tied to this process. All that it does is in `run.ts`, which knows no process.
 * @module
 */

import { run } from './run.ts';
import { processTerminal } from './terminal.ts';

// `reclaim hash * | head` closes our pipe early. Who reads no further cannot have read the answer: never status 0.
process.stdout.on('error', () => process.exit(2));

process.exitCode = await run(process.argv.slice(2), processTerminal(process));
