const { execFile } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');
const { promisify } = require('node:util');
const { runToEnd } = require('../command.cjs');
const { requireApt } = require('./apt.cjs');

const run = promisify(execFile);
const WITHIN_MS = 120_000;

/** Runs a program under its own name, with the shared libraries unpacked next to it. */
const WRAPPER = (/** @type {string} */ program) => `#!/bin/sh
here=$(cd -- "$(dirname -- "$0")" && pwd)
libraries=$(find "$here/usr/lib" "$here/lib" -name '*.so*' -exec dirname {} + 2>/dev/null | sort -u | tr '\\n' :)
LD_LIBRARY_PATH="$libraries\${LD_LIBRARY_PATH:-}" exec "$here/usr/bin/${program}" "$@"
`;

/**
 * Unpacks a program from Debian's packages and the dependencies this system lacks: apt without root.
 * @param {string} program one in /usr/bin
 * @param {string[]} packages those that contain it
 * @param {import('./types').Context} context
 * @returns {Promise<string>}
 * @throws Error if there is no apt-get, or the packages cannot be fetched or unpacked
 */
async function unpackDebs(program, packages, { workspace, kept }) {
  requireApt();
  const lists = ['-o', `Dir::State::lists=${workspace}/lists`, '-o', `Dir::Cache=${workspace}/cache`];
  const log = path.join(workspace, 'log');
  fs.mkdirSync(path.join(workspace, 'lists/partial'), { recursive: true });
  fs.mkdirSync(path.join(workspace, 'cache/archives/partial'), { recursive: true });
  await runToEnd('apt-get', ['update', ...lists, '-o', 'APT::Update::Error-Mode=any'], { timeoutMs: WITHIN_MS, log });
  const { stdout } = await run('apt-get', ['install', '-s', '--no-install-recommends', ...lists, ...packages]);
  const lacking = [...stdout.matchAll(/^Inst (\S+)/gm)].map(([, name]) => String(name));
  const wanted = [...new Set([...packages, ...lacking])];
  await runToEnd('apt-get', ['download', ...lists, ...wanted], { timeoutMs: WITHIN_MS, log, cwd: workspace });
  for (const name of fs.readdirSync(workspace).filter((each) => each.endsWith('.deb'))) {
    await runToEnd('dpkg-deb', ['-x', path.join(workspace, name), kept], { timeoutMs: WITHIN_MS, log });
  }
  const file = path.join(kept, program);
  fs.writeFileSync(file, WRAPPER(program), { mode: 0o755 });
  return file;
}

module.exports = { unpackDebs };
