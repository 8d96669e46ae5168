const { spawn } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');
const { environment } = require('./config.cjs');
const { lastLines } = require('./logs.cjs');

const LONGEST_BRIEF = 80;

/**
 * Options of a command that ends on its own: `env` is added to this process's environment, `log` is a file for its output,
 * which otherwise goes to this process's standard error.
 * @typedef {{ timeoutMs: number, cwd?: string, env?: NodeJS.ProcessEnv, log?: string }} CommandOptions
 */

/**
 * Runs a command until it exits.
 * @param {string} command
 * @param {string[]} args
 * @param {CommandOptions} options
 * @returns {Promise<void>}
 * @throws Error with the reason, and the last lines of its log, if it cannot be run, fails or takes too long
 */
async function runToEnd(command, args, options) {
  const { log, cwd, timeoutMs } = options;
  const output = log ? fs.openSync(log, 'a') : process.stderr.fd;
  const env = { ...environment, ...options.env };
  try {
    await /** @type {Promise<void>} */ (
      new Promise((resolve, reject) => {
        const child = spawn(command, args, {
          cwd,
          env,
          timeout: timeoutMs,
          killSignal: 'SIGKILL',
          stdio: ['ignore', output, output],
        });
        child.once('error', reject);
        child.once('exit', (code, signal) =>
          code === 0 ? resolve() : reject(new Error(reasonOf(code, signal, timeoutMs))),
        );
      })
    );
  } catch (error) {
    const lines = log ? ['', ...lastLines(log)].join('\n    ') : ' (see its output above)';
    throw new Error(`${brief(command, args)}: ${messageOf(error)}${lines}`, { cause: error });
  } finally {
    if (log) fs.closeSync(output);
  }
}

/**
 * @param {string} command
 * @param {string[]} args
 */
function brief(command, args) {
  const line = [path.basename(command), ...args].join(' ').replace(/\s+/g, ' ');
  return line.length > LONGEST_BRIEF ? `${line.slice(0, LONGEST_BRIEF)}…` : line;
}

/**
 * @param {number | null} code
 * @param {NodeJS.Signals | null} signal
 * @param {number} timeoutMs
 */
function reasonOf(code, signal, timeoutMs) {
  if (code !== null) return `exited with code ${code}`;
  return signal === 'SIGKILL' ? `took longer than ${timeoutMs / 1000} s` : `was killed by ${signal}`;
}

/**
 * Describes an error.
 * @param {unknown} error
 */
function messageOf(error) {
  return error instanceof Error ? error.message : String(error);
}

module.exports = { runToEnd, messageOf };
