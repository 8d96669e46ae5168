const fs = require('node:fs');
const path = require('node:path');

const TAIL_BYTES = 8_192;

/**
 * The last lines of a log, oldest first; none if there is no log.
 * @param {string} file
 */
function lastLines(file, count = 10) {
  if (!fs.existsSync(file)) return [];
  const handle = fs.openSync(file, 'r');
  try {
    const size = fs.fstatSync(handle).size;
    const tail = Buffer.alloc(Math.min(size, TAIL_BYTES));
    fs.readSync(handle, tail, 0, tail.length, size - tail.length);
    return tail.toString().trimEnd().split('\n').filter(Boolean).slice(-count);
  } finally {
    fs.closeSync(handle);
  }
}

/**
 * Makes room for a new run's logs; the previous run's are kept as `NAME.previous.log`.
 * @param {string} folder
 */
function rotateLogs(folder) {
  fs.mkdirSync(folder, { recursive: true });
  for (const name of fs.readdirSync(folder)) {
    if (name.endsWith('.previous.log')) continue;
    fs.renameSync(path.join(folder, name), path.join(folder, name.replace(/\.log$/, '.previous.log')));
  }
}

module.exports = { lastLines, rotateLogs };
