import { Turns } from '@ticketing/common';
import { newId, refusal, until } from '@ticketing/common/testing';
import { Counts } from './store';
import { aCaller, clientOf, startTickets, testTerms } from './testing';
import { aJpeg, aPass, aPdf, aPng, aSheet } from './testing/files';
import { deliveriesOf, holdJudging } from './testing/uploads';

/** Sellers who list a ticket twice or guess codes, and honest sellers, whom the defences must not lock out. */

let tickets: Awaited<ReturnType<typeof startTickets>>;
beforeAll(async () => {
  tickets = await startTickets();
});
afterAll(() => tickets.stop());
beforeEach(() => Counts.deleteMany());

const seller = aCaller();
const { hand, http, listed, upload, uploaded, complete } = deliveriesOf(() => tickets.app, seller);
const { withdraw } = clientOf(() => tickets.app, seller);
const code = () => `CODE ${newId()}`;
/** Hands a file over for a new listing. */
async function handed(file: Buffer, caller = seller) {
  const { id } = await listed(undefined, caller);
  return { id, status: (await upload(id, file, caller)).status };
}

describe('a ticket is not listed again', () => {
  const text = code();
  beforeAll(async () => expect((await handed(await aPng(text))).status).toBe(200));

  test.each<[string, (text: string) => Promise<Buffer> | Buffer]>([
    ['turned', (text) => aSheet([[text]], { turn: 30 })],
    ['upside down', (text) => aSheet([[text]], { turn: 180 })],
    ['enlarged', (text) => aSheet([[text]], { scale: 3 })],
    ['as a JPEG', (text) => aJpeg(text)],
    ['as a PDF', (text) => aPdf(text)],
    ['as a pass', (text) => aPass(text)],
    ['as another kind of barcode', (text) => aPng(text, 'Aztec')],
    ['in lower case, with a space', (text) => aPng(` ${text.toLowerCase()}`)],
    ['beside an invented code', (text) => aSheet([[text], [code()]])],
  ])('%s', async (_how, copy) => {
    expect((await handed(await copy(text), aCaller())).status).toBe(409);
    expect((await handed(await copy(text))).status).toBe(409);
  });
});

test('a ticket is not listed again once files are sealed under a new key', async () => {
  const file = await aPng(code());
  const { id, status } = await handed(file);
  expect(status).toBe(200);
  const replica = tickets.replica({ deliveryKeys: ['a newer key', ...testTerms.deliveryKeys] });
  const later = deliveriesOf(() => replica, aCaller());
  const { id: copy } = await later.listed();
  expect((await later.upload(copy, file)).status).toBe(409);
  expect((await later.read(id, seller).expect(200)).body).toEqual(file);
});

test('nor is a file without a code, by anyone', async () => {
  const file = await aJpeg();
  expect((await handed(file)).status).toBe(200);
  expect((await handed(file, aCaller())).status).toBe(409);
});

describe('an order number on each ticket of an order', () => {
  const order = code();
  const ticket = (text = code()) => aSheet([[text], [order, 'Code128']]);

  test('blocks none of them, and nobody else can list one of them', async () => {
    const [first, second] = await Promise.all([ticket(), ticket()]);
    const one = await handed(first);
    const two = await handed(second);
    const three = await handed(await ticket());
    expect([one.status, two.status, three.status]).toEqual([200, 200, 200]);
    expect((await handed(await ticket(), aCaller())).status).toBe(409);
    expect((await handed(second)).status).toBe(409);
    await withdraw(one.id).expect(204);
    expect((await handed(await ticket())).status).toBe(200);
  });

  test('blocks none if two are handed over at once, in two replicas', async () => {
    const other = code();
    const files = [await aSheet([[code()], [other, 'Code128']]), await aSheet([[code()], [other, 'Code128']])] as const;
    const replica = tickets.replica();
    const elsewhere = deliveriesOf(() => replica, seller);
    const [{ id: one }, { id: two }] = [await listed(), await listed()];
    const [first, second] = [await uploaded(one, files[0]), await uploaded(two, files[1])];
    const answers = await Promise.all([complete(one, first), elsewhere.complete(two, second)]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
  });

  test('does not let the same ticket be listed twice', async () => {
    const text = code();
    const own = code();
    const file = () => aSheet([[text], [own, 'Code128']]);
    expect((await handed(await file())).status).toBe(200);
    expect((await handed(Buffer.concat([await file(), Buffer.from('changed')]))).status).toBe(409);
    expect((await handed(await aPng(own, 'Code128'))).status).toBe(409);
  });
});

test('guessing codes reveals little, and does not block others', async () => {
  const known = code();
  const { id: first } = await listed();
  await hand(first, { code: known }).expect(200);
  const guesser = aCaller();
  const { id } = await listed(undefined, guesser);
  const guess = (text: string, caller = guesser) =>
    http('put', `${id}/delivery`, caller)
      .set('X-Forwarded-For', '203.0.113.9')
      .send({ transfer: { code: text } });
  // Valid ones do not count.
  for (let time = 0; time < 40; time++) await guess(code()).expect(200);
  const answers = await Promise.all(Array.from({ length: 60 }, () => guess(known)));
  const told = answers.filter(({ status }) => status === 409);
  const refused = answers.filter(({ status }) => status === 429);
  expect([told.length, refused.length]).toEqual([30, 30]);
  expect(refused[0]?.body).toEqual(refusal('too-many-refused'));
  expect(Number(refused[0]?.headers['retry-after'])).toBeGreaterThan(0);
  const { id: others } = await listed();
  await hand(others, { code: code() }).expect(200);
});

test('a network of many accounts waits for its own files, and nobody else does', async () => {
  const many = Array.from({ length: 6 }, () => aCaller());
  const from = (network: string) => ({ 'X-Forwarded-For': network });
  const prepared = async (caller = seller) => {
    const { id } = await listed(undefined, caller);
    return { id, caller, upload: await uploaded(id, await aPdf(code()), caller) };
  };
  const theirs = await Promise.all(many.map((caller) => prepared(caller)));
  const ours = await prepared();
  const order: string[] = [];
  const judge = ({ id, caller, upload }: (typeof theirs)[number], network: string) =>
    complete(id, upload, caller)
      .set(from(network))
      .then(({ status }) => (order.push(network), status));
  const [release, turns] = [holdJudging(), jest.spyOn(Turns.prototype, 'take')];
  const waiting = theirs.map((each) => judge(each, '203.0.113.1'));
  await until(() => order.length === 2);
  const other = judge(ours, '203.0.113.2');
  await until(() => turns.mock.calls.length === 5);
  turns.mockRestore();
  release();
  expect(await other).toBe(200);
  expect((await Promise.all(waiting)).sort()).toEqual([200, 200, 200, 200, 429, 429]);
  expect(order.indexOf('203.0.113.2')).toBeLessThan(order.length - 2);
});
