import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { environment } from './config';
import { lastLines } from './logs';

const LONGEST_BRIEF = 80;

/** How to run a command that is to end by itself. */
export interface CommandOptions {
  timeoutMs: number;
  cwd?: string;
  /** Added to this process's environment. */
  env?: NodeJS.ProcessEnv;
  /** A file for what it writes; without one that goes to this process's standard error. */
  log?: string;
}

/**
 * Runs a command to its end.
 * @throws Error with the reason, and the last lines of its log, if it cannot be run, fails or takes too long
 */
export async function runToEnd(command: string, args: string[], options: CommandOptions): Promise<void> {
  const { log, cwd, timeoutMs } = options;
  const output = log ? fs.openSync(log, 'a') : process.stderr.fd;
  const env = { ...environment, ...options.env };
  try {
    await new Promise<void>((resolve, reject) => {
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
    });
  } catch (error) {
    const lines = log ? ['', ...lastLines(log)].join('\n    ') : ' (its words are above)';
    throw new Error(`${brief(command, args)}: ${(error as Error).message}${lines}`, { cause: error });
  } finally {
    if (log) fs.closeSync(output);
  }
}

function brief(command: string, args: string[]): string {
  const line = [path.basename(command), ...args].join(' ').replace(/\s+/g, ' ');
  return line.length > LONGEST_BRIEF ? `${line.slice(0, LONGEST_BRIEF)}…` : line;
}

function reasonOf(code: number | null, signal: NodeJS.Signals | null, timeoutMs: number): string {
  if (code !== null) return `exited with code ${code}`;
  return signal === 'SIGKILL' ? `took longer than ${timeoutMs / 1000} s` : `was ended by ${signal}`;
}
