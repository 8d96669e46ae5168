import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { startStack, type Stack } from '@ticketing/local';
import { Bank } from './bank';
import { eventually } from './eventually';
import { crowd, type Person } from './people';

const SERVICES = ['auth', 'tickets', 'orders', 'payments', 'expiration'];

interface SystemOptions {
  /** How long an order holds its ticket. */
  windowSeconds: number;
  /** How many processes each service has; 1 unless set. */
  replicas?: number;
}

/** A whole system of its own for one test file, on real servers and free ports. */
export class System {
  readonly bank: Bank;

  private constructor(
    private readonly stack: Stack,
    private readonly folder: string,
    private readonly jwtKey: string,
  ) {
    this.bank = new Bank(stack);
  }

  static async start({ windowSeconds, replicas }: SystemOptions): Promise<System> {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'ticketing-e2e-'));
    const jwtKey = randomBytes(32).toString('hex');
    const env = { ORDER_WINDOW_SECONDS: `${windowSeconds}`, JWT_KEY: jwtKey, STRIPE_KEY: '' };
    try {
      return new System(await startStack({ data: folder, replicas, env }), folder, jwtKey);
    } catch (error) {
      fs.rmSync(folder, { recursive: true });
      throw error;
    }
  }

  get url(): string {
    return this.stack.url;
  }

  /** People without an account, but with a session. */
  crowd = (size: number): Person[] => crowd(this.url, this.jwtKey, size);

  portOf = (name: string): number => this.stack.part(name).port;

  /** Sends a signal to a part's process. */
  signal(name: string, signal: NodeJS.Signals): void {
    const { pid } = this.stack.part(name);
    if (!pid) throw new Error(`${name} does not run now`);
    process.kill(pid, signal);
  }

  /** Waits until every service says that it is ready. */
  untilReady = () => eventually(() => Promise.all(this.services().map((port) => read(port, '/readyz'))));

  /** Waits until no event is unsent anywhere; none may have been given up. */
  async expectNothingLost(): Promise<void> {
    await eventually(async () => {
      const metrics = await Promise.all(this.services().map((port) => read(port, '/metrics')));
      expect(sum(metrics, 'ticketing_events_parked_total')).toBe(0);
      expect(sum(metrics, 'ticketing_outbox_unsent')).toBe(0);
    });
  }

  async stop(): Promise<void> {
    await this.stack.stop();
    fs.rmSync(this.folder, { recursive: true });
  }

  private services(): number[] {
    return this.stack.parts.filter(({ name }) => SERVICES.includes(name.replace(/-\d+$/, ''))).map(({ port }) => port);
  }
}

async function read(port: number, page: string): Promise<string> {
  const response = await fetch(`http://127.0.0.1:${port}${page}`);
  if (!response.ok) throw new Error(`${page} of port ${port} was answered ${response.status}`);
  return response.text();
}

/** A metric, summed over all services and labels. */
function sum(metrics: string[], name: string): number {
  const lines = metrics.join('\n').split('\n');
  if (!lines.some((line) => line.startsWith(`# TYPE ${name} `))) throw new Error(`No service shows the metric ${name}`);
  const samples = lines.filter((line) => line.startsWith(`${name}{`) || line.startsWith(`${name} `));
  return samples.reduce((total, line) => total + Number(line.split(' ').at(-1)), 0);
}
