/**
 * A decision on the wire. Apart from the rest of it (`wire.ts`), since a statement of reasons brings words of the law along, and
 * what a person's door reads of the wire has no use for them.
 * @module
 */

import * as z from 'zod/mini';
import { AUTOMATED } from './decision.ts';
import { wireFacts, wireRuling } from './wire.ts';
import { wireStatementChoice } from './wire-statement-choice.ts';

/**
 * A decision on a job. `statement`: for a removal, the choices of a statement of reasons, whose facts are these `facts`;
 * left out where the platform writes its statements itself. `automated`: what the platform declares of a ruling that a key
 * sends, which a statement needs; a ruling of the staff is `no` and takes none.
 */
export const wireDecideRequest = z.strictObject({
  ruling: wireRuling,
  facts: wireFacts,
  automated: z.optional(z.enum(AUTOMATED)),
  statement: z.optional(wireStatementChoice),
});
