const fs = require('node:fs');
const path = require('node:path');

/**
 * The first of some programs that is on PATH.
 * @param {string[]} programs
 * @param {NodeJS.ProcessEnv} environment
 * @returns {string | undefined}
 */
function findOnPath(programs, { PATH = '' }) {
  const folders = PATH.split(path.delimiter).filter((folder) => folder !== '');
  return programs.flatMap((program) => folders.map((folder) => path.join(folder, program))).find(isProgram);
}

/** @param {string} file */
function isProgram(file) {
  try {
    fs.accessSync(file, fs.constants.X_OK);
    return fs.statSync(file).isFile();
  } catch {
    return false;
  }
}

module.exports = { findOnPath, isProgram };
