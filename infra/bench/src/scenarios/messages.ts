import { setTimeout as sleep } from 'node:timers/promises';
import mongoose from 'mongoose';
import { operatorUri, type Stack } from '@ticketing/local';
import { readMetrics } from '../metrics';
import { cpuMs } from '../processes';
import { say } from '../progress';
import type { Bench, Result } from '../result';
import { median } from '../statistics';
import { pidsOf } from '../target';

const MESSAGES = 1_000;
const WITHIN_MS = 300_000;
const SENT = 'ticketing_messages_total';

/** A ticket's message: the largest kind, with a calendar file. */
const facts = {
  ...{ orderId: 'f'.repeat(24), title: 'Der Freischütz', price: 8_900, venue: 'Semperoper', city: 'Dresden' },
  ...{ startsAt: '2031-03-09T18:30:00.000Z', timeZone: 'Europe/Berlin', place: ['Balcony 2', '4', '12'] },
  ...{ role: 'buyer', soldAt: '2031-01-01T00:00:00.000Z', deliverBy: null, reason: null, claim: null },
};

/** Queues the messages, as events would in auth. */
async function owe(stack: Stack, round: number): Promise<void> {
  const connection = await mongoose.createConnection(operatorUri(stack, 'mongo-auth', 'auth')).asPromise();
  try {
    const user = await connection.collection('users').findOne({}, { projection: { _id: 1 } });
    const [to, at] = [String(user?._id), new Date()];
    const message = (index: number) => ({
      ...{ _id: `bench-${round}-${index}/bought/${to}`, kind: 'bought', to, facts, tries: 0, dueAt: at, owedAt: at },
    });
    const messages = connection.collection<ReturnType<typeof message>>('messages');
    await messages.insertMany(Array.from({ length: MESSAGES }, (_, index) => message(index)));
  } finally {
    await connection.close();
  }
}

/**
 * How many messages auth could send per minute if it and its database had one core, computed from the CPU time that the
 * messages take, so that other load on the machine does not matter.
 */
export async function messages({ options, target: { stack, origins } }: Bench): Promise<Result> {
  if (!stack) throw new Error('Messages are measured on a stack of our own');
  const [origin] = origins('auth');
  const sent = async () => (await readMetrics(origin)).get(SENT) ?? 0;
  const pids = Object.entries(pidsOf(stack)).filter(([name]) => /^(auth(-\d+)?|mongo-auth)$/.test(name));
  const cpu = () => pids.reduce((total, [, pid]) => total + cpuMs(pid), 0);
  const rates: number[] = [];
  for (let round = 0; round < options.rounds; round++) {
    say(`${MESSAGES} messages, round ${round + 1} of ${options.rounds}`);
    const [before, started, deadline] = [await sent(), cpu(), performance.now() + WITHIN_MS];
    await owe(stack, round);
    while ((await sent()) < before + MESSAGES) {
      if (performance.now() > deadline)
        throw new Error('Messages are still waiting after five minutes: see the log of auth');
      await sleep(200);
    }
    rates.push((60_000 * MESSAGES) / (cpu() - started));
  }
  const aim = { of: 'measured', atLeast: MESSAGES } as const;
  const name = 'messages per minute on one core, of auth and its database';
  const rate = median(rates);
  const figures = [
    { name, unit: '/min', measured: rate, aim },
    { name: 'CPU time per message', unit: 'ms', measured: 60_000 / rate },
  ];
  return { figures, wrong: {}, raw: rates };
}
