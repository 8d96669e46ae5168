import { Writable } from 'node:stream';
import { newId, until } from '@ticketing/common/testing';
import { pino } from 'pino';
import { Chunks, newId as asId, Tickets } from './store';
import { aCaller, startTickets } from './testing';
import { aPdf, aPng, ENCRYPTED } from './testing/files';
import { deliveriesOf } from './testing/uploads';

const lines: string[] = [];
const log = pino(
  { level: 'trace' },
  new Writable({
    write(line: Buffer, _encoding, done) {
      lines.push(line.toString());
      done();
    },
  }),
);

let tickets: Awaited<ReturnType<typeof startTickets>>;
beforeAll(async () => (tickets = await startTickets(undefined, { deliveryKeys: ['key of deliveries'] }, log)));
afterAll(() => tickets.stop());

const seller = aCaller();
const { hand, listed, read, upload } = deliveriesOf(() => tickets.app, seller);

test('nothing handed over is ever logged: not when it is accepted, refused, or cannot be opened', async () => {
  const secret = `secret-${newId()}`;
  const transfer = { url: `https://example.com/${secret}`, code: secret, note: secret };
  const [{ id }, { id: refused }, { id: filed }] = [await listed(), await listed(), await listed()];
  await hand(id, transfer).expect(200);
  await read(id).expect(200);
  await hand(refused, transfer).expect(409);
  await hand(refused, { ...transfer, url: `http://${secret}` }).expect(400);
  const scanned = await upload(filed, await aPdf(`${secret} in a file`));
  expect(scanned.status).toBe(200);
  const bad = [
    await aPng(secret),
    (await aPng(secret)).subarray(0, 99),
    Buffer.from(`<p>${secret}`),
    await aPdf(secret, { more: ENCRYPTED }),
  ];
  for (const file of bad) expect((await upload(refused, file)).status).toBeGreaterThanOrEqual(400);

  for (const listing of [id, filed]) {
    const { fileId = '' } = (await Tickets.findById(listing).lean())?.delivered ?? {};
    await Chunks.collection.updateOne({ files_id: asId(fileId) }, { $set: { data: Buffer.from(secret.padEnd(60)) } });
  }
  await read(id).expect(500);
  await expect(read(filed)).rejects.toThrow();

  await until(() => lines.filter((line) => line.includes('cannot be opened')).length === 2);
  const told = lines.join('');
  for (const word of [secret, Buffer.from(secret).toString('base64').slice(0, -4), 'key of deliveries', 'session='])
    expect(told).not.toContain(word);
});
