import { spawn, type ChildProcess } from 'node:child_process';
import fs from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { lastLines } from './logs.cjs';
import type { Probe } from './probes';

/** A part's kind; parts of one kind stop together. */
export type PartKind = 'compiler' | 'proxy' | 'client' | 'service' | 'stripe' | 'mailbox' | 'nats' | 'redis' | 'mongo';

/** How to run a part of the stack. */
export interface PartPlan {
  name: string;
  kind: PartKind;
  command: string;
  args: string[];
  env?: NodeJS.ProcessEnv;
  cwd?: string;
  port: number;
  /** Its log file. */
  log: string;
  ready: Probe;
  /** Milliseconds it may take to stop before it is killed; default ten seconds. */
  stopWithinMs?: number;
}

/** A part as in `stack.json`; `pid` is null while none runs. */
export interface PartStatus {
  name: string;
  pid: number | null;
  port: number;
  log: string;
}

/** An unexpected exit: `reason` is like "was killed by SIGKILL", `lines` are the last of its log. */
export interface Death {
  name: string;
  reason: string;
  lines: string[];
}

/** A part's events. */
export interface PartObserver {
  /** Its status has changed. */
  changed(): void;
  /** It exited, and restarts after a second. */
  died(death: Death): void;
  /** It exited too often and is not restarted. */
  gaveUp(death: Death): void;
}

const RESTART_AFTER_MS = 1_000;
const MOST_DEATHS = 5;
const DEATHS_WITHIN_MS = 60_000;
const STOP_WITHIN_MS = 10_000;

/** One process of the stack, restarted whenever it exits, until stopped. */
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

  /** Starts the process in its own process group: Ctrl-C in the terminal reaches only the stack. */
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

  /** Waits until the part is ready or stopping. */
  async untilReady(): Promise<void> {
    while (!this.stopped.signal.aborted && !(await this.plan.ready())) await sleep(100);
  }

  /** Stops the process for good: with SIGTERM, then kills it if it takes too long. */
  async stop(): Promise<void> {
    this.stopped.abort();
    const { child } = this;
    if (!child) return;
    signalGroup(child, 'SIGTERM');
    const late = setTimeout(() => signalGroup(child, 'SIGKILL'), this.plan.stopWithinMs ?? STOP_WITHIN_MS);
    await this.end;
    clearTimeout(late);
  }

  /** Kills the process for good. */
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

/** Signals a process and its children; ones that have already exited (EPERM on macOS) are ignored. */
function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (!child.pid) return;
  try {
    process.kill(-child.pid, signal);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ESRCH' && code !== 'EPERM') throw error;
  }
}
