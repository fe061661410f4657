/**
 * Makes a fresh clone ready: the pinned Node, the packages of the lock file and, for tests, the programs they need.
 *
 *     node tools/setup.mjs            before `start` and `demo`; `npm run setup`
 *     node tools/setup.mjs --tests    before `test`: also looks for Chromium, age and openssl
 *
 * Plain JavaScript, because the machine's own Node runs it, from version 18.15 on; the project itself needs the pinned
 * one, and so do some of its packages. The steps:
 *
 * 1. A stamp over platform, architecture, Node's pin, every workspace's package.json and the lock file. If
 *    node_modules carries the same one there is nothing to do. The stamp is written last, so what was cut off in the
 *    middle is done again.
 * 2. One set-up at a time: a folder, moved into place with its owner's process id inside, is the lock. The process id
 *    of the npm at work is there too, which leads a process group: a set-up that was killed leaves its npm, or the
 *    install scripts of that, writing, and nobody may start beside them. Once all have ended the lock is moved away.
 * 3. If the running Node is not the pinned one, or stands in the node_modules that step 4 deletes: Node into .node.
 * 4. `npm ci` under that Node. Of the calling npm's variables only those are passed on that say where packages come
 *    from; the rest (its prefix, its script, this package's fields) would make the inner npm work somewhere else.
 * 5. The two doors, built by Vite into packages/web/dist if the sources that they are made of changed: a stamp of those
 *    lies beside what was built. Built aside and then moved into place, so that nobody meets half a page.
 *
 * Nothing is asked of the user, and every failure ends with what to do.
 * @module
 */

import { spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');
const NODE_VERSION = '24.21.0';
const NODE_HOME = path.join(ROOT, '.node');
const LOCK = path.join(NODE_HOME, 'lock');
const MODULES = path.join(ROOT, 'node_modules');
const STAMP = path.join(MODULES, '.setup-stamp');
const WEB = path.join(ROOT, 'packages/web');
const WEB_DIST = path.join(WEB, 'dist');
const WEB_STAMP = path.join(WEB_DIST, '.stamp');

/** What the web is made of: itself and the rooms that it imports, and that those import, by their package.json. */
function webSources() {
  const rooms = new Set(['web']);
  for (const room of rooms) {
    const { dependencies = {} } = JSON.parse(
      fs.readFileSync(path.join(ROOT, 'packages', room, 'package.json'), 'utf8'),
    );
    for (const name of Object.keys(dependencies))
      if (name.startsWith('@reclaim/')) rooms.add(name.slice('@reclaim/'.length));
  }
  return [...rooms].sort().map((room) => `packages/${room}`);
}

/** Platforms for which Node, the database and the linter all have packages. */
const PLATFORMS = ['linux-x64', 'linux-arm64', 'darwin-x64', 'darwin-arm64'];

/** What node_modules and .node take together (measured: 530 MB and 189 MB), with room for npm to unpack. */
const DISK_BYTES = 900e6;

/** How long to wait for another set-up before saying how to end its lock. */
const LOCK_WAIT_MS = 15 * 60_000;

/** A failure that was foreseen: its message says what happened and what to do, and is all that is printed. */
class SetupFailure extends Error {}

// ---------------------------------------------------------------------------------------------------------------- stamp

/** Folders of all workspaces, from the patterns of the root package.json (`folder/*` or a folder). */
function workspaces() {
  const { workspaces: patterns } = JSON.parse(fs.readFileSync(path.join(ROOT, 'package.json'), 'utf8'));
  return patterns.flatMap((pattern) => {
    if (!pattern.endsWith('/*')) return [pattern];
    const folder = pattern.slice(0, -2);
    return fs
      .readdirSync(path.join(ROOT, folder))
      .sort()
      .map((name) => `${folder}/${name}`);
  });
}

function stamp() {
  const hash = createHash('sha256').update(`1 ${process.platform} ${process.arch} ${NODE_VERSION}\n`);
  const files = ['package-lock.json', 'package.json', ...workspaces().map((each) => `${each}/package.json`)];
  for (const file of files) {
    const at = path.join(ROOT, file);
    if (fs.existsSync(at)) hash.update(`${file}\n`).update(fs.readFileSync(at)).update('\n');
  }
  return hash.digest('hex');
}

/** The stamp in a file, or nothing where there is none. */
function stamped(file) {
  try {
    return fs.readFileSync(file, 'utf8').trim();
  } catch {
    return '';
  }
}

/** The stamp of what the web is built from: every file but tests, fixtures and what was built or installed. */
function webStamp() {
  const hash = createHash('sha256').update(`1 ${stamp()}\n`);
  const add = (folder) => {
    const entries = fs.readdirSync(path.join(ROOT, folder), { withFileTypes: true });
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const at = `${folder}/${entry.name}`;
      if (entry.isDirectory()) {
        if (entry.name !== 'node_modules' && !entry.name.startsWith('dist')) add(at);
      } else if (entry.isFile() && !/\.(test|fixture)\.tsx?$|\.md$/.test(entry.name)) {
        hash
          .update(`${at}\n`)
          .update(fs.readFileSync(path.join(ROOT, at)))
          .update('\n');
      }
    }
  };
  for (const folder of webSources()) add(folder);
  return hash.digest('hex');
}

// ----------------------------------------------------------------------------------------------------------------- lock

function lives(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** The process id in a file of a lock (`owner`, `child`), or 0 where there is none to read. */
function pidIn(lock, name) {
  try {
    return Number(fs.readFileSync(path.join(lock, name), 'utf8'));
  } catch {
    return 0;
  }
}

/** Whether the command that a set-up started, or anything that the command started, still runs. */
function busy(lock) {
  const leader = pidIn(lock, 'child');
  return leader > 0 && lives(-leader);
}

function held(lock) {
  const owner = pidIn(lock, 'owner');
  return (owner > 0 && lives(owner)) || busy(lock);
}

function takeLock() {
  const mine = `${LOCK}-${process.pid}-${randomBytes(4).toString('hex')}`;
  fs.mkdirSync(mine, { recursive: true });
  fs.writeFileSync(path.join(mine, 'owner'), String(process.pid));
  try {
    // A folder cannot be moved onto one that has a file in it: whoever comes second fails here.
    fs.renameSync(mine, LOCK);
    return true;
  } catch (error) {
    fs.rmSync(mine, { recursive: true, force: true });
    if (fs.existsSync(LOCK)) return false;
    throw error;
  }
}

/** Moves the lock of a dead process away, and puts it back if another process had replaced it meanwhile. */
function breakLock() {
  const dead = `${LOCK}-dead-${randomBytes(4).toString('hex')}`;
  try {
    fs.renameSync(LOCK, dead);
    if (held(dead)) fs.renameSync(dead, LOCK);
    else fs.rmSync(dead, { recursive: true, force: true });
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
  }
}

async function withLock(work) {
  const since = Date.now();
  let told = false;
  while (!takeLock()) {
    if (!held(LOCK)) {
      breakLock();
      continue;
    }
    if (!told) console.log('  Another set-up of this folder is running; waiting for it.');
    told = true;
    if (Date.now() - since > LOCK_WAIT_MS) {
      throw new SetupFailure(
        'Another set-up has held this folder for 15 minutes.\nIf none is running, delete the folder .node/lock and try again.',
      );
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  const release = () => {
    // A command that was told to stop may still be writing: then the next set-up takes the lock once it has ended.
    if (pidIn(LOCK, 'owner') === process.pid && !busy(LOCK))
      fs.rmSync(LOCK, { recursive: true, force: true });
  };
  process.once('exit', release);
  try {
    return await work();
  } finally {
    process.off('exit', release);
    release();
  }
}

// ------------------------------------------------------------------------------------------------------------- commands

let running;
for (const [signal, status] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
]) {
  process.on(signal, () => {
    if (running?.pid !== undefined) process.kill(-running.pid, signal);
    process.exit(status);
  });
}

/** Runs a command quietly, in a process group of its own; answers its status and everything it said. */
function quietly(command, args, options) {
  return new Promise((resolve) => {
    let said = '';
    running = spawn(command, args, { ...options, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    if (running.pid !== undefined && pidIn(LOCK, 'owner') === process.pid) {
      fs.writeFileSync(path.join(LOCK, 'child'), String(running.pid));
    }
    for (const stream of [running.stdout, running.stderr]) {
      stream.setEncoding('utf8').on('data', (text) => {
        said += text;
      });
    }
    running.on('error', (error) => resolve({ status: 1, said: `${said}\n${error.message}` }));
    running.on('close', (status) => {
      running = undefined;
      resolve({ status: status ?? 1, said });
    });
  });
}

/** Prints `label`, does the work, and ends the line with how long it took. */
async function step(label, work) {
  const since = Date.now();
  process.stdout.write(`  ${label} … `);
  try {
    const answer = await work();
    console.log(`${((Date.now() - since) / 1000).toFixed(1)} s`);
    return answer;
  } catch (error) {
    console.log('failed');
    throw error;
  }
}

/** What npm's own codes mean for somebody who only wants to start. First match wins. */
const ADVICE = [
  [/ENOSPC/, 'The disk is full. Free about 1 GB and try again.'],
  [
    /ENOTCACHED|ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ERR_SOCKET_TIMEOUT|UND_ERR/,
    'The package registry could not be reached. Check the network (and the proxy, if there is one) and try again.',
  ],
  [/EINTEGRITY/, 'A package is not the one that the lock file names. Run "npm cache verify" and try again.'],
  [
    /E404|ETARGET|E401|E403/,
    'The package registry does not hand out a package that is needed; its name is below.',
  ],
  [
    /EUSAGE|can only install/,
    'package-lock.json and package.json do not fit each other. Undo the change to one of them.',
  ],
  [
    /EACCES|EPERM|EROFS/,
    'This folder may not be written to. Give yourself the right, or clone it where you may write.',
  ],
];

function explain(what, said) {
  const advice =
    ADVICE.find(([pattern]) => pattern.test(said))?.[1] ?? 'The last words of the command are below.';
  const words = said.trim().split('\n').slice(-12).join('\n');
  return new SetupFailure(`${what} could not be installed. ${advice}\n\n${words}`);
}

function inPath(name) {
  for (const folder of (process.env.PATH ?? '').split(path.delimiter)) {
    const file = path.join(folder, name);
    if (folder !== '' && isExecutable(file)) return file;
  }
  return undefined;
}

function isExecutable(file) {
  try {
    fs.accessSync(file, fs.constants.X_OK);
    return fs.statSync(file).isFile();
  } catch {
    return false;
  }
}

/** Settings of npm that say where packages come from, by whatever way they were given. */
const PASSED_ON =
  /^npm_config_(userconfig|globalconfig|registry|cache|offline|prefer_offline|proxy|https_proxy|noproxy|cafile|strict_ssl)$/i;

/** Retries after 2, 10 and 10 s: npm's own pace leaves somebody without a network waiting for minutes. */
const PATIENCE = ['--fetch-retries=3', '--fetch-retry-mintimeout=2000', '--fetch-retry-maxtimeout=10000'];

/** The script of npm, to be run by any Node; `undefined` if npm cannot be found as a script. */
function npmScript() {
  const calling = process.env.npm_execpath;
  if (calling !== undefined && path.basename(calling) === 'npm-cli.js' && fs.existsSync(calling))
    return calling;
  const found = inPath('npm');
  if (found === undefined) return undefined;
  const real = fs.realpathSync(found);
  if (real.endsWith('.js')) return real;
  const beside = path.join(path.dirname(process.execPath), '../lib/node_modules/npm/bin/npm-cli.js');
  return fs.existsSync(beside) ? beside : undefined;
}

function npm(node, args, cwd) {
  const script = npmScript();
  if (script === undefined)
    throw new SetupFailure('npm was not found. Install Node.js together with npm and try again.');
  const env = {};
  for (const [name, value] of Object.entries(process.env)) {
    if (!/^npm_/i.test(name) || PASSED_ON.test(name)) env[name] = value;
  }
  env.PATH = [path.dirname(node), process.env.PATH ?? ''].join(path.delimiter);
  return quietly(node, [script, ...args, ...PATIENCE], { cwd, env });
}

// ---------------------------------------------------------------------------------------------------------------- steps

function checkMachine() {
  const platform = `${process.platform}-${process.arch}`;
  if (!PLATFORMS.includes(platform)) {
    throw new SetupFailure(
      `Reclaim runs on Linux and macOS, on x64 and arm64; this is ${platform}.\nOn another system use the Dockerfile, or Linux in a virtual machine.`,
    );
  }
  if (process.platform === 'linux') {
    process.report.excludeNetwork = true;
    if (process.report.getReport().header.glibcVersionRuntime === undefined) {
      throw new SetupFailure(
        'This Linux has musl (Alpine?), for which the pinned Node has no package.\nUse a distribution with glibc, or the Dockerfile.',
      );
    }
  }
  const { bavail, bsize } = fs.statfsSync(ROOT);
  if (bavail * bsize < DISK_BYTES) {
    const free = Math.floor((bavail * bsize) / 1e6);
    throw new SetupFailure(
      `The packages need about 900 MB of disk; ${free} MB are free here. Make room and try again.`,
    );
  }
}

/** A Node of the pinned version that `npm ci` will not delete while it runs. */
async function pinnedNode() {
  const inModules = process.execPath.startsWith(fs.realpathSync(ROOT) + path.sep);
  if (process.version === `v${NODE_VERSION}` && !inModules) return process.execPath;
  const node = path.join(NODE_HOME, 'node_modules/node/bin/node');
  if (isExecutable(node)) {
    const { status, said } = await quietly(node, ['--version'], {});
    if (status === 0 && said.trim() === `v${NODE_VERSION}`) return node;
  }
  await step(`Node ${NODE_VERSION}`, async () => {
    fs.rmSync(path.join(NODE_HOME, 'node_modules'), { recursive: true, force: true, maxRetries: 5 });
    fs.writeFileSync(
      path.join(NODE_HOME, 'package.json'),
      `${JSON.stringify({ private: true, allowScripts: { node: true } })}\n`,
    );
    const flags = ['--no-save', '--no-package-lock', '--no-fund', '--no-audit', '--no-update-notifier'];
    const args = ['install', ...flags, `node@${NODE_VERSION}`];
    const { status, said } = await npm(process.execPath, args, NODE_HOME);
    if (status !== 0 || !isExecutable(node)) throw explain(`Node ${NODE_VERSION}`, said);
  });
  return node;
}

async function install(wanted) {
  checkMachine();
  fs.mkdirSync(NODE_HOME, { recursive: true });
  await withLock(async () => {
    if (stamped(STAMP) === wanted) return;
    console.log(
      'Setting up Reclaim: once, and again when the packages change. It takes about half a minute.',
    );
    fs.rmSync(STAMP, { force: true });
    const node = await pinnedNode();
    await step('packages', async () => {
      const { status, said } = await npm(node, ['ci'], ROOT);
      if (status !== 0) throw explain('The packages', said);
    });
    fs.writeFileSync(STAMP, `${wanted}\n`);
    console.log('  ready');
  });
}

/** Builds the two doors unless what lies there was built from these very sources. */
async function buildWeb() {
  const wanted = webStamp();
  if (stamped(WEB_STAMP) === wanted) return;
  fs.mkdirSync(NODE_HOME, { recursive: true });
  await withLock(async () => {
    if (stamped(WEB_STAMP) === wanted) return;
    await step('pages', async () => {
      const fresh = path.join(NODE_HOME, 'web');
      fs.rmSync(fresh, { recursive: true, force: true });
      const pinned = path.join(MODULES, 'node/bin/node');
      const node = isExecutable(pinned) ? pinned : process.execPath;
      const vite = path.join(MODULES, 'vite/bin/vite.js');
      const args = [vite, 'build', '--outDir', fresh, '--emptyOutDir', '--logLevel', 'warn'];
      const { status, said } = await quietly(node, args, { cwd: WEB });
      if (status !== 0) {
        const words = said.trim().split('\n').slice(-12).join('\n');
        throw new SetupFailure(
          `The pages could not be built. The last words of the builder are below.\n\n${words}`,
        );
      }
      fs.rmSync(WEB_DIST, { recursive: true, force: true, maxRetries: 5 });
      fs.renameSync(fresh, WEB_DIST);
      fs.writeFileSync(WEB_STAMP, `${wanted}\n`);
    });
  });
}

// -------------------------------------------------------------------------------------------------------------- browser

/** Where a Chromium stands: the variable first, so that somebody can point at their own. */
function chromium() {
  const named = process.env.CHROMIUM;
  if (named !== undefined && named !== '') {
    if (isExecutable(named)) return named;
    throw new SetupFailure(
      'CHROMIUM names a file that cannot be run. Correct it, or unset it to search PATH.',
    );
  }
  return inPath('chromium') ?? inPath('chromium-browser') ?? inPath('google-chrome');
}

function isDebian() {
  try {
    return /^ID="?debian"?$/m.test(fs.readFileSync('/etc/os-release', 'utf8'));
  } catch {
    return false;
  }
}

/** Installs packages of Debian, as root; `what` names them to whoever reads the failure. */
async function debian(what, packages) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  for (const args of [['update'], ['install', '-y', '--no-install-recommends', ...packages]]) {
    const { status, said } = await quietly('apt-get', args, { env });
    if (status !== 0) throw explain(what, said);
  }
}

/** Whether packages can be installed here. Ubuntu is left out on purpose: its Chromium is an empty one that wants snap. */
function canInstall() {
  return isDebian() && process.getuid?.() === 0 && inPath('apt-get') !== undefined;
}

async function browser() {
  if (chromium() !== undefined) return;
  if (!canInstall()) {
    throw new SetupFailure(
      'The tests need Chromium, and none was found: not in CHROMIUM, nor as chromium, chromium-browser or google-chrome in PATH.\nInstall it (Debian: "apt-get install chromium fonts-liberation" as root), or set CHROMIUM to where it is.',
    );
  }
  await step('Chromium, for the tests', () =>
    debian('Chromium (Debian packages chromium and fonts-liberation)', ['chromium', 'fonts-liberation']),
  );
  if (chromium() === undefined)
    throw new SetupFailure('Chromium was installed but is not in PATH. Set CHROMIUM to where it is.');
}

/** Programs that others open our files with: the tests show that they do. By name of the program and of its package. */
const PROGRAMS = ['age', 'openssl'];

async function programs() {
  const missing = PROGRAMS.filter((program) => inPath(program) === undefined);
  if (missing.length === 0) return;
  const named = missing.join(' and ');
  if (!canInstall()) {
    throw new SetupFailure(
      `The tests need ${named} in PATH, to show that other programs open what ours makes.\nInstall it (Debian: "apt-get install ${missing.join(' ')}" as root; macOS: "brew install ${missing.join(' ')}").`,
    );
  }
  await step(`${named}, for the tests`, () => debian(`the Debian package ${named}`, missing));
  const still = PROGRAMS.find((program) => inPath(program) === undefined);
  if (still !== undefined) throw new SetupFailure(`${still} was installed but is not in PATH.`);
}

// ----------------------------------------------------------------------------------------------------------------- main

async function main() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < 18 || (major === 18 && minor < 15)) {
    throw new SetupFailure(
      `Node ${process.versions.node} is too old to set up Reclaim. Install Node 20 or later; the pinned version is then fetched by itself.`,
    );
  }
  const wanted = stamp();
  if (stamped(STAMP) !== wanted) await install(wanted);
  await buildWeb();
  if (process.argv.includes('--tests')) {
    await browser();
    await programs();
  }
}

try {
  await main();
} catch (error) {
  const code = error.code === undefined ? '' : `${error.code}: `;
  console.error(
    error instanceof SetupFailure
      ? `\n${error.message}\n`
      : explain('Reclaim', `${code}${error.message}`).message,
  );
  process.exitCode = 1;
}
