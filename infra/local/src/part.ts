import { spawn, type ChildProcess } from 'node:child_process';
import fs from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { lastLines } from './logs.cjs';
import type { Probe } from './probes';

/** What a part is; parts of one kind are stopped together. */
export type PartKind = 'compiler' | 'proxy' | 'client' | 'service' | 'stripe' | 'nats' | 'redis' | 'mongo';

/** How to run a part of the stack. */
export interface PartPlan {
  name: string;
  kind: PartKind;
  command: string;
  args: string[];
  env?: NodeJS.ProcessEnv;
  cwd?: string;
  port: number;
  /** The file that takes all it writes. */
  log: string;
  ready: Probe;
  /** How many milliseconds it may take to stop before it is killed; ten seconds unless set. */
  stopWithinMs?: number;
}

/** A part as `stack.json` tells it; `pid` is null while none runs. */
export interface PartStatus {
  name: string;
  pid: number | null;
  port: number;
  log: string;
}

/** How a part ended that should not have: `reason` is like "was killed by SIGKILL", `lines` are the last of its log. */
export interface Death {
  name: string;
  reason: string;
  lines: string[];
}

/** What a part tells its stack. */
export interface PartObserver {
  /** Its status is another one now. */
  changed(): void;
  /** It died, and starts again after a second. */
  died(death: Death): void;
  /** It died for the last time: it fails too often. */
  gaveUp(death: Death): void;
}

const RESTART_AFTER_MS = 1_000;
const MOST_DEATHS = 5;
const DEATHS_WITHIN_MS = 60_000;
const STOP_WITHIN_MS = 10_000;

/** One process of the stack, started again whenever it dies, until it is stopped. */
export class Part {
  private child: ChildProcess | undefined;
  private end: Promise<void> | undefined;
  private readonly stopped = new AbortController();
  private deaths: number[] = [];

  constructor(
    readonly plan: PartPlan,
    private readonly observer: PartObserver,
  ) {}

  get status(): PartStatus {
    const { name, port, log } = this.plan;
    return { name, pid: this.child?.pid ?? null, port, log };
  }

  /** Starts the process, in a process group of its own: a Ctrl-C in the terminal reaches the stack alone. */
  start(): void {
    const { command, args, cwd, env, log } = this.plan;
    const output = fs.openSync(log, 'a');
    const child = spawn(command, args, { cwd, env, detached: true, stdio: ['ignore', output, output] });
    fs.closeSync(output);
    this.child = child;
    this.end = new Promise<string>((resolve) => {
      child.once('error', (error) => resolve(`could not be started: ${error.message}`));
      child.once('exit', (code, signal) => resolve(signal ? `was killed by ${signal}` : `exited with code ${code}`));
    }).then((reason) => this.ended(child, reason));
    this.observer.changed();
  }

  /** Waits until the part is ready, or is to stop. */
  async untilReady(): Promise<void> {
    while (!this.stopped.signal.aborted && !(await this.plan.ready())) await sleep(100);
  }

  /** Ends the process for good: asks it with SIGTERM, and kills it if it takes too long. */
  async stop(): Promise<void> {
    this.stopped.abort();
    const { child } = this;
    if (!child) return;
    signalGroup(child, 'SIGTERM');
    const late = setTimeout(() => signalGroup(child, 'SIGKILL'), this.plan.stopWithinMs ?? STOP_WITHIN_MS);
    await this.end;
    clearTimeout(late);
  }

  /** Ends the process for good, whatever it is at. */
  kill(): void {
    this.stopped.abort();
    if (this.child) signalGroup(this.child, 'SIGKILL');
  }

  private ended(child: ChildProcess, reason: string): void {
    signalGroup(child, 'SIGKILL');
    this.child = undefined;
    this.observer.changed();
    if (!this.stopped.signal.aborted) this.startAgain(reason);
  }

  private startAgain(reason: string): void {
    const death = { name: this.plan.name, reason, lines: lastLines(this.plan.log) };
    const now = Date.now();
    this.deaths = [...this.deaths.filter((time) => time > now - DEATHS_WITHIN_MS), now];
    if (this.deaths.length >= MOST_DEATHS) {
      this.observer.gaveUp(death);
      return;
    }
    this.observer.died(death);
    const restart = setTimeout(() => this.start(), RESTART_AFTER_MS);
    this.stopped.signal.addEventListener('abort', () => clearTimeout(restart));
  }
}

/** Signals a process and those that it started; what has ended already (EPERM on macOS) needs none. */
function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (!child.pid) return;
  try {
    process.kill(-child.pid, signal);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ESRCH' && code !== 'EPERM') throw error;
  }
}
