/**
 * Who sees the person's name by each kind of route, with what that rests on. Every step shows this before a name is typed;
 * the relay address and the case number are the default.
 * @module
 */

import type { Confidence, NameSeenBy } from './channel.ts';
import type { SourceCode } from './channel-source.ts';

/** A route and who sees the name there. */
export interface NameRoute {
  readonly route: string;
  readonly seenBy: readonly NameSeenBy[];
  readonly text: string;
  readonly confidence: Confidence;
  readonly sources: readonly SourceCode[];
}

/** Every route that something was read about. */
export const NAME_ROUTES: readonly NameRoute[] = [
  {
    route: 'safety forms of Meta and Discord, TikTok in the app',
    seenBy: ['platform-only'],
    text: 'Only the platform, by its own statement.',
    confidence: 'A',
    sources: ['M1', 'D1', 'CH2'],
  },
  {
    route: 'YouTube, privacy complaint',
    seenBy: ['uploader-told-of-a-complaint'],
    text: 'The uploader learns that there is a complaint; by the older text they get 48 hours to act.',
    confidence: 'A',
    sources: ['Y1'],
  },
  {
    route: 'Vimeo, privacy complaint',
    seenBy: ['uploader-told-the-name'],
    text: 'The uploader gets the name of who complains, not the details of the report.',
    confidence: 'A',
    sources: ['V1'],
  },
  {
    route: 'Google, legal removal',
    seenBy: ['public-archive-lumen'],
    text: 'The public archive Lumen gets a copy of many kinds of request: contact fields never, the name in certain cases, nothing of requests to be forgotten.',
    confidence: 'A',
    sources: ['G3'],
  },
  {
    route: 'Cloudflare',
    seenBy: ['host-or-customer', 'public-archive-lumen'],
    text: 'Host and owner, unless the report is anonymous; the archive Lumen possibly even then.',
    confidence: 'A',
    sources: ['CF1'],
  },
  {
    route: 'copyright, anywhere',
    seenBy: ['uploader-told-the-name', 'public-archive-lumen'],
    text: 'The uploader, often a public archive; GitHub publishes such notices. Meta excepts them from its promise of anonymity.',
    confidence: 'A',
    sources: ['M1', 'PC1', 'GENERAL'],
  },
  {
    route: 'host or registrar',
    seenBy: ['host-or-customer'],
    text: 'As a rule the customer who runs the site.',
    confidence: 'C',
    sources: ['IN2', 'GENERAL'],
  },
  {
    route: 'Mastodon, Lemmy',
    seenBy: ['volunteer-moderators'],
    text: 'Volunteers who run or moderate the server.',
    confidence: 'A',
    sources: ['MA1', 'GENERAL'],
  },
];
