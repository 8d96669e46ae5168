import { anEvent, newId, refusal } from '@ticketing/common/testing';
import request from 'supertest';
import { clientOf, concert, startTickets } from './testing';

let tickets: Awaited<ReturnType<typeof startTickets>>;
beforeAll(async () => {
  tickets = await startTickets(undefined, { confirmBeforeSelling: true });
});
afterAll(() => tickets.stop());

const seller = { id: newId(), email: 'seller@test.com' };
const { list } = clientOf(() => tickets.app, seller);
const told = (version: number, confirmedAt: string | null) =>
  tickets.deliver(anEvent('user:updated', version, { ...seller, confirmedAt }));

test('where required, only accounts with a confirmed address list tickets', async () => {
  await list(concert).expect(403, refusal('email-unconfirmed'));
  await told(0, null);
  await list(concert).expect(403, refusal('email-unconfirmed'));
  await told(2, new Date().toISOString());
  await told(1, null);
  await list(concert).expect(201);
});

test('elsewhere every account does', async () => {
  const { list: listElsewhere } = clientOf(() => tickets.replica({ confirmBeforeSelling: false }), seller);
  await listElsewhere(concert).expect(201);
  await request(tickets.app).post('/api/tickets').send(concert).expect(401);
});
