import mongoose from 'mongoose';
import { apiRoutes } from '../contract/openapi';

/** An operation as recorded by MongoDB's profiler. */
interface Profiled {
  ns: string;
  op: string;
  command: object;
  planSummary?: string;
  docsExamined?: number;
  keysExamined?: number;
  nreturned?: number;
}

/** How much a query may examine beyond what it returns, such as the end of each index range. */
const SLACK = 10;

/** The operations in the test's database while `act` runs, as recorded. */
export async function recorded(act: () => Promise<unknown>): Promise<Profiled[]> {
  const { db } = mongoose.connection;
  await db?.command({ profile: 0 });
  // It may not exist yet.
  await db?.dropCollection('system.profile').catch(() => false);
  await db?.command({ profile: 2 });
  await act();
  await db?.command({ profile: 0 });
  return (await db?.collection('system.profile').find().toArray()) as unknown as Profiled[];
}

/**
 * What a service queries while `act` runs: the collections it reads, and the queries that use no index or examine
 * much more than they return. This is meaningful only for collections with many documents.
 */
export async function profiled(act: () => Promise<unknown>): Promise<{ read: Set<string>; wasteful: string[] }> {
  const all = await recorded(act);
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

/** Pages of every service's desk, tested once for all. */
const COMMON_PAGES = ['audit', 'deadletters'];

/**
 * The same for the pages of a service's support desk; fails if one in the API's description is missing.
 * @param base where they are, such as '/api/orders/support'
 * @param pages what to request of each, by its described path below the base
 */
export async function profiledDesk(
  base: string,
  pages: Record<string, string[]>,
  view: (path: string) => PromiseLike<unknown>,
) {
  const described = apiRoutes.filter(({ method, path }) => method === 'get' && path.startsWith(base));
  const viewed = [...Object.keys(pages), ...COMMON_PAGES].map((page) => `${base}/${page}`);
  expect(viewed.sort()).toEqual(described.map(({ path }) => path).sort());
  return profiled(async () => {
    for (const page of Object.values(pages).flat()) await view(`${base}/${page}`);
  });
}
