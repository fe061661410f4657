/**
 * The console's beginning: take the one-time link out of the address, then draw.
 * @module
 */

import { render } from 'preact';
import { App } from './app.tsx';
import { isSetupLink, setupToken } from './setup-link.ts';

const { hash, pathname } = globalThis.location;
const link = isSetupLink(hash) ? { token: setupToken(hash) } : undefined;
// Before anything is drawn or asked: a token that stays in the address stays in the history.
if (hash !== '') history.replaceState(null, '', pathname);

const root = document.getElementById('console');
if (root !== null) render(<App link={link} />, root);
