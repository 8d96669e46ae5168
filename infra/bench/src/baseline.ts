import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { get, post, send, type Call } from './http';
import type { Origins } from './target';

/** Write durability of the baseline's holds: MongoDB's default, or the services' own. */
export const durabilities = ['default', 'durable'] as const;
export type Durability = (typeof durabilities)[number];

/** The running baseline, on one port. */
export interface Baseline {
  origins: Origins;
  pid: number;
  /** A hold on the baseline's next ticket. */
  hold(durability: Durability): Call;
  list(): Call;
  stop(): Promise<void>;
}

const TICKETS = 10_000;

/** Starts the baseline on the database at a URL, filled with tickets. */
export async function startBaseline(mongoUri: string): Promise<Baseline> {
  const child = fork(path.join(__dirname, 'baselineServer.js'), [mongoUri]);
  const exit = once(child, 'exit');
  const [port] = (await Promise.race([once(child, 'message'), exit])) as [unknown];
  if (!child.connected || !child.pid) throw new Error('The baseline did not start: see its output above');
  const origin = `http://127.0.0.1:${String(port)}`;
  const { body } = await send(origin, post('/tickets', { count: TICKETS }));
  const ticketIds = JSON.parse(body) as string[];
  let holds = 0;
  return {
    origins: [origin],
    pid: child.pid,
    hold: (durability) => post(`/holds/${durability}`, { ticketId: ticketIds[holds++ % TICKETS] }),
    list: () => get('/tickets'),
    async stop() {
      if (child.connected) child.disconnect();
      await exit;
    },
  };
}
