import mongoose from 'mongoose';

/** What MongoDB's profiler says of an operation. */
interface Profiled {
  ns: string;
  op: string;
  command: object;
  planSummary?: string;
  docsExamined?: number;
  keysExamined?: number;
  nreturned?: number;
}

/** What a query may look at besides what it returns, such as the end of each range of its index. */
const SLACK = 10;

/**
 * What a service asks its database while `act` runs: the collections it reads, and the queries that go by no index, or look
 * at more than about what they return. Only of collections with many documents does that tell something.
 */
export async function profiled(act: () => Promise<unknown>): Promise<{ read: Set<string>; wasteful: string[] }> {
  const { db } = mongoose.connection;
  await db?.command({ profile: 0 });
  // There may be none yet.
  await db?.dropCollection('system.profile').catch(() => false);
  await db?.command({ profile: 2 });
  await act();
  await db?.command({ profile: 0 });
  const all = (await db?.collection('system.profile').find().toArray()) as unknown as Profiled[];
  const asked = all.filter(({ op, ns, planSummary }) => planSummary !== undefined && /query|command/.test(op) && ns);
  const nameOf = ({ ns }: Profiled) => ns.slice(ns.indexOf('.') + 1);
  const wasteful = asked.filter(
    ({ planSummary = '', docsExamined = 0, keysExamined = 0, nreturned = 0 }) =>
      planSummary.includes('COLLSCAN') || docsExamined > nreturned + SLACK || keysExamined > 2 * nreturned + SLACK,
  );
  return {
    read: new Set(asked.map(nameOf)),
    wasteful: wasteful.map((each) =>
      [
        ...[nameOf(each), each.planSummary, each.docsExamined, each.keysExamined, each.nreturned],
        JSON.stringify(each.command).slice(0, 300),
      ].join(' '),
    ),
  };
}
