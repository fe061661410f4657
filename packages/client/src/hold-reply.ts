/**
 * What an uploader is told: that the picture waits, and nothing else.
 *
 * An uploader who could tell a match from a full queue, or a full queue from a node that is down, could ask the door
 * whether somebody has protected a picture. So there is one reply for every hold, the same to the byte, frozen here
 * and never made from anything that is known of the upload.
 * @module
 */

/** A reply that does not depend on its request. */
export type FixedReply = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

const BODY = '{"state":"waiting"}';

/** The reply to every held upload. 202: taken, not yet acted on (RFC 9110, section 15.3.3). */
export const HOLD_REPLY: FixedReply = Object.freeze({
  status: 202,
  headers: Object.freeze({
    'content-type': 'application/json; charset=utf-8',
    'content-length': String(BODY.length),
    'cache-control': 'no-store',
  }),
  body: BODY,
});
