import fs from 'node:fs';
import { connect } from 'node:net';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import type { OrderBody, StoryEntry, SupportOrderBody, UserBody } from '@ticketing/common';
import { eventually } from './eventually';
import { expectSold } from './outcome';
import { Person } from './people';
import { System } from './stack';

/** An order's story has everything that happened to it, in every service, and what the support desk decided. */

const seconds = (count: number) => `${count / 3_600}`;
const HOURS = { PAYOUT_HOURS: seconds(2), DELIVERY_HOURS: seconds(20), CLAIM_ANSWER_HOURS: seconds(20) };

let system: System;
let seller: Person;
let buyer: Person;
let desk: Person;
beforeAll(async () => {
  system = await System.start({ windowSeconds: 120, env: HOURS });
  [seller, buyer] = await Promise.all([Person.signUp(system.url), Person.signUp(system.url)]);
  desk = system.desk();
});
afterAll(() => system.expectNothingLost());
afterAll(() => system.stop());

const idOf = async (person: Person) =>
  (await person.call<{ currentUser: UserBody }>('GET', '/api/users/currentuser')).currentUser.id;
const reason = 'The photo shows the closed gate.';
const SUBJECTS = [
  ...['ticket:created', 'order:created', 'order:awaiting-payment', 'order:completed'],
  ...['payment:refunded', 'support:decide-refund', 'order:refunded'],
];
const isHeld = ({ subject, facts }: StoryEntry) => subject === 'ticket:updated' && facts.status === 'held';

async function aClaimedSale(): Promise<OrderBody> {
  const { id } = await seller.sell({ title: 'Blue Train', price: 20, delivery: 'later' });
  const order = await eventually(() => buyer.hold(id));
  await buyer.pay(order.id);
  await expectSold(system, buyer, order);
  await seller.handOver(id, { code: 'SEAT-1' });
  await buyer.claim(order.id, { reason: 'not-admitted', text: 'They would not let me in.' });
  await seller.answer(order.id, 'Their gate was closed for ten minutes.');
  return order;
}

test('a claim decided by the desk: every event in order, with its trace and who caused it', async () => {
  const order = await aClaimedSale();
  const ofOrder = `/api/orders/support/orders/${order.id}`;
  const { claims } = await desk.call<{ claims: SupportOrderBody[] }>('GET', '/api/orders/support/queue');
  expect(claims.map(({ id }) => id)).toContain(order.id);
  await desk.call('POST', `${ofOrder}/decide`, { decision: 'refund', reason });

  const story = await eventually(async () => {
    const told = await desk.call<StoryEntry[]>('GET', `${ofOrder}/story`);
    expect(told.map(({ subject }) => subject)).toEqual(expect.arrayContaining(SUBJECTS));
    // The claim, its answer, and the delivery too if that was heard after the claim.
    expect(told.filter(({ subject }) => subject === 'order:claimed').length).toBeGreaterThanOrEqual(2);
    expect(told.find(isHeld)).toBeDefined();
    return told;
  });
  const [buyerId, sellerId, deskId] = await Promise.all([buyer, seller, desk].map(idOf));
  const first = (subject: string) => story.find((entry) => entry.subject === subject);
  const ofOrderAlone = story.filter(({ aggregateId, subject }) => aggregateId === order.id && /^order/.test(subject));
  // Its delivery is in the story too, by the subject of its state.
  const turns = ofOrderAlone.filter(
    ({ subject }, at) => subject !== 'order:claimed' && subject !== ofOrderAlone[at - 1]?.subject,
  );
  expect(turns.map(({ subject, by }) => [subject, by])).toEqual([
    ['order:created', buyerId],
    ['order:awaiting-payment', buyerId],
    ['order:completed', buyerId],
    ['order:refunded', deskId],
  ]);
  expect(ofOrderAlone.filter(({ subject }) => subject === 'order:claimed').map(({ by }) => by)).toEqual(
    expect.arrayContaining([buyerId, sellerId]),
  );
  for (const of of new Set(story.map(({ aggregateId }) => aggregateId))) {
    const versions = story.filter(({ aggregateId, subject }) => aggregateId === of && !/^support/.test(subject));
    expect(versions.map(({ version }) => version)).toEqual(
      versions.map(({ version }) => version).sort((a, b) => a - b),
    );
  }
  expect(story.map(({ at }) => at)).toEqual(story.map(({ at }) => at).sort());
  // A trace spans the services: from the request to hold it, and from the decision.
  const held = story.find(isHeld);
  expect(held).toMatchObject({ trace: first('order:created')?.trace, by: buyerId });
  const decision = first('support:decide-refund');
  expect(decision).toMatchObject({ by: deskId, facts: { reason } });
  expect(first('order:refunded')).toMatchObject({
    trace: decision?.trace,
    facts: { status: 'refunded', reason: 'claim' },
  });
  // Either reports it, whichever comes first: the webhook, or a check of what is unsettled.
  expect(first('payment:refunded')).toBeDefined();

  const printed = (await system.command('orders', 'story', order.id)).split('\n');
  for (const { at, subject } of story)
    expect(printed).toContainEqual(expect.stringMatching(new RegExp(`^${at} +${subject} `)));
});

/** The lines of a part's log that contain some text. */
const linesOf = (part: string, text: string) =>
  fs
    .readFileSync(path.join(system.data, 'logs', `${part}.log`), 'utf8')
    .split('\n')
    .filter((line) => line.includes(text))
    .map((line) => JSON.parse(line) as Record<string, unknown>);

test("a page's line in the log has the trace of its questions to the API, and no secret", async () => {
  const trace = 'a-page-of-story-test';
  const answer = await fetch(`${system.url}/pass/not.really.genuine?token=1`, { headers: { 'X-Request-Id': trace } });
  await answer.text();
  const [line] = await eventually(() => {
    expect(linesOf('orders', trace)).not.toEqual([]);
    const lines = linesOf('client', trace);
    expect(lines).toHaveLength(1);
    return Promise.resolve(lines);
  });
  expect(line).toMatchObject({ msg: 'request', route: '/pass/:id', status: answer.status });
});

test('what the site refuses before it renders a page leaves a line as well', async () => {
  const [posted, excess] = ['a-post-of-story-test', 'an-excess-of-story-test'];
  await fetch(`${system.url}/orders`, { method: 'POST', headers: { 'X-Request-Id': posted } });
  const statuses = await eventually(async () => {
    const heavy = () => fetch(`${system.url}/developers`, { method: 'HEAD', headers: { 'X-Request-Id': excess } });
    const all = (await Promise.all(Array.from({ length: 12 }, heavy))).map(({ status }) => status);
    expect(all).toContain(429);
    return all;
  });
  const socket = connect(system.portOf('client'), '127.0.0.1').end('GET /secret\u00ff HTTP/1.1\r\n\r\n', 'latin1');
  expect(await text(socket)).toMatch(/^HTTP\/1\.1 400 /);
  await eventually(() => {
    expect(linesOf('client', posted)).toMatchObject([
      { msg: 'request', route: '/orders', method: 'POST', status: 405 },
    ]);
    const refused = linesOf('client', excess).filter(({ event }) => event === 'request-refused');
    expect(refused.length).toBeGreaterThanOrEqual(statuses.filter((status) => status === 429).length);
    expect(linesOf('client', '"request-unreadable"')).toMatchObject([{ msg: 'request', status: 400 }]);
    return Promise.resolve();
  });
});
