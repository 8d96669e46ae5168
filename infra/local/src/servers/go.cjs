const path = require('node:path');
const { runToEnd } = require('../command.cjs');
const { tool } = require('./apt.cjs');
const { download } = require('./download.cjs');

const WITHIN_MS = 300_000;

/**
 * A program written in Go: its release archive if a checksum for the platform is pinned, otherwise built from source.
 * `version` is like `v1.2.3`; `package` what `go install` builds; `archive` returns the archive's URL (tar.gz)
 * for a platform such as `linux-amd64`, `inArchive` the program's path in it; `sha256` is by platform.
 * @typedef {Pick<import('./types').Server, 'title' | 'variable' | 'versionArgs'> & {
 *   name: string, version: string, package: string,
 *   archive(platform: string): string, inArchive(platform: string): string, sha256: Partial<Record<string, string>>,
 * }} GoProgram
 */

/**
 * @param {GoProgram} program
 * @returns {import('./types').Server}
 */
function goProgram(program) {
  const { name, version, title, variable, versionArgs } = program;
  return {
    title,
    variable,
    versionArgs,
    programs: [name],
    cachedAs: `${name}-${version}`,
    attempts: [
      { title: 'its release archive', fetch: ({ workspace }) => fetchArchive(program, workspace) },
      { title: 'go install', fetch: ({ workspace }) => goInstall(program, workspace) },
    ],
  };
}

/**
 * @param {GoProgram} program
 * @param {string} workspace
 */
async function fetchArchive(program, workspace) {
  const platform = `${process.platform}-${process.arch.replace('x64', 'amd64')}`;
  const sha256 = program.sha256[platform];
  if (!sha256) throw new Error(`no checksum is pinned for ${platform}`);
  const archive = path.join(workspace, 'archive.tar.gz');
  await download(program.archive(platform), archive, sha256);
  await runToEnd('tar', ['-xzf', archive, '-C', workspace], { timeoutMs: WITHIN_MS });
  return path.join(workspace, program.inArchive(platform));
}

/**
 * Builds it from source, whose checksum Go compares with its public checksum database.
 * @param {GoProgram} program
 * @param {string} workspace
 */
async function goInstall(program, workspace) {
  const go = await tool(['go'], ['golang-go', 'ca-certificates']);
  // Without cgo it needs no C compiler. The compiler is short-lived, so it may collect less garbage.
  const env = { GOBIN: workspace, CGO_ENABLED: '0', GOGC: '800' };
  // Without inlining, which is a third of the work of compiling (decision 055).
  const flags = ['-gcflags=all=-l -dwarf=false', '-ldflags=-s -w'];
  const args = ['install', ...flags, `${program.package}@${program.version}`];
  await runToEnd(go, args, { timeoutMs: 2 * WITHIN_MS, env, log: path.join(workspace, 'go.log') });
  return path.join(workspace, program.name);
}

module.exports = { goProgram };
