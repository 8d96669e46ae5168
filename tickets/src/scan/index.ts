import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as delay } from 'node:timers/promises';
import type { Verdict } from './main';

export type { Verdict } from './main';

/** Longest verdict, in bytes. */
const MAX_ANSWER = 256 * 1024;

/** The program that reads one file, and its limits: milliseconds, CPU seconds, megabytes of heap, bytes of memory. */
interface Reader {
  args: string[];
  time: number;
  cpu: number;
  heap: number;
  memory: number;
}

/** The compiled program, even when running from source: a decoder is no place for a compiler. */
const compiled: Reader = {
  args: [path.join(__dirname, '../../dist/scan/main.js')],
  ...{ time: 45_000, cpu: 10, heap: 128, memory: 320 * 1024 * 1024 },
};

/** For development without compiled code: the compiler itself takes time and memory. */
export const fromSources: Reader = {
  args: ['--require', 'ts-node/register/transpile-only', path.join(__dirname, 'main.ts')],
  ...{ time: 60_000, cpu: 30, heap: 512, memory: 1024 * 1024 * 1024 },
};

const reader = fs.existsSync(String(compiled.args[0])) ? compiled : fromSources;

/**
 * Makes the kernel enforce limits, in seconds of CPU and kilobytes. Watching memory alone is too late if a decoder asks
 * for gigabytes while we are busy, and running out of memory in a container kills the service too; and on a busy
 * machine an honest file takes its time. No core dumps: they would contain the file.
 */
const BOUNDED = 'ulimit -c 0; ulimit -t "$0"; ulimit -d "$1"; shift; exec "$@"';
/** One file is too little work for optimizing the decoder's WebAssembly to pay off: it was a third of the CPU time. */
const UNOPTIMIZED = '--liftoff-only';
/** Bytes a process allocates beyond what it uses. */
const UNUSED = 1.25;

/** Judges a file and reads its barcodes, in a separate process. A file that exceeds its limits is `broken`. */
export async function scan(content: Iterable<Buffer> | AsyncIterable<Buffer>, limits: Partial<Reader> = {}) {
  const { args, time, cpu, heap, memory } = { ...reader, ...limits };
  const flags = [`--max-old-space-size=${heap}`, '--max-semi-space-size=8', UNOPTIMIZED];
  const most = String(Math.ceil((memory * UNUSED) / 1024));
  const command = ['-c', BOUNDED, String(cpu), most, process.execPath, ...flags, ...args];
  const child = spawn('/bin/sh', command, { env: {}, stdio: ['pipe', 'pipe', 'ignore'] });
  let failure: Error | undefined;
  child.on('error', (error) => (failure = error));
  yieldTo(child.pid);
  const timer = setTimeout(() => child.kill('SIGKILL'), time);
  const stop = watchMemory(child.pid, memory, () => child.kill('SIGKILL'));
  try {
    const [, verdict] = await Promise.all([send(content, child.stdin), read(child.stdout)]);
    if (failure) throw failure;
    return verdict;
  } finally {
    clearTimeout(timer);
    stop();
    child.kill('SIGKILL');
  }
}

/** A reader's niceness: requests go first, but on a busy machine a file still gets a third of a core. */
const NICE = 5;

function yieldTo(pid: number | undefined) {
  try {
    if (pid) os.setPriority(pid, NICE);
  } catch {
    // It has already ended.
  }
}

/** The process may end before it has read everything; content that cannot be read is an error. */
async function send(content: Iterable<Buffer> | AsyncIterable<Buffer>, to: Writable) {
  let failure: Error | undefined;
  async function* parts() {
    try {
      yield* content;
    } catch (error) {
      failure = error as Error;
    }
  }
  await pipeline(parts, to).catch(() => undefined);
  if (failure) throw failure;
}

async function read(from: Readable): Promise<Verdict> {
  try {
    let answer = '';
    for await (const part of from) {
      answer += String(part);
      if (answer.length > MAX_ANSWER) break;
    }
    return JSON.parse(answer) as Verdict;
  } catch {
    return { problem: 'broken' };
  }
}

const PAGE = 4_096;

/** Only Linux reports another process's memory. */
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
