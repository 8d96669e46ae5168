import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { names, operatorUri, secretOf, startStack, type Stack } from '@ticketing/local';
import { Bank } from './bank';
import { elsewhere, setShared, shared } from './config';
import { eventually } from './eventually';
import { Mailbox } from './mailbox';
import { read, sum } from './metrics';
import { aged, crowd, signedIn, stranger, type Person } from './people';

/** How long orders of the shared system hold their tickets. */
export const SHARED_WINDOW_SECONDS = 600;

export interface SystemOptions {
  /** How long an order holds its ticket. */
  windowSeconds: number;
  /** Processes per service; default 1. */
  replicas?: number;
  /** Further settings, such as `PAYOUT_HOURS`. */
  env?: Record<string, string>;
}

/** A stack started by this process. */
interface Own {
  stack: Stack;
  folder: string;
}

/**
 * A complete system on real servers and free ports: a test file's own, one that several files share, or one that
 * runs elsewhere.
 */
export class System {
  readonly bank: Bank;
  readonly mailbox: Mailbox;

  private constructor(
    /** Without a trailing slash. */
    readonly url: string,
    private readonly services: string[],
    private readonly stripe: string,
    mailbox: string,
    private readonly jwtKey?: string,
    private readonly started?: Own,
  ) {
    this.bank = new Bank(stripe);
    this.mailbox = new Mailbox(mailbox);
  }

  /** The shared system: its market is not empty, and its parts must not be disturbed. */
  static shared(): System {
    const place = elsewhere ?? shared;
    if (!place) throw new Error('No system is shared with this file: list it in jest.config.cjs');
    return new System(place.url, place.services, place.stripe, place.mailbox, shared?.jwtKey);
  }

  /** The system of a group of test files: see `together`. */
  private static joint?: System;

  /** Starts the system that every `start` in this process returns from now on, until the returned function stops it. */
  static async join(options: SystemOptions): Promise<() => Promise<void>> {
    const system = await System.start(options);
    System.joint = system;
    return async () => {
      System.joint = undefined;
      await system.stop();
    };
  }

  static async start({ windowSeconds, replicas, env: more }: SystemOptions): Promise<System> {
    if (System.joint) return System.joint;
    if (elsewhere) return new System(elsewhere.url, elsewhere.services, elsewhere.stripe, elsewhere.mailbox);
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'ticketing-e2e-'));
    const jwtKey = randomBytes(32).toString('hex');
    const env = {
      ORDER_WINDOW_SECONDS: `${windowSeconds}`,
      HOLDS_PER_BUYER: '1000',
      SIGNUPS_PER_ADDRESS: '10000',
      JWT_KEY: jwtKey,
      STRIPE_KEY: '',
      SMTP_URL: '',
      ...more,
    };
    try {
      const stack = await startStack({ data: folder, replicas, env });
      const services = stack.parts
        .filter(({ name }) => names.some((service) => service === name.replace(/-\d+$/, '')))
        .map(({ port }) => local(port));
      const [stripe, mailbox] = ['stripe', 'mailbox'].map((name) => local(stack.part(name).port)) as [string, string];
      return new System(stack.url, services, stripe, mailbox, jwtKey, { stack, folder });
    } catch (error) {
      fs.rmSync(folder, { recursive: true });
      throw error;
    }
  }

  /** Users without an account, but with a session. */
  crowd = (size: number): Person[] => crowd(this.url, this.key, size);

  /** Someone at the support desk, in a session as if signed in with a second factor. */
  desk = (person = stranger()): Person => signedIn(this.url, this.key, person, 'support');

  /** A session's cookie, as if issued an hour ago. */
  anHourLater = (cookie: string): string => aged(this.key, cookie, 3_600);

  private get key(): string {
    if (this.jwtKey) return this.jwtKey;
    throw new Error('A remote system signs its own sessions: run this without SYSTEM_URL');
  }

  /** Lets test files that start from now on share this system. */
  share(): void {
    const { url, services, stripe, mailbox, jwtKey } = this;
    const accounts = operatorUri(this.own.stack, 'mongo-auth', 'auth');
    if (jwtKey) setShared({ url, services, stripe, mailbox: mailbox.url, jwtKey, accounts });
  }

  /** The URI of a service's database, for an operator. */
  databaseOf = (service: string): string => operatorUri(this.own.stack, `mongo-${service}`, service);

  secret = (name: string): string => secretOf(this.own.stack, name);

  get natsUrl(): string {
    return `nats://ticketing:${this.secret('nats-password')}@127.0.0.1:${this.portOf('nats')}`;
  }

  /** The folder of its databases, logs and notes. */
  get data(): string {
    return this.own.folder;
  }

  portOf = (name: string): number => this.own.stack.part(name).port;

  /** Runs a command of a service, as an operator does. Returns what it prints; if it fails, throws with that. */
  async command(service: string, ...args: string[]): Promise<string> {
    const operate = path.join(__dirname, '../../local/operate.mjs');
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [operate, '--data', this.own.folder, service, ...args],
      {
        env: { JWT_KEY: this.jwtKey, STRIPE_KEY: '', SMTP_URL: '' },
      },
    );
    return stdout;
  }

  /** Sends a signal to a part's process. */
  signal(name: string, signal: NodeJS.Signals): void {
    const { pid } = this.own.stack.part(name);
    if (!pid) throw new Error(`${name} is not running`);
    process.kill(pid, signal);
  }

  /** Waits until every service is ready. */
  untilReady = () => eventually(() => Promise.all(this.services.map((service) => read(`${service}/readyz`))));

  /** Waits until no event is unsent anywhere; none may be parked. */
  async expectNothingLost(): Promise<void> {
    const metrics = await eventually(async () => {
      const metrics = await Promise.all(this.services.map((service) => read(`${service}/metrics`)));
      expect(sum(metrics, 'ticketing_outbox_unsent')).toBe(0);
      return metrics;
    });
    expect(sum(metrics, 'ticketing_events_parked_total') && this.parked()).toBe(0);
  }

  /** A metric, summed over all services and those of its labels that are not named. */
  async metric(name: string): Promise<number> {
    return sum(await Promise.all(this.services.map((service) => read(`${service}/metrics`))), name);
  }

  async stop(): Promise<void> {
    if (!this.started || this === System.joint) return;
    await this.started.stack.stop();
    fs.rmSync(this.started.folder, { recursive: true });
  }

  /** The services' log lines about parked events, with their causes. */
  private parked(): string[] {
    if (!this.started) return ['see the dead letters'];
    const folder = path.join(this.started.folder, 'logs');
    const lines = fs
      .readdirSync(folder)
      .flatMap((file) => fs.readFileSync(path.join(folder, file), 'utf8').split('\n'));
    return lines.filter((line) => line.includes('event parked'));
  }

  private get own(): Own {
    if (!this.started) throw new Error('This test needs its own stack: run it without SYSTEM_URL');
    return this.started;
  }
}

const local = (port: number) => `http://127.0.0.1:${port}`;
