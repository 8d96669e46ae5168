import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Verdict } from './main';

export type { Verdict } from './main';

/** Bounds of the process that reads one file: milliseconds, megabytes of heap, bytes of memory in all. */
const LIMITS = { time: 20_000, heap: 128, memory: 320 * 1024 * 1024 };
/** Longest verdict, in bytes. */
const MAX_ANSWER = 256 * 1024;

/** As it is compiled, also when the sources run: a decoder is no place for a compiler. */
const compiled = path.join(__dirname, '../../dist/scan/main.js');

/** Judges a file and reads its barcodes, in a process of its own. One that exceeds its bounds is `broken`. */
export async function scan(bytes: Buffer, limits = LIMITS, program = compiled): Promise<Verdict> {
  const args = [`--max-old-space-size=${limits.heap}`, '--max-semi-space-size=8', program];
  const child = spawn(process.execPath, args, { env: {}, stdio: ['pipe', 'pipe', 'ignore'] });
  const timer = setTimeout(() => child.kill('SIGKILL'), limits.time);
  const stop = watchMemory(child.pid, limits.memory, () => child.kill('SIGKILL'));
  try {
    // It may have died before it had read everything.
    child.stdin.on('error', () => undefined);
    child.stdin.end(bytes);
    let answer = '';
    for await (const part of child.stdout) {
      answer += String(part);
      if (answer.length > MAX_ANSWER) break;
    }
    return JSON.parse(answer) as Verdict;
  } catch {
    return { problem: 'broken' };
  } finally {
    clearTimeout(timer);
    stop();
    child.kill('SIGKILL');
  }
}

const PAGE = 4_096;

/** Linux alone says what another process takes. */
function watchMemory(pid: number | undefined, most: number, end: () => void) {
  let isWatched = true;
  const watch = async () => {
    while (isWatched) {
      const pages = await fs.promises.readFile(`/proc/${pid}/statm`, 'utf8').catch(() => '');
      if (Number(pages.split(' ')[1] ?? 0) * PAGE > most) return end();
      await delay(50);
    }
  };
  void watch();
  return () => void (isWatched = false);
}
