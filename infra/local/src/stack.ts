import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DataFolder } from './data';
import { startGuard } from './guard';
import { lastLines } from './logs.cjs';
import { Part, type Death, type PartKind, type PartPlan, type PartStatus } from './part';
import type { Reporter } from './reporter.cjs';

/** A running stack. */
export interface Stack {
  /** The proxy's URL, without a trailing slash. */
  readonly url: string;
  /** The folder of its databases, streams and logs. */
  readonly data: string;
  /** The parts as they are now. */
  readonly parts: PartStatus[];
  /** A part by name, as it is now. Throws if there is none. */
  part(name: string): PartStatus;
  /**
   * Stops everything in order, after answering requests in progress, which takes a minute or two at worst. Safe to call more
   * than once.
   */
  stop(): Promise<void>;
  /** Settles once the stack has stopped: rejects with the reason if a part failed too often. */
  readonly ended: Promise<Error | undefined>;
}

/** What a stack is made of. */
export interface StackPlan {
  url: string;
  parts: PartPlan[];
  folder: DataFolder;
  reporter: Reporter;
}

// Dependents stop before what they use.
const STOP_ORDER: PartKind[] = [
  'compiler',
  'proxy',
  'client',
  'service',
  'stripe',
  'mailbox',
  'nats',
  'redis',
  'mongo',
];
const READY_WITHIN_MS = 300_000;
/** After this time, what stopping waits for is reported. */
const STOPS_SILENTLY_MS = 2_000;

/**
 * Starts all parts at once, except the proxy, which starts once every other part is ready; waits until it is, too.
 * @param signal stops the stack, also while it is starting
 * @param kill kills all parts at once, whatever they are doing
 * @throws Error if a part fails too often or is not ready within five minutes; everything has been stopped then
 */
export async function launch(plan: StackPlan, signal?: AbortSignal, kill?: AbortSignal): Promise<Stack> {
  const stack = new RunningStack(plan);
  const stop = () => void stack.stop();
  const killAll = () => stack.kill();
  signal?.addEventListener('abort', stop, { once: true });
  kill?.addEventListener('abort', killAll, { once: true });
  void stack.ended.then(() => {
    signal?.removeEventListener('abort', stop);
    kill?.removeEventListener('abort', killAll);
  });
  stack.start();
  if (signal?.aborted) stop();
  try {
    await stack.untilReady();
  } catch (error) {
    await stack.stop();
    throw error;
  }
  return stack;
}

const isProxy = ({ plan }: Part) => plan.kind === 'proxy';

class RunningStack implements Stack {
  readonly url: string;
  readonly data: string;
  readonly ended: Promise<Error | undefined>;
  private settle: (failure?: Error) => void = () => undefined;
  private stopping: Promise<void> | undefined;
  private readonly running: Part[];
  private readonly guard;

  constructor(private readonly plan: StackPlan) {
    this.url = plan.url;
    this.data = plan.folder.path;
    this.ended = new Promise((resolve) => (this.settle = resolve));
    this.guard = startGuard(plan.folder.guardNote, plan.folder.stackFile);
    const observer = {
      changed: () => this.note(),
      died: (death: Death) => plan.reporter.say(`\n${describe(death)}\n  It starts again in a second.\n`),
      gaveUp: (death: Death) => this.fail(death),
    };
    this.running = plan.parts.map((part) => new Part(part, observer));
  }

  get parts(): PartStatus[] {
    return this.running.map((part) => part.status);
  }

  part(name: string): PartStatus {
    const part = this.parts.find((each) => each.name === name);
    if (!part) throw new Error(`No part is named ${name}: there are ${this.parts.map((each) => each.name).join(', ')}`);
    return part;
  }

  start(): void {
    for (const part of this.running) if (!isProxy(part)) part.start();
  }

  async untilReady(): Promise<void> {
    const waiting = new Set(this.running);
    const late = new AbortController();
    const tooLate = sleep(READY_WITHIN_MS, undefined, { signal: late.signal }).then(() => {
      throw new Error(['The stack is not ready after five minutes.', ...[...waiting].map(describeLate)].join('\n'));
    });
    const stopped = this.ended.then((failure) => {
      throw failure ?? new Error('Stopped before it was ready');
    });
    const ready = async (part: Part) => {
      await part.untilReady();
      if (this.stopping) return stopped;
      waiting.delete(part);
      this.plan.reporter.say(`    ${part.plan.name} is ready`);
    };
    const allReady = async () => {
      await Promise.all(this.running.filter((part) => !isProxy(part)).map(ready));
      const proxies = this.running.filter(isProxy);
      for (const proxy of proxies) proxy.start();
      await Promise.all(proxies.map(ready));
    };
    try {
      await Promise.race([allReady(), tooLate, stopped]);
    } finally {
      late.abort();
    }
  }

  stop(): Promise<void> {
    this.stopping ??= this.stopInOrder().finally(() => this.settle());
    return this.stopping;
  }

  /** Kills all parts at once; whoever is waiting for the stop, or calls it, no longer waits. */
  kill(): void {
    for (const part of this.running) part.kill();
    void this.stop();
  }

  private async stopInOrder(): Promise<void> {
    for (const kind of STOP_ORDER) await this.stopParts(this.running.filter((part) => part.plan.kind === kind));
    await this.guard.release();
    this.plan.folder.release();
  }

  private async stopParts(parts: Part[]): Promise<void> {
    const tell = setTimeout(() => {
      const names = parts.filter((part) => part.status.pid !== null).map((part) => part.plan.name);
      this.plan.reporter.say(
        `  … ${names.join(', ')}: what is under way is finished first; Ctrl-C again ends all at once`,
      );
    }, STOPS_SILENTLY_MS);
    await Promise.all(parts.map((part) => part.stop()));
    clearTimeout(tell);
  }

  private fail(death: Death): void {
    if (this.stopping) return;
    const failure = new Error(`${describe(death)}\nIt failed five times within a minute, so the stack stopped.`);
    this.stopping = this.stopInOrder().finally(() => this.settle(failure));
  }

  /** Keeps stack.json up to date; a reader sees the old text or the new one, never a mixture. */
  private note(): void {
    const { stackFile } = this.plan.folder;
    const draft = path.join(this.data, '.stack.json');
    fs.writeFileSync(draft, `${JSON.stringify({ url: this.url, parts: this.parts }, null, 2)}\n`);
    fs.renameSync(draft, stackFile);
    this.guard.watch(this.parts.flatMap(({ pid }) => pid ?? []));
  }
}

function describe({ name, reason, lines }: Death): string {
  return [`✗ ${name} ${reason}`, ...indent(lines)].join('\n');
}

function describeLate({ plan }: Part): string {
  return [`${plan.name} is not ready; the last lines of ${plan.log}:`, ...indent(lastLines(plan.log))].join('\n');
}

function indent(lines: string[]): string[] {
  return lines.map((line) => `    ${line}`);
}
