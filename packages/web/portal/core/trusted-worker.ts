/**
 * Workers under Trusted Types: the one place that turns a text into the address of a script.
 *
 * The pages run with `require-trusted-types-for 'script'`, so an address must pass the policy named `reclaim`; it takes
 * scripts of this origin and nothing else. A browser without Trusted Types gets the same check.
 * @module
 */

type Policy = { readonly createScriptURL: (url: string) => unknown };
type TrustedTypes = {
  readonly createPolicy: (name: string, rules: { createScriptURL: (url: string) => string }) => Policy;
};

let policy: Policy | undefined;

function ownScript(url: string): string {
  const address = new URL(url, location.href);
  if (address.origin !== location.origin) throw new TypeError('worker: expected a script of this origin');
  return address.href;
}

/**
 * Starts a module worker from an address that the build made (`import url from './x-worker.ts?worker&url'`).
 * @throws {TypeError} for an address of another origin
 */
export function startWorker(url: string): Worker {
  // Made once: a second policy of the same name is refused by the page's own rules.
  policy ??= (globalThis as { readonly trustedTypes?: TrustedTypes }).trustedTypes?.createPolicy('reclaim', {
    createScriptURL: ownScript,
  }) ?? { createScriptURL: ownScript };
  return new Worker(policy.createScriptURL(url) as string, { type: 'module' });
}
