/**
 * A node in a process of its own, to be killed: prints one line of JSON when it is ready.
 * @module
 */

import { SCOPES } from '@reclaim/casework/wire';
import { startNode } from '@reclaim/service/node';
import { makeKey } from '@reclaim/store/keys';

const node = await startNode({ dataDir: process.argv[2]!, port: 0, floorBytes: 1024 * 1024 });
const { token } = await makeKey(node.store, 'system', { name: 'crash test', scopes: [...SCOPES] });
const postmasterPid = node.store.embedded?.postmasterPid;
process.stdout.write(`${JSON.stringify({ url: node.url, token, postmasterPid })}\n`);
