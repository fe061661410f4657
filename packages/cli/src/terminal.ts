/**
 * What a command sees of the world: where it writes, reads and listens. Given as an argument, so that every command
 * runs in a test as it runs in a shell.
 * @module
 */

/** 0 done; 1 the answer is no (no match, held, does not verify); 2 bad use, bad input, or an answer that is not whole. */
export type ExitStatus = 0 | 1 | 2;

/** Somewhere text goes. */
export type Sink = { write(text: string): unknown };

/** The environment variables that commands know; empty means unset. */
export type Environment = {
  /** The service to ask, in place of `--server`. */
  readonly RECLAIM_SERVER?: string | undefined;
  /** The key to it. */
  readonly RECLAIM_KEY?: string | undefined;
  /** Where the service's data goes, in place of `--data`. */
  readonly RECLAIM_DATA?: string | undefined;
  readonly RECLAIM_HOST?: string | undefined;
  /** Where the platform counts its days, what it is, how large, and where it is offered (`platform-settings.ts`). */
  readonly RECLAIM_PLATFORM_ZONE?: string | undefined;
  readonly RECLAIM_PLATFORM_KIND?: string | undefined;
  readonly RECLAIM_PLATFORM_SIZE?: string | undefined;
  readonly RECLAIM_OFFERED_IN?: string | undefined;
  /** Where browsers reach the service. */
  readonly RECLAIM_PUBLIC_URL?: string | undefined;
  /** Where the portal's way out leads. */
  readonly RECLAIM_EXIT_URL?: string | undefined;
  /** Private `host:port`s, with commas, that previews may be fetched from. */
  readonly RECLAIM_PREVIEW_HOSTS?: string | undefined;
  /** Private `host:port`s, with commas, that webhooks may be sent to. */
  readonly RECLAIM_WEBHOOK_HOSTS?: string | undefined;
  readonly RECLAIM_ALERT_URL?: string | undefined;
  readonly RECLAIM_ALERT_SECRET?: string | undefined;
  readonly RECLAIM_CALIFORNIA_HOLD?: string | undefined;
  /** A file that names timestamping authorities. */
  readonly RECLAIM_TIMESTAMP_AUTHORITIES?: string | undefined;
  readonly RECLAIM_MONITOR_CONTACT?: string | undefined;
  readonly RECLAIM_MONITOR_LOOKS?: string | undefined;
  /** How many reverse proxies stand in front. */
  readonly RECLAIM_TRUST_PROXY?: string | undefined;
  /** A PostgreSQL server, in place of our own. */
  readonly DATABASE_URL?: string | undefined;
  /** The key that seals what is stored, in place of the file in the data directory. */
  readonly RECLAIM_STORE_KEY?: string | undefined;
  /** Whether an unforeseen error shows where it happened. */
  readonly RECLAIM_DEBUG?: string | undefined;
};

/** The world of a command. */
export type Terminal = {
  readonly stdout: Sink;
  readonly stderr: Sink;
  /** The environment variables that commands know. */
  readonly env: Environment;
  /** Whether a person watches `stderr`: progress is shown to persons alone. */
  readonly isTTY: boolean;
  /** The folder that relative names start from. */
  readonly cwd: string;
  /** Standard input, in pieces. */
  readonly stdin: () => AsyncIterable<Uint8Array>;
  /** Calls `listener` at each request to stop (SIGINT, SIGTERM); answers how to stop listening. */
  readonly onStopRequest: (listener: () => void) => () => void;
  /** Ends the process at once: for a second request to stop. */
  readonly abandon: () => void;
};

/** What comes so soon after a request to stop is the same one, milliseconds: npm passes on what the terminal sent to both. */
export const SAME_REQUEST_MS = 1_000;

/** The world as a real process has it; `now` in milliseconds. */
export function processTerminal(
  process: NodeJS.Process,
  now: () => number = () => performance.now(),
): Terminal {
  return {
    stdout: process.stdout,
    stderr: process.stderr,
    env: process.env,
    isTTY: process.stderr.isTTY === true,
    cwd: process.cwd(),
    stdin: () => process.stdin,
    onStopRequest: (listener) => {
      let last = Number.NEGATIVE_INFINITY;
      const asked = () => {
        const at = now();
        if (at - last < SAME_REQUEST_MS) return;
        last = at;
        listener();
      };
      process.on('SIGINT', asked);
      process.on('SIGTERM', asked);
      return () => {
        process.off('SIGINT', asked);
        process.off('SIGTERM', asked);
      };
    },
    // 130 = 128 + SIGINT, what a shell expects of a program that a person broke off.
    abandon: () => process.exit(130),
  };
}

/**
 * Text that a terminal shows and does not obey: control characters and the marks that reverse the order of letters
 * become `?`. A file's name is chosen by whoever sent the file.
 */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, '?');
}
