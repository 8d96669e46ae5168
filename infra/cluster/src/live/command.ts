import { execFile } from 'node:child_process';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { environment } from './config';

const execute = promisify(execFile);
const LONGEST_OUTPUT = 2 ** 26;
const LAST_LINES = 12;

interface CommandOptions {
  /** Its standard input. */
  input?: string;
  /** Default: one minute. */
  timeoutMs?: number;
  cwd?: string;
  /** Added to this process's environment. */
  env?: NodeJS.ProcessEnv;
  /** Called with each line of its standard error. */
  onLine?(line: string): void;
}

/**
 * Runs a program and returns its output.
 * @throws Error with its last lines, if it fails, does not exist or takes too long
 */
export async function run(command: string, args: string[], options: CommandOptions = {}): Promise<string> {
  const { input = '', timeoutMs = 60_000, onLine, cwd } = options;
  const env = { ...environment, ...options.env };
  const running = execute(command, args, {
    cwd,
    env,
    timeout: timeoutMs,
    killSignal: 'SIGKILL',
    maxBuffer: LONGEST_OUTPUT,
  });
  if (onLine && running.child.stderr) createInterface(running.child.stderr).on('line', onLine);
  // A program that exits without reading closes the pipe: the exit code decides.
  running.child.stdin?.on('error', () => undefined).end(input);
  try {
    return (await running).stdout;
  } catch (error) {
    throw new Error(`${command} ${args.join(' ').slice(0, 80)}: ${reasonOf(error as Failure, timeoutMs)}`, {
      cause: error,
    });
  }
}

type Failure = Error & { killed?: boolean; stdout?: string; stderr?: string };

function reasonOf({ killed, stdout = '', stderr = '', message }: Failure, timeoutMs: number): string {
  if (killed) return `took longer than ${timeoutMs / 1000} s`;
  const lines = `${stdout}\n${stderr}`.trim().split('\n').slice(-LAST_LINES);
  return lines.join('\n') || message;
}
