import mongoose, { type mongo } from 'mongoose';
import { operatorUri } from '@ticketing/local';
import type { Bench } from './result';

const BATCH = 2_000;

/**
 * Adds that many tickets. On our own stack they are copies of its newest ticket, written directly into the database,
 * since only the list needs to see them; elsewhere they are listed through the API.
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
