import mongoose, { type mongo } from 'mongoose';
import { operatorUri, type Stack } from '@ticketing/local';
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

/** Adds that many sales: copies of an order, each of a ticket, a buyer and a seller of its own. */
export async function fillOrders(stack: Stack, id: string, count: number): Promise<void> {
  const connection = await mongoose.createConnection(operatorUri(stack, 'mongo-orders', 'orders')).asPromise();
  try {
    const collection = connection.collection('orders');
    const projection = { _id: 0, slot: 0, checkAt: 0 };
    const order = await collection.findOne({ _id: new mongoose.Types.ObjectId(id) }, { projection });
    if (!order) throw new Error(`There is no order ${id} in the database of orders to copy`);
    const { ticket, ...rest } = order as { ticket?: object };
    const newId = () => new mongoose.Types.ObjectId().toString();
    const copy = () => ({
      ...{ ...rest, outbox: [], status: 'complete', userId: newId(), completedAt: new Date() },
      ticket: { ...ticket, id: newId(), userId: newId() },
    });
    for (let left = count; left > 0; left -= BATCH)
      await collection.insertMany(Array.from({ length: Math.min(left, BATCH) }, copy));
  } finally {
    await connection.close();
  }
}

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
