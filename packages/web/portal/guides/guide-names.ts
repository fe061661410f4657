/**
 * Which guides there are, and which one a screen is about.
 * @module
 */

/** The guides, in the order in which they are listed. */
export const GUIDES = Object.freeze(['accounts', 'sharing', 'received', 'calm'] as const);

/** One of them. */
export type Guide = (typeof GUIDES)[number];

/** The guide that a screen is about; the first where something else was picked. */
export function guideOf(picked: string | undefined): Guide {
  return GUIDES.find((each) => each === picked) ?? 'accounts';
}
