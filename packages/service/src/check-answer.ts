/**
 * The text of an answer to an upload check.
 *
 * What a key without the scope to review is answered is the same six fields each time; they are named here one by one, so
 * that nothing else can come along, and written without the schema, which costs as much as validating a request. Answers
 * with matches go through the schema: it is what keeps distances and whatever else a match knows inside.
 * @module
 */

import type { CheckResponse } from '@reclaim/casework/wire';

/** Writes answers; `bySchema` writes those that name matches. The text is the same either way (a test compares). */
export function answerSerializer(bySchema: (answer: unknown) => string): (answer: unknown) => string {
  return (answer) => {
    const { logPosition, results } = answer as CheckResponse;
    if (results.some(({ matches }) => matches !== undefined)) return bySchema(answer);
    return JSON.stringify({
      logPosition,
      // In the order of the schema. What is undefined is left out.
      results: results.map(({ itemId, verdict, coverage, notes, jobId, keptUntil }) => ({
        ...{ itemId, verdict, coverage, notes, jobId, keptUntil },
      })),
    });
  };
}
