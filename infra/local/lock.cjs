// Plain JavaScript, because preparation needs it on a fresh clone, before anything is compiled.
const { execFileSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');
const { setTimeout: sleep } = require('node:timers/promises');

/** A process's start time, from the system: distinguishes processes that reuse a pid. */
function startTime(pid) {
  if (process.platform === 'linux') {
    const stat = fs.readFileSync(`/proc/${pid}/stat`, 'utf8');
    const [state, ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return state === 'Z' ? undefined : fields[18];
  }
  return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim();
}

function identify(pid) {
  try {
    const start = startTime(pid);
    return start && `${pid} ${start}`;
  } catch {
    return undefined;
  }
}

function isAlive(identity) {
  return identity !== '' && identify(Number(identity.split(' ')[0])) === identity;
}

/** A file's text, empty if missing: its holder may remove it at any moment. */
function read(file) {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch (error) {
    if (error.code === 'ENOENT') return '';
    throw error;
  }
}

/** Creates a file atomically; false if it already exists. */
function create(file, text) {
  const draft = `${file}.${process.pid}.${Math.random().toString(36).slice(2)}`;
  fs.writeFileSync(draft, text);
  try {
    fs.linkSync(draft, file);
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  } finally {
    fs.rmSync(draft);
  }
}

/** Longer than any process that lives takes to recheck and remove a lock. */
const RECHECK_MS = 10_000;

/** Removes a dead holder's lock. One process at a time rechecks and removes, so no live lock is removed. */
function removeStale(file) {
  const guard = `${file}.stale`;
  if (!create(guard, '')) {
    const { mtimeMs } = fs.statSync(guard, { throwIfNoEntry: false }) ?? {};
    if (mtimeMs !== undefined && Date.now() - mtimeMs > RECHECK_MS) fs.rmSync(guard, { force: true });
    return;
  }
  try {
    if (!isAlive(read(file))) fs.rmSync(file, { force: true });
  } finally {
    fs.rmSync(guard, { force: true });
  }
}

function tryLock(file) {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  const identity = identify(process.pid);
  for (let attempt = 0; attempt < 3; attempt++) {
    if (create(file, identity)) return () => fs.rmSync(file, { force: true });
    if (isAlive(read(file))) return undefined;
    removeStale(file);
  }
  return undefined;
}

async function withLock(file, onWait, work) {
  let unlock = tryLock(file);
  if (!unlock) onWait();
  while (!unlock) {
    await sleep(200);
    unlock = tryLock(file);
  }
  try {
    return await work();
  } finally {
    unlock();
  }
}

module.exports = { identify, isAlive, tryLock, withLock };
