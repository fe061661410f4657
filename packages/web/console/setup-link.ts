/**
 * The one-time link of an invitation: `/console#setup=TOKEN`. A fragment never reaches a server or its log; here it is
 * read once and taken out of the address before anything else happens, so that no history entry keeps it.
 * @module
 */

/** The token in a fragment (with its `#`), or `undefined` when there is none of the right form. */
export function setupToken(fragment: string): string | undefined {
  return /^#setup=([A-Za-z0-9_-]{43})$/.exec(fragment)?.[1];
}

/** Whether the fragment was meant as a setup link, well formed or not. */
export function isSetupLink(fragment: string): boolean {
  return fragment.startsWith('#setup=');
}

/** The link that is handed to a new member. */
export function setupLink(origin: string, token: string): string {
  return `${origin}/console#setup=${token}`;
}
