import type { TicketBody } from '@ticketing/common';
import type request from 'supertest';
import { cookieOf } from '@ticketing/common/testing';
import { Tickets } from './store';
import { aCaller, anOrder, clientOf, concert, event, startTickets } from './testing';

let tickets: Awaited<ReturnType<typeof startTickets>>;
beforeAll(async () => {
  tickets = await startTickets();
});
afterAll(() => tickets.stop());

const seller = aCaller();
const { http, list, withdraw, listed } = clientOf(() => tickets.app, seller);

describe('browsing', () => {
  test('pages through tickets for sale, newest first, to the end', async () => {
    await Tickets.deleteMany({});
    const ids: string[] = [];
    for (let count = 0; count < 7; count++) ids.unshift((await listed()).id);
    await withdraw(ids[2] ?? '').expect(204);
    await tickets.deliver(anOrder(ids[4] ?? '', 1, 0, 'created'));
    const expected = ids.filter((_, index) => index !== 2 && index !== 4);

    const seen: string[] = [];
    let next: string | undefined = '/api/tickets?limit=2';
    while (next) {
      const page: request.Response = await http().get(next).expect(200);
      seen.push(...(page.body as TicketBody[]).map(({ id }) => id));
      next = /^<(.*)>; rel="next"$/.exec(page.headers.link ?? '')?.[1];
    }
    expect(seen).toEqual(expected);
    expect((await http().get('/api/tickets')).body).toHaveLength(5);
  });

  test('shows sellers their listings in any state', async () => {
    const caller = aCaller();
    const kept = await listed(caller);
    const { id } = await listed(caller);
    await withdraw(id, caller).expect(204);
    const { body } = await http().get('/api/tickets/mine').set('Cookie', cookieOf(caller)).expect(200);
    expect(body).toMatchObject([{ id, status: 'withdrawn' }, kept]);
  });

  test('a ticket for a past event can be read by id, but is not listed', async () => {
    const { id } = (await list({ ...concert, ...event }).expect(201)).body as TicketBody;
    const path = '/api/tickets?q=philharmonie';
    const idsAt = async (address: string) =>
      ((await http().get(address).expect(200)).body as TicketBody[]).map((ticket) => ticket.id);
    expect(await idsAt('/api/tickets?limit=1')).toEqual([id]);
    expect(await idsAt(path)).toContain(id);
    const begun = new Date(Date.now() - 1);
    await Tickets.updateOne({ _id: id }, { startsAt: begun, sellsUntil: begun });
    for (const address of ['/api/tickets', path, `${path}&sort=soonest`])
      expect(await idsAt(address)).not.toContain(id);
    await tickets.operations.retireBegun();
    expect(await Tickets.findById(id)).toMatchObject({ sellsUntil: null, startsAt: begun });
    expect((await http().get(`/api/tickets/${id}`).expect(200)).body).toMatchObject({
      id,
      status: 'available',
      startsAt: begun.toISOString(),
    });
  });

  test('searches by words, category, date and price, in any order, page by page', async () => {
    const day = (date: string) => ({
      startsAt: `2031-01-${date}T20:00:00Z`,
      timeZone: 'Europe/Berlin',
      category: 'theatre',
      city: 'Köln',
    });
    for (const [date, price] of [
      ['03', 30],
      ['01', 10],
      ['02', 20],
      ['04', 40],
      ['05', 20],
    ] as const)
      await list({ title: `Hamlet ${date}`, price, ...day(date) }).expect(201);
    const titles = async (query: string) => {
      const seen: string[] = [];
      let next: string | undefined = `/api/tickets?q=HAMLET+koln&category=theatre&${query}&limit=2`;
      while (next) {
        const page: request.Response = await http().get(next).expect(200);
        seen.push(...(page.body as TicketBody[]).map(({ title }) => title.slice(-2)));
        next = /^<(.*)>; rel="next"$/.exec(page.headers.link ?? '')?.[1];
        if (next)
          expect(Object.fromEntries(new URLSearchParams(next.split('?')[1]))).toMatchObject({
            q: 'HAMLET koln',
            category: 'theatre',
            limit: '2',
          });
      }
      return seen;
    };
    expect(await titles('sort=soonest')).toEqual(['01', '02', '03', '04', '05']);
    expect(await titles('sort=newest')).toEqual(['05', '04', '02', '01', '03']);
    expect(await titles('sort=price')).toEqual(['01', '02', '05', '03', '04']);
    expect(await titles('sort=-price&from=')).toEqual(['04', '03', '05', '02', '01']);
    expect(await titles('sort=soonest&from=2031-01-02T20:00:00Z&to=2031-01-04T21:00:00%2B01:00')).toEqual([
      '02',
      '03',
      '04',
    ]);
    expect(await titles('sort=price&minPrice=10.01&maxPrice=30')).toEqual(['02', '05', '03']);
    expect(await titles('minPrice=0&maxPrice=&from=')).toHaveLength(5);
  });
});
