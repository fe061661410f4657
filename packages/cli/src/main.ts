#!/usr/bin/env node
/**
 * The command `reclaim`, tied to this process. All that it does is in `run.ts`, which knows no process.
 * @module
 */

import { run, unforeseen } from './run.ts';
import { processTerminal } from './terminal.ts';

const terminal = processTerminal(process);

// `reclaim hash * | head` closes our pipe early. Who reads no further cannot have read the answer: never status 0.
process.stdout.on('error', () => process.exit(2));

// Nobody reads our complaints: the answer is still wanted.
process.stderr.on('error', () => {});

// Node's own status for what nobody caught is 1, which here means "the answer is no".
process.on('uncaughtException', (error) => {
  process.stderr.write(`reclaim: ${unforeseen(error, terminal)}\n`);
  process.exit(2);
});

process.exitCode = await run(process.argv.slice(2), terminal);
