import { anEvent, cookieOf, deskCookieOf, newId, refusal, until } from '@ticketing/common/testing';
import { readAudit, type SupportListingBody, type TicketBody, type TicketQueueBody } from '@ticketing/common';
import { Types } from 'mongoose';
import request from 'supertest';
import { Reports, Tickets, Users } from './store';
import { aCaller, anOrder, clientOf, concert, event, startTickets } from './testing';

let tickets: Awaited<ReturnType<typeof startTickets>>;
beforeAll(async () => (tickets = await startTickets(undefined, { reviewContacts: true })));
afterEach(() => Promise.all([Tickets, Reports, Users].map((model) => (model as typeof Tickets).deleteMany({}))));
afterAll(() => tickets.stop());

const [seller, desk] = [aCaller(), aCaller()];
const { listed, list, edit, http, withdraw } = clientOf(() => tickets.app, seller);
const reason = 'A forgery';

const get = (path: string) => http().get(`/api/tickets/support/${path}`).set('Cookie', deskCookieOf(desk.id));
const post = (path: string, body: object, person = desk) =>
  http().post(`/api/tickets/support/${path}`).set('Cookie', deskCookieOf(person.id)).send(body);
const show = async (id: string, viewer = seller) =>
  (await http().get(`/api/tickets/${id}`).set('Cookie', cookieOf(viewer)).expect(200)).body as TicketBody;
const report = (id: string, person = aCaller()) =>
  http().post(`/api/tickets/${id}/report`).set('Cookie', cookieOf(person)).send({ reason: 'fake' }).expect(204);
const queue = async () => (await get('queue').expect(200)).body as TicketQueueBody;
const hold = (id: string, seq = 1) => tickets.deliver(anOrder(id, seq, 0, 'created'));

describe('is for the support desk alone', () => {
  const id = newId();
  test.each(['find?q=x', 'queue', `listings/${id}`])('GET %s', async (path) => {
    const url = `/api/tickets/support/${path}`;
    await http().get(url).expect(401, refusal('sign-in-first'));
    await http().get(url).set('Cookie', cookieOf(desk)).expect(403, refusal('support-only'));
  });

  test.each(['listings/ID/withdraw', 'listings/ID/review', 'listings/ID/reports/close', 'reports/ID/close'])(
    'POST %s',
    async (named) => {
      const id = newId();
      const path = named.replace('ID', id);
      const [url, body] = [`/api/tickets/support/${path}`, { reason, decision: 'show', edition: 0 }];
      await http().post(url).send(body).expect(401);
      await http().post(url).set('Cookie', cookieOf(desk)).send(body).expect(403);
      expect(await readAudit(1, { target: id })).toEqual([]);
      await post(path, { ...body, reason: '' }).expect(400);
      await post(path, body).expect(404);
    },
  );
});

test('finds listings by their id, their seller or their seat', async () => {
  const { id } = (await list({ ...concert, ...event }).expect(201)).body as TicketBody;
  const other = await listed();
  const found = async (q: string) => {
    const { body } = await get(`find?${new URLSearchParams({ q }).toString()}`).expect(200);
    return (body as SupportListingBody[]).map(({ ticket }) => ticket.id);
  };
  expect(await found(id)).toEqual([id]);
  expect(await found(seller.id)).toEqual([other.id, id]);
  expect(await found('philharmonie, BERLIN, a, 7, 12')).toEqual([id]);
  expect(await found('Philharmonie A 7 12')).toEqual([id]);
  expect(await found('Philharmonie A 7 13')).toEqual([]);
  await get('find?q=7').expect(400, refusal('search-unclear', 'q'));
});

const subjectsOf = (id: string) =>
  tickets
    .heardOf(id)
    .map(({ subject }) => subject)
    .sort();

test('seats are found by their index', async () => {
  await list({ ...concert, ...event }).expect(201);
  for (let count = 0; count < 5; count++) await listed();
  const seat = { venue: 'PHILHARMONIE', section: 'a', row: '7', seat: '12' };
  const explain = (await Tickets.find(seat)
    .collation({ locale: 'en', strength: 1 })
    .sort({ _id: -1 })
    .limit(50)
    .explain('executionStats')) as unknown as { executionStats: object; queryPlanner: { winningPlan: object } };
  expect(explain.executionStats).toMatchObject({ nReturned: 1, totalDocsExamined: 1 });
  expect(JSON.stringify(explain.queryPlanner.winningPlan)).not.toMatch(/COLLSCAN|"SORT"/);
});

describe('withdraws', () => {
  test('a listing, for a reason that only its seller is told', async () => {
    const began = Date.now();
    const { id } = await listed();
    const { body } = await post(`listings/${id}/withdraw`, { reason }).expect(200);
    expect(body).toMatchObject({ withdrawnFor: reason, ticket: { status: 'withdrawn' } });
    await post(`listings/${id}/withdraw`, { reason: 'again' }).expect(200);
    expect(await show(id)).toMatchObject({ status: 'withdrawn', withdrawnFor: reason });
    expect(await show(id, aCaller())).not.toHaveProperty('withdrawnFor');
    await until(() => tickets.heardOf(id).length === 3);
    expect(subjectsOf(id)).toEqual(['ticket:created', 'ticket:updated', 'ticket:withdrawn']);
    expect(tickets.heardOf(id)[1]).toMatchObject({
      by: desk.id,
      data: { status: 'withdrawn', withdrawnBy: 'support' },
    });
    expect(Date.parse(tickets.heardOf(id)[1]!.data.withdrawnAt!)).toBeGreaterThanOrEqual(began);
    expect(JSON.stringify(tickets.heardOf(id))).not.toContain(reason);
  });

  test('a held one, once its order has ended', async () => {
    const { id } = await listed();
    await hold(id);
    await post(`listings/${id}/withdraw`, { reason }).expect(200);
    await until(() => tickets.heardOf(id).at(-1)?.data.withdrawing);
    expect(tickets.heardOf(id).at(-1)?.data).toMatchObject({ withdrawnAt: null, withdrawnBy: null });
    expect(await show(id)).toMatchObject({ status: 'held', withdrawnFor: reason });
    const { orderId } = await show(id);
    await tickets.deliver(anOrder(id, 1, 1, 'cancelled', orderId!));
    expect(await show(id)).toMatchObject({ status: 'withdrawn', withdrawnFor: reason });
    await until(() => subjectsOf(id).includes('ticket:withdrawn'));
  });

  test('no sold one: what was promised can still be handed over', async () => {
    const { id } = await listed();
    await hold(id);
    await post(`listings/${id}/withdraw`, { reason }).expect(200);
    const { orderId } = await show(id);
    await tickets.deliver(anOrder(id, 1, 2, 'complete', orderId!));
    await post(`listings/${id}/withdraw`, { reason }).expect(400, refusal('listing-sold'));
    await http()
      .put(`/api/tickets/${id}/delivery`)
      .set('Cookie', cookieOf(seller))
      .send({ transfer: { code: 'x' } })
      .expect(200);
  });

  test("not one's own listing, nor one that its seller withdrew", async () => {
    const { id } = await listed();
    await post(`listings/${id}/withdraw`, { reason }, seller).expect(403, refusal('own-account'));
    await withdraw(id).expect(204);
    await post(`listings/${id}/withdraw`, { reason }).expect(400, refusal('listing-withdrawn'));
    await until(() => tickets.heardOf(id).at(-1)?.data.withdrawnBy === 'seller');
  });

  test('once, however many do it while an order races them', async () => {
    const { id } = await listed();
    await Promise.all([hold(id), ...[1, 2, 3].map(() => post(`listings/${id}/withdraw`, { reason }).expect(200))]);
    const { orderId } = (await Tickets.findById(id).lean())!;
    if (orderId) await tickets.deliver(anOrder(id, 1, 1, 'cancelled', orderId));
    expect(await show(id)).toMatchObject({ status: 'withdrawn', withdrawnFor: reason });
  });
});

describe('reports', () => {
  test('wait, oldest first, until they are closed or the listing is withdrawn', async () => {
    const [one, other] = [await listed(), await listed()];
    for (const { id } of [one, other, one]) await report(id);
    const { reported } = await queue();
    expect(reported.map(({ ticket, reports }) => [ticket.id, reports.length])).toEqual([
      [one.id, 2],
      [other.id, 1],
    ]);
    for (const { id } of reported[0]!.reports) {
      await post(`reports/${id}/close`, { reason }).expect(204);
      await post(`reports/${id}/close`, { reason }).expect(204);
    }
    expect((await queue()).reported.map(({ ticket }) => ticket.id)).toEqual([other.id]);
    await post(`listings/${other.id}/withdraw`, { reason }).expect(200);
    expect((await queue()).reported).toEqual([]);
    expect(await Reports.countDocuments({ closedAt: null })).toBe(0);
  });

  test('of withdrawn listings do not crowd out others', async () => {
    const [gone, there] = [await listed(), await listed()];
    const at = (time: number) => new Date(Date.UTC(2026, 0, 1) + time);
    await Reports.insertMany(
      Array.from({ length: 600 }, (_, index) => ({ ticketId: gone.id, by: `${index}`, reason: 'fake', at: at(index) })),
    );
    await withdraw(gone.id).expect(204);
    await report(there.id);
    expect((await queue()).reported.map(({ ticket }) => ticket.id)).toEqual([there.id]);
  });

  test('of a listing are closed together', async () => {
    const [one, other] = [await listed(), await listed()];
    for (const { id } of [one, one, other]) await report(id);
    const { body } = await post(`listings/${one.id}/reports/close`, { reason }).expect(200);
    expect(body).toMatchObject({ ticket: { id: one.id, status: 'available' }, reports: [] });
    expect((await queue()).reported.map(({ ticket }) => ticket.id)).toEqual([other.id]);
    expect(await readAudit(1, { target: one.id })).toMatchObject([{ action: 'close-reports', by: desk.id }]);
  });

  test('are closed once the listing is withdrawn, by whomever, even if they arrive later', async () => {
    const [byItself, byFreeze, stays] = [await listed(), await listed(aCaller()), await listed()];
    for (const { id } of [byItself, byFreeze, stays]) await report(id);
    await withdraw(byItself.id).expect(204);
    await tickets.deliver(
      anEvent('user:updated', 1, { id: byFreeze.userId, email: 'x@example.com', frozenAt: new Date().toISOString() }),
    );
    await report(byItself.id);
    await tickets.operations.support.closeOfWithdrawn();
    expect((await Reports.find({ closedAt: null }).lean()).map(({ ticketId }) => ticketId)).toEqual([stays.id]);
  });

  test("of one reporter do not crowd out others'", async () => {
    const { id } = await listed();
    const listing = (await Tickets.findById(id).lean())!;
    const many = Array.from({ length: 60 }, () => ({ ...listing, _id: new Types.ObjectId(), uniqueKeys: [] }));
    await Tickets.collection.insertMany(many);
    const reports = many.map(({ _id }) => ({ ticketId: _id.toString(), by: 'one', reason: 'fake', at: new Date(1) }));
    await Reports.insertMany(reports);
    await report(id);
    const { reported } = await queue();
    expect([reported.length, reported.at(-1)?.ticket.id]).toEqual([11, id]);
  });

  test('cannot be closed by the seller of the listing', async () => {
    const { id } = await listed();
    await report(id);
    await post(`listings/${id}/reports/close`, { reason }, seller).expect(403, refusal('own-account'));
    const { _id } = (await Reports.findOne({ ticketId: id }).lean())!;
    await post(`reports/${_id.toString()}/close`, { reason }, seller).expect(403, refusal('own-account'));
  });
});

describe('a description with contacts', () => {
  const description = 'Write to me (at) mail dot com';
  const aWaiting = async () => (await list({ ...concert, description }).expect(201)).body as TicketBody;

  test("of one seller does not crowd out others'", async () => {
    const { id } = await aWaiting();
    const listing = (await Tickets.findById(id).lean())!;
    const many = Array.from({ length: 120 }, () => ({ ...listing, _id: new Types.ObjectId(), uniqueKeys: [] }));
    await Tickets.collection.insertMany(many);
    const theirs = (await list({ ...concert, description }, aCaller()).expect(201)).body as TicketBody;
    const { waiting } = await queue();
    expect([waiting.length, waiting.at(-1)?.ticket.id]).toEqual([11, theirs.id]);
  });

  test('is shown only to its seller, who is told why; the listing itself is visible', async () => {
    const waiting = await aWaiting();
    const review = { status: 'waiting', found: ['email'], reason: null };
    expect(waiting).toMatchObject({ description, review, status: 'available' });
    expect(await show(waiting.id)).toMatchObject({ description, review });
    for (const viewer of [aCaller(), desk]) {
      expect(await show(waiting.id, viewer)).toMatchObject({ description: null });
      expect(await show(waiting.id, viewer)).not.toHaveProperty('review');
    }
    const mine = await http().get('/api/tickets/mine').set('Cookie', cookieOf(seller)).expect(200);
    expect(mine.body).toMatchObject([{ review }]);
    await until(() => tickets.heardOf(waiting.id).length > 0);
    expect(tickets.heardOf(waiting.id)[0]?.data.description).toBeNull();
    expect((await request(tickets.app).get('/api/tickets').expect(200)).text).not.toContain('review');
  });

  test('waits in the queue until it is shown, to everybody and in events', async () => {
    const { id } = await aWaiting();
    expect((await queue()).waiting).toMatchObject([{ waiting: description, ticket: { id } }]);
    await post(`listings/${id}/review`, { decision: 'show', reason, edition: 0 }).expect(200);
    await post(`listings/${id}/review`, { decision: 'show', reason, edition: 0 }).expect(200);
    expect((await queue()).waiting).toEqual([]);
    expect(await show(id, aCaller())).toMatchObject({ description, edition: 0 });
    await until(() => tickets.heardOf(id).at(-1)?.data.description === description);
  });

  test('stays hidden for a reason that its seller is told, until it changes', async () => {
    const { id } = await aWaiting();
    await post(`listings/${id}/review`, { decision: 'hide', reason, edition: 0 }).expect(200);
    expect(await show(id)).toMatchObject({ review: { status: 'hidden', reason } });
    await edit(id, { ...concert, price: 30, description }).expect(200);
    expect(await show(id)).toMatchObject({ review: { status: 'hidden', reason } });
    await edit(id, { ...concert, description: 'Two hours' }).expect(200);
    expect(await show(id, aCaller())).toMatchObject({ description: 'Two hours' });
    await edit(id, { ...concert, description: 'Call 0171 2345678' }).expect(200);
    expect(await show(id)).toMatchObject({ review: { status: 'waiting', found: ['phone'], reason: null } });
  });

  test('is not approved by a reviewer who saw it before an edit', async () => {
    const { id } = await aWaiting();
    await post(`listings/${id}/review`, { decision: 'show', reason, edition: 0 }).expect(200);
    await edit(id, { ...concert, description: 'Call 0171 2345678' }).expect(200);
    await post(`listings/${id}/review`, { decision: 'show', reason, edition: 0 }).expect(
      409,
      refusal('listing-changed', undefined, { price: 20.5, edition: 1 }),
    );
    expect(await show(id, aCaller())).toMatchObject({ description: null });
  });

  test('is not the only kind that can be hidden, and shown again', async () => {
    const plain = 'Ask for Ann at the bar next to it';
    const { id } = (await list({ ...concert, description: plain }).expect(201)).body as TicketBody;
    await post(`listings/${id}/review`, { decision: 'show', reason, edition: 0 }).expect(404);
    const { body } = await post(`listings/${id}/review`, { decision: 'hide', reason, edition: 0 }).expect(200);
    expect(body).toMatchObject({ waiting: null, ticket: { review: { status: 'hidden', found: [], reason } } });
    expect(await show(id)).toMatchObject({ description: plain, review: { status: 'hidden', reason } });
    expect(await show(id, aCaller())).toMatchObject({ description: null });
    await until(() => tickets.heardOf(id).at(-1)?.data.description === null);
    expect(await readAudit(1, { target: id })).toMatchObject([{ action: 'hide-description', reason, by: desk.id }]);
    await post(`listings/${id}/review`, { decision: 'show', reason, edition: 0 }).expect(200);
    expect(await show(id, aCaller())).toMatchObject({ description: plain });
  });

  test('cannot be reviewed by its seller, and without one there is nothing to review', async () => {
    const { id } = await aWaiting();
    const body = { decision: 'show', reason, edition: 0 };
    await post(`listings/${id}/review`, body, seller).expect(403, refusal('own-account'));
    for (const decision of ['show', 'hide'])
      await post(`listings/${(await listed()).id}/review`, { ...body, decision }).expect(
        404,
        refusal('review-not-found'),
      );
  });

  test('of a withdrawn listing does not wait for review', async () => {
    const { id } = await aWaiting();
    await withdraw(id).expect(204);
    expect((await queue()).waiting).toEqual([]);
  });

  test('is shown where descriptions are not reviewed', async () => {
    const app = tickets.replica({ reviewContacts: false });
    const { body } = await request(app)
      .post('/api/tickets')
      .set('Cookie', cookieOf(seller))
      .send({ ...concert, description })
      .expect(201);
    expect(await show((body as TicketBody).id, aCaller())).toMatchObject({ description });
  });
});

describe('a seller who is frozen', () => {
  const frozen = (version: number, at: string | null = new Date().toISOString(), id = seller.id) =>
    anEvent('user:updated', version, { id, email: 'x@example.com', frozenAt: at });

  test('has nothing for sale any more, and unfreezing restores none of it', async () => {
    const [free, held, sold] = [await listed(), await listed(), await listed()];
    const foreign = (await list(concert, aCaller()).expect(201)).body as TicketBody;
    await hold(held.id);
    await tickets.deliver(anOrder(sold.id, 1, 2, 'complete'));
    await tickets.deliver(frozen(1), frozen(1));
    expect(await show(free.id)).toMatchObject({ status: 'withdrawn', withdrawnFor: 'account-frozen' });
    await until(() => tickets.heardOf(free.id).at(-1)?.data.withdrawnBy === 'freeze');
    expect(await show(sold.id)).toMatchObject({ status: 'sold' });
    expect(await show(foreign.id)).toMatchObject({ status: 'available' });
    const { orderId } = await show(held.id);
    await tickets.deliver(anOrder(held.id, 1, 1, 'cancelled', orderId!), frozen(2, null));
    expect(await show(held.id)).toMatchObject({ status: 'withdrawn', withdrawnFor: 'account-frozen' });
    expect(await show(free.id)).toMatchObject({ status: 'withdrawn' });
  });

  test('loses what they listed while their sessions were ending, too', async () => {
    await tickets.deliver(frozen(1));
    const { id } = await listed();
    await tickets.operations.lookAtFrozen();
    expect(await show(id)).toMatchObject({ status: 'withdrawn', withdrawnFor: 'account-frozen' });
    await tickets.deliver(frozen(2, null));
    const later = await listed();
    await tickets.operations.lookAtFrozen();
    expect(await show(later.id)).toMatchObject({ status: 'available' });
  });

  test('loses what they listed before a late event of the freeze, too', async () => {
    const long = new Date(Date.now() - 86_400_000).toISOString();
    await tickets.deliver(frozen(1, long));
    const { id } = await listed();
    await tickets.operations.lookAtFrozen();
    expect(await show(id)).toMatchObject({ status: 'withdrawn', withdrawnFor: 'account-frozen' });
  });

  test('loses all but a listing that cannot be published, which the error names', async () => {
    const [one, bad, other] = [await listed(), await listed(), await listed()];
    await Tickets.updateOne({ _id: bad.id }, { $set: { price: -1 } });
    for (const withdrawing of [() => tickets.deliver(frozen(1)), () => tickets.operations.lookAtFrozen()])
      await expect(withdrawing()).rejects.toThrow(bad.id);
    for (const { id } of [one, other]) expect(await show(id)).toMatchObject({ status: 'withdrawn' });
    await Tickets.updateOne({ _id: bad.id }, { $set: { price: 100 } });
    await tickets.operations.lookAtFrozen();
    expect(await show(bad.id)).toMatchObject({ status: 'withdrawn', withdrawnFor: 'account-frozen' });
  });

  test('loses all of it, however much there is and whoever changes it meanwhile', async () => {
    const one = await listed();
    await Tickets.insertMany(
      Array.from({ length: 450 }, () => ({
        ...concert,
        price: 100,
        userId: seller.id,
        status: 'available',
        seq: 0,
      })).map(({ seq, ...ticket }) => ({
        ...ticket,
        followed: { seq, version: -1 },
        withdrawing: false,
        sellsUntil: new Date(),
      })),
    );
    await Promise.all([
      tickets.deliver(frozen(1)),
      ...[1, 2, 3, 4].map((count) => edit(one.id, { ...concert, title: `Edit ${count}` })),
    ]);
    expect(await Tickets.countDocuments({ userId: seller.id, status: 'available' })).toBe(0);
  });
});
