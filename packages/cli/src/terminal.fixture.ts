/**
 * A world for commands under test: what they write is kept, where they read is a folder of its own that goes away.
 * @module
 */

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from './run.ts';
import type { Environment, ExitStatus, Terminal } from './terminal.ts';

/** A run that has ended. */
export type Ran = { readonly status: ExitStatus; readonly stdout: string; readonly stderr: string };

/** What of the world a test may set. */
export type WorldOptions = {
  readonly env?: Environment;
  readonly isTTY?: boolean;
  readonly stdin?: Uint8Array;
};

/** A folder in the system's temporary directory and a terminal that stands in it. */
export class World implements AsyncDisposable {
  /** The folder. */
  readonly cwd: string;

  private constructor(cwd: string) {
    this.cwd = cwd;
  }

  /** A new, empty world. */
  static async make(): Promise<World> {
    return new World(await mkdtemp(join(tmpdir(), 'reclaim-cli-')));
  }

  /** Puts a file into the folder and answers its name. */
  async put(name: string, content: Uint8Array | string): Promise<string> {
    await writeFile(join(this.cwd, name), content);
    return name;
  }

  /** A terminal here, and what it has been told so far. */
  terminal(options: WorldOptions = {}): {
    readonly io: Terminal;
    readonly told: { stdout: string; stderr: string };
    readonly askToStop: () => void;
    readonly listeners: () => number;
    readonly abandoned: () => boolean;
  } {
    const told = { stdout: '', stderr: '' };
    const listeners = new Set<() => void>();
    let abandoned = false;
    const io: Terminal = {
      stdout: {
        write: (text) => {
          told.stdout += text;
        },
      },
      stderr: {
        write: (text) => {
          told.stderr += text;
        },
      },
      env: options.env ?? {},
      isTTY: options.isTTY ?? false,
      cwd: this.cwd,
      stdin: async function* () {
        if (options.stdin !== undefined) yield options.stdin;
      },
      onStopRequest: (listener) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
      abandon: () => {
        abandoned = true;
      },
    };
    return {
      io,
      told,
      askToStop: () => {
        for (const listener of [...listeners]) listener();
      },
      listeners: () => listeners.size,
      abandoned: () => abandoned,
    };
  }

  /** Runs `reclaim` with `argv` here. */
  async run(argv: readonly string[], options: WorldOptions = {}): Promise<Ran> {
    const { io, told } = this.terminal(options);
    const status = await run(argv, io);
    return { status, ...told };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.cwd, { recursive: true, force: true });
  }
}

/** The one document that `--json` printed; throws when there is anything else. */
export function documentOf(ran: Ran): Record<string, unknown> {
  return JSON.parse(ran.stdout) as Record<string, unknown>;
}
