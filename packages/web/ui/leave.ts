/**
 * Leaving at once. What one press of Back shows afterwards was measured (Chromium 156): neither `no-store` nor
 * `autocomplete=off` nor `Clear-Site-Data` alone keeps a page or its typed text from coming back. So, in this order:
 *
 * 1. the page turns white and empty, and its title neutral: within the same task, whatever the network does;
 * 2. a beacon tells the service, which revokes what there is to revoke;
 * 3. `location.replace`, so that Back goes to the page before this one. The portal has one address and never adds to
 *    the history, so there is no other entry of it.
 *
 * On any other way out (closing, a link, Back) `pagehide` empties the page too, and a page that comes back from the
 * back/forward cache loads itself anew. There is never a question whether one really wants to leave.
 * @module
 */

/** Where the service answers the exit: a redirect to the operator's neutral page, with `Clear-Site-Data`. */
export const EXIT_PATH = '/exit';

/** Empties the page: nothing of it can be seen or restored. */
export function wipe(page: Document): void {
  page.documentElement.classList.add('leaving');
  page.title = '';
  page.body.replaceChildren();
}

/** Leaves the page at once. */
export function leave(page: Document): void {
  wipe(page);
  const window = page.defaultView;
  if (window === null) return;
  try {
    window.sessionStorage.clear();
    window.localStorage.clear();
  } catch {
    // Storage can be forbidden altogether; then there is nothing in it.
  }
  // Without a network the redirect would end on the browser's error page, which names the address.
  const offline = window.navigator.onLine === false;
  try {
    if (!offline) window.navigator.sendBeacon(EXIT_PATH);
  } catch {
    // A refused beacon must not hold up the leaving.
  }
  window.location.replace(offline ? 'about:blank' : EXIT_PATH);
}

/** Wipes the page whenever it goes out of sight for good, and loads it anew should it ever come back. */
export function wipeOnPageHide(window: Window, beforeWipe: () => void): void {
  window.addEventListener('pagehide', () => {
    beforeWipe();
    wipe(window.document);
  });
  window.addEventListener('pageshow', (event) => {
    if (event.persisted) window.location.reload();
  });
}
