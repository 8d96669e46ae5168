import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import mongoose from 'mongoose';
import { copy, idsIn } from './copies';
import { startMongod, type Mongod } from './mongod';

const { ObjectId } = mongoose.Types;
let folder: string;
let mongod: Mongod;
let connection: mongoose.Connection;
beforeAll(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'ticketing-copies-'));
  mongod = await startMongod(folder);
  connection = await mongoose.createConnection(`mongodb://127.0.0.1:${mongod.port}/copies`).asPromise();
});
afterAll(async () => {
  await connection.close();
  await mongod.stop();
  fs.rmSync(folder, { recursive: true });
});

test('copies have ids of their own, which belong together across collections', async () => {
  const [order, buyer] = [new ObjectId(), new ObjectId().toString()];
  const at = new Date();
  const orders = [{ _id: order, userId: buyer, at, price: 20.5, note: null, list: [{ by: buyer }, 'x'], empty: {} }];
  const entries = ['created', 'sold'].map((what) => ({
    ...{ _id: `${order.toString()}:${what}`, story: order.toString(), cost: '$20', pi: `pi_${order.toString()}_x` },
  }));
  const ids = idsIn([orders, entries]);
  expect([...ids.keys()].sort()).toEqual([order.toString(), buyer].sort());
  const { db } = connection;
  for (const [name, documents] of Object.entries({ orders, entries })) await copy(db!, name, documents, ids, 20_001);

  const made = await connection.collection('orders').find().sort({ _id: 1 }).toArray();
  expect(made).toHaveLength(20_001);
  expect(new Set(made.map(({ userId }) => userId as string)).size).toBe(20_001);
  const { _id, userId, ...rest } = made[12_345]!;
  expect(_id).toBeInstanceOf(ObjectId);
  expect(userId).toMatch(/^[0-9a-f]{24}$/);
  expect(userId).not.toBe(_id.toString());
  expect(rest).toEqual({ at, price: 20.5, note: null, list: [{ by: userId as string }, 'x'], empty: {} });
  const id = _id.toString();
  expect(await connection.collection('entries').countDocuments()).toBe(40_002);
  expect(await connection.collection('entries').find({ story: id }).sort({ _id: 1 }).toArray()).toEqual(
    ['created', 'sold'].map((what) => ({ _id: `${id}:${what}`, story: id, cost: '$20', pi: `pi_${id}_x` })),
  );
});
