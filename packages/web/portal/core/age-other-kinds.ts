/**
 * Stands in the built pages for what `age-encryption` needs to seal to post-quantum and hardware recipients (`age1pq1…`,
 * `age1tag1…`), which nothing here takes: `sealing/age-key.ts` reads X25519 recipients alone. Without it the worker would
 * carry two more curves and ML-KEM, half of its weight, to everybody who opens the page on a phone.
 *
 * Whatever is asked of it is refused. `vite.config.ts` puts it in place; outside of the pages the real ones stand.
 * @module
 */

const refuse = (): never => {
  throw new TypeError('age: expected an X25519 recipient');
};

const nothing = Object.freeze({
  getPublicKey: refuse,
  encapsulate: refuse,
  decapsulate: refuse,
  getSharedSecret: refuse,
  lengths: Object.freeze({}),
  utils: Object.freeze({ randomSecretKey: refuse }),
  Point: Object.freeze({ fromBytes: refuse }),
});

/** Not in the pages. */
export const MLKEM768X25519 = nothing;
/** Not in the pages. */
export const MLKEM768P256 = nothing;
/** Not in the pages. */
export const p256 = nothing;
