import request from 'supertest';
import type { TicketBody } from '@ticketing/common';
import { cookieOf, refusal } from '@ticketing/common/testing';
import { Tickets } from './store';
import { aCaller, nothingSaid, startTickets } from './testing';

let tickets: Awaited<ReturnType<typeof startTickets>>;
beforeAll(async () => {
  tickets = await startTickets();
});
afterAll(() => tickets.stop());

test('of sixty edits at once each is made or told that it lost', async () => {
  const seller = aCaller();
  const concert = { title: 'Concert', price: 2_050, ...nothingSaid };
  const { id } = await tickets.operations.list(seller.id, concert, { trace: 'test' });
  const answers = await Promise.all(
    Array.from({ length: 60 }, (_, index) =>
      request(tickets.app)
        .put(`/api/tickets/${id}`)
        .set('Cookie', cookieOf(seller))
        .send({ title: `Edit ${index}`, price: 10 + index }),
    ),
  );
  const made = answers.filter(({ status }) => status === 200).map(({ body }) => body as TicketBody);
  for (const { body } of answers.filter(({ status }) => status !== 200)) expect(body).toEqual(refusal('conflict'));
  expect(made.map(({ edition }) => edition).sort((a, b) => a - b)).toEqual(made.map((_, index) => index + 1));
  const last = made.find(({ edition }) => edition === made.length);
  expect(await Tickets.findById(id).lean()).toMatchObject({ edition: made.length, title: last?.title });
});
