import { setTimeout as sleep } from 'node:timers/promises';
import mongoose, { type mongo } from 'mongoose';
import { operatorUri, type Service, type Stack } from '@ticketing/local';
import { copy, idsIn } from './copies';
import type { Sale } from './market';
import type { Bench } from './result';

const BATCH = 2_000;

/**
 * Adds that many tickets. On our own stack they are copies of its newest ticket, written directly to the database,
 * since only the list needs them; elsewhere they are listed through the API.
 */
export async function fillTickets({ market, target }: Bench, count: number): Promise<void> {
  if (!target.stack) {
    await market.createTickets(count);
    return;
  }
  const connection = await mongoose.createConnection(operatorUri(target.stack, 'mongo-tickets')).asPromise();
  try {
    const collection = await findTickets(connection.getClient());
    const newest = await collection.findOne({ status: 'available' }, { sort: { _id: -1 }, projection: { _id: 0 } });
    if (!newest) throw new Error('There is no available ticket in the database of tickets to copy');
    for (let left = count; left > 0; left -= BATCH) {
      await collection.insertMany(Array.from({ length: Math.min(left, BATCH) }, () => ({ ...newest })));
    }
  } finally {
    await connection.close();
  }
}

/** What a service keeps of a sale: the collection, which documents are of it, and fields that would have it do something. */
const kept: { service: Service; collection: string; of: (sale: Sale) => object; without: string[] }[] = [
  { service: 'orders', collection: 'orders', of: ({ id }) => ({ _id: asId(id) }), without: ['checkAt', 'dueAt'] },
  {
    service: 'orders',
    collection: 'journal',
    of: ({ id, ticketId }) => ({ story: new RegExp(`^(${id}$|${ticketId}:)`) }),
    without: [],
  },
  { service: 'payments', collection: 'payments', of: ({ id }) => ({ orderId: id }), without: ['checkAt'] },
  { service: 'payments', collection: 'orders', of: ({ id }) => ({ _id: asId(id) }), without: [] },
  { service: 'auth', collection: 'messages', of: ({ id }) => ({ _id: new RegExp(`^${id}/`) }), without: ['dueAt'] },
];

const asId = (id: string) => new mongoose.Types.ObjectId(id);

/**
 * Adds that many sales: copies of one, each with a ticket, a buyer and a seller of its own, as all services keep them.
 * Stripe does not know them: the audit of payments rests.
 */
export async function fillSales(stack: Stack, sale: Sale, count: number): Promise<void> {
  const services = [...new Set(kept.map(({ service }) => service))];
  const open = services.map((service) => mongoose.createConnection(operatorUri(stack, `mongo-${service}`, service)));
  const connections = new Map(services.map((service, index) => [service, open[index]!]));
  try {
    await Promise.all(open.map((connection) => connection.asPromise()));
    const dbOf = (service: Service) => connections.get(service)!.db!;
    await Promise.all([pauseAudit(dbOf('payments')), untilTold(dbOf('orders'), sale)]);
    const found = await Promise.all(
      kept.map(async ({ service, collection, of, without }) => {
        const documents = await dbOf(service).collection(collection).find(of(sale)).toArray();
        if (documents.length === 0) throw new Error(`${service} has nothing in ${collection} of order ${sale.id}`);
        for (const document of documents) {
          for (const field of without) delete document[field];
          if (document['outbox']) document['outbox'] = [];
        }
        return { service, collection, documents };
      }),
    );
    const ids = idsIn(found.map(({ documents }) => documents));
    // One collection of a database after the other, the databases side by side.
    await Promise.all(
      services.map(async (own) => {
        for (const { service, collection, documents } of found)
          if (service === own) await copy(dbOf(service), collection, documents, ids, count);
      }),
    );
  } finally {
    await Promise.all(open.map((connection) => connection.close()));
  }
}

const TOLD_WITHIN_MS = 60_000;

/** Waits until a sale's story is complete: the messages about it, one to each side, are sent and noted. */
async function untilTold(db: mongo.Db, { id }: Sale): Promise<void> {
  const deadline = performance.now() + TOLD_WITHIN_MS;
  const told = { story: id, subject: 'message:sent' };
  while ((await db.collection('journal').countDocuments(told)) < 2) {
    if (performance.now() > deadline) throw new Error(`Nobody is told of order ${id} after a minute`);
    await sleep(100);
  }
}

const pauseAudit = (db: mongo.Db) =>
  db
    .collection<{ _id: string; until: Date }>('audits')
    .updateOne({ _id: 'payments' }, { $set: { until: new Date('9999-01-01') } }, { upsert: true });

/** The tickets collection, in whichever database of the service's own mongod it is. */
async function findTickets(client: mongo.MongoClient): Promise<mongo.Collection> {
  const { databases } = await client.db().admin().listDatabases();
  for (const { name } of databases) {
    const database = client.db(name);
    if ((await database.listCollections({ name: 'tickets' }).toArray()).length > 0)
      return database.collection('tickets');
  }
  throw new Error('No database of mongo-tickets has a collection "tickets"');
}
