/**
 * The board as a program. Configured by the environment, since arguments stand in the list of processes:
 * `RECLAIM_URL`, `RECLAIM_KEY` (scopes `check` and `report`), and, optionally, `PORT` (8090), `HOST`, `DATA`
 * (`.data/photo-board`), `PUBLIC_URL`, `CONTACT`,
 * `RECLAIM_NOTICE_URL` (`RECLAIM_URL/notice`), `RECLAIM_WEBHOOK_SECRET`.
 * @module
 */

import { createClient } from '@reclaim/client/client';
import { startPhotoBoard } from './photo-board.ts';

const { env } = process;
if (env['RECLAIM_URL'] === undefined || env['RECLAIM_KEY'] === undefined) {
  console.error('photo-board: set RECLAIM_URL and RECLAIM_KEY (a key with the scopes check and report)');
  process.exit(2);
}
const port = Number(env['PORT'] ?? 8090);
if (!Number.isInteger(port) || port < 0 || port > 65_535) {
  console.error('photo-board: expected PORT from 0 to 65535');
  process.exit(2);
}
const board = await startPhotoBoard({
  client: createClient({ url: env['RECLAIM_URL'], key: env['RECLAIM_KEY'] }),
  dataDir: env['DATA'] ?? '.data/photo-board',
  port,
  noticeUrl: env['RECLAIM_NOTICE_URL'] ?? `${env['RECLAIM_URL'].replace(/\/+$/, '')}/notice`,
  ...(env['HOST'] !== undefined && { host: env['HOST'] }),
  ...(env['PUBLIC_URL'] !== undefined && { publicUrl: env['PUBLIC_URL'].replace(/\/+$/, '') }),
  ...(env['CONTACT'] !== undefined && { contact: env['CONTACT'] }),
  ...(env['RECLAIM_WEBHOOK_SECRET'] !== undefined && { hookSecret: env['RECLAIM_WEBHOOK_SECRET'] }),
  log: (line) => console.error(line),
});
console.log(`photo board: ${board.url}`);
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void board.stop().then(() => process.exit(0)));
}
