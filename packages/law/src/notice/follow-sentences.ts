/**
 * The sentences of what follows a notice, as typed templates, one table for each language: apart from those of the notice, since
 * most visits need none of them.
 * @module
 */

/** A table of sentences. Days and times come as they are to be written. */
export interface FollowSentences {
  readonly reminder: {
    readonly subject: string;
    readonly sent: (day: string, time: string) => string;
    readonly number: (number: string) => string;
    readonly due: (cite: string, day: string, time: string) => string;
    readonly waiting: (days: number) => string;
    readonly still: string;
    readonly ask: string;
  };
  readonly again: {
    readonly subject: string;
    readonly back: (day: string) => string;
    readonly ask: string;
  };
  readonly appeal: {
    readonly subject: string;
    readonly refused: (day: string) => string;
    readonly ask: string;
    readonly dsa: string;
  };
  readonly complaint: {
    readonly subject: (host: string) => string;
    readonly to: string;
    readonly about: (host: string) => string;
    readonly sent: (day: string, time: string) => string;
    readonly complete: (cite: string) => string;
    readonly breached: (cite: string, day: string, time: string) => string;
    readonly noNumber: (cite: string) => string;
    readonly refused: (day: string) => string;
    readonly ask: string;
    readonly proof: string;
    /** Before the text of the request, where it was kept. */
    readonly quoted: string;
  };
}
