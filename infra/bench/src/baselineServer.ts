import type { AddressInfo } from 'node:net';
import express from 'express';
import mongoose, { Schema } from 'mongoose';

/**
 * The baseline: the minimum cost of one indexed read and one insert, and of a plain list, with Express and mongoose. A
 * separate process, started by `startBaseline`, that ends with its parent.
 */
async function main(mongoUri: string): Promise<void> {
  await mongoose.connect(mongoUri);
  const Orders = { default: orders('Order'), durable: orders('DurableOrder', { w: 'majority', j: true }) };
  await Promise.all([Orders.default.init(), Orders.durable.init()]);

  const app = express();
  app.use(express.json());
  app.get('/tickets', async (_request, response) => {
    response.json(await Ticket.find().sort({ _id: -1 }).limit(20).lean());
  });
  app.post('/tickets', async (request, response) => {
    const { count } = request.body as { count: number };
    const tickets = await Ticket.insertMany(Array.from({ length: count }, () => plainTicket));
    response.status(201).json(tickets.map(({ id }) => id as string));
  });
  app.post('/holds/:durability', async (request, response) => {
    const { ticketId } = request.body as { ticketId: string };
    const ticket = await Ticket.findById(ticketId).lean();
    if (!ticket) return void response.status(404).end();
    const Order = Orders[request.params.durability as keyof typeof Orders];
    const expiresAt = new Date(Date.now() + 900_000);
    response.status(201).json(await Order.create({ ticketId, userId: ticket.userId, status: 'created', expiresAt }));
  });
  const server = app.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
}

/** With the same fields as the system's tickets. */
const texts = [
  'description',
  'category',
  'venue',
  'city',
  'startsAt',
  'timeZone',
  'section',
  'row',
  'seat',
  'orderId',
  'heldUntil',
];
const each = <T>(value: T) => Object.fromEntries(texts.map((field) => [field, value]));
const plainTicket = {
  title: 'Bench',
  price: 20,
  userId: '0'.repeat(24),
  status: 'available',
  version: 0,
  ...each(null),
};
const Ticket = mongoose.model(
  'Ticket',
  new Schema(
    {
      title: String,
      price: Number,
      userId: String,
      status: String,
      version: Number,
      ...each(String),
    },
    { versionKey: false },
  ),
);

function orders(name: string, writeConcern?: { w: 'majority'; j: boolean }) {
  const fields = { ticketId: { type: String, index: true }, userId: String, status: String, expiresAt: Date };
  return mongoose.model(name, new Schema(fields, { writeConcern }));
}

// Ctrl-C in the terminal reaches this process too, but the parent decides when to stop.
process.on('SIGINT', () => undefined);
process.on('disconnect', () => process.exit());
main(process.argv[2] ?? '').catch((error: unknown) => {
  console.error('The baseline failed:', error);
  process.exit(1);
});
