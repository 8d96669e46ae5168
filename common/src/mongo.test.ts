import { subscribe } from 'node:diagnostics_channel';
import type { Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import mongoose from 'mongoose';
import { isOutage } from './errors';
import { buildIndexes, byBatch } from './mongo';
import { startMongo } from './testing';

/** The maximum duration of a call, with some time to spare. */
const LIMIT = 11_000;

const Notes = mongoose.model('Note', new mongoose.Schema({ text: { type: String, unique: true } }));
const sockets: Socket[] = [];
let mongo: Awaited<ReturnType<typeof startMongo>>;

beforeAll(async () => {
  subscribe('net.client.socket', (message) => sockets.push((message as { socket: Socket }).socket));
  mongo = await startMongo(Notes);
  await Notes.insertMany(['a', 'b', 'c'].map((text) => ({ text })));
});
afterAll(() => mongo.stop());

test('builds indexes and keeps existing ones', async () => {
  await buildIndexes(Notes);
  await expect(Notes.create({ text: 'a' })).rejects.toMatchObject({ code: 11000 });
});

test.each<[string, () => Promise<unknown>]>([
  ['read', () => Notes.findOne({ text: 'a' })],
  [
    'write',
    () => Notes.collection.bulkWrite([{ updateOne: { filter: { text: 'a' }, update: { $set: { read: true } } } }]),
  ],
])('a %s sent while its connection closes fails in time, as an outage', async (_, call) => {
  await Notes.findOne({ text: 'a' });
  for (const socket of sockets) socket.destroy();
  const outcome = await Promise.race([
    call().catch((error: unknown) => error),
    delay(LIMIT, 'nothing', { ref: false }),
  ]);
  expect(outcome).not.toBe('nothing');
  expect(isOutage(outcome)).toBe(true);
  await call();
});

test('a write is answered once a majority has journaled it', async () => {
  const { db } = Notes.db;
  await db?.command({ profile: 2 });
  await Notes.create({ text: 'd' });
  await Notes.collection.bulkWrite([{ insertOne: { document: { text: 'e' } } }]);
  await Notes.findOneAndUpdate({ text: 'd' }, { $set: { text: 'f' } });
  await Notes.findOneAndDelete({ text: 'e' });
  await Notes.findOneAndDelete({ text: 'f' });
  await db?.command({ profile: 0 });
  // The profiler does not record it for compound commands such as updates.
  const told = db
    ?.collection('system.profile')
    .find({ ns: `${db?.databaseName}.notes`, 'command.lsid': { $exists: true } });
  const concerns = await told?.map(({ command }) => (command as { writeConcern?: object }).writeConcern).toArray();
  expect(concerns).toEqual(Array(5).fill({ w: 'majority', j: true }));
});

test('iterating over all documents may take longer than a single call', async () => {
  const read: unknown[] = [];
  for await (const { text } of Notes.collection.find({}, { ...byBatch, batchSize: 1 })) {
    read.push(text);
    if (read.length === 1) await delay(LIMIT);
  }
  expect(read).toEqual(['a', 'b', 'c']);
});
