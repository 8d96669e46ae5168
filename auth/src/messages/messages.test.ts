import { aHold, anEvent, aTicket, newId, until } from '@ticketing/common/testing';
import { ClaimReason, languages, RefundReason, setCurrency, type Language, type PayoutData } from '@ticketing/common';
import { trusted } from 'mongoose';
import { register } from 'prom-client';
import type { Facts, Kind, Owed, Sale } from '../domain/facts';
import { cookieIn, refusal } from '../testing';
import { mailedAuth, tokenIn } from '../testing/mailbox';
import { Messages } from '../store';
import { smtp } from './smtp';
import { texts } from './texts';

const served = mailedAuth();
const { auth, mailbox, noon, sendDue } = served;

const [MINUTE, HOUR] = [60_000, 3_600_000];

const someone = (email: string) => served.someone(email);

/** Signs someone in in a language, without the message that this causes. */
async function readsIn(language: Language, email: string) {
  await auth.signIn(email).set('Cookie', `language=${language}`).expect(200);
  await Messages.deleteMany({});
}

/** A completed order of a buyer, from a seller without an account here. */
const saleTo = (userId: string, completedAt = new Date()) =>
  anEvent('order:completed', 2, aHold({ userId, status: 'complete', completedAt: completedAt.toISOString() }));

test('a message about a sale goes to its buyer and its seller, each in their language, with one link', async () => {
  const [buyer, seller] = [await someone('buyer@test.com'), await someone('seller@test.com')];
  await readsIn('de', 'seller@test.com');
  const sale = saleTo(buyer.id);
  sale.data.ticket = { ...sale.data.ticket, userId: seller.id, title: 'Tom & <Jerry>', price: 120_050 };
  await auth.deliver(sale);
  await sendDue();
  const [bought] = mailbox.to('buyer@test.com');
  expect(bought?.subject).toBe('Your ticket: Tom & <Jerry>');
  expect(bought?.text).toContain(`https://ticketing.test/orders/${sale.data.id}`);
  expect(bought?.text).toContain('Paid: $1,200.50');
  expect(bought?.html).toContain('Tom &amp; &lt;Jerry&gt;');
  expect(bought?.headers.get('auto-submitted')).toBe('auto-generated');
  const [sold] = mailbox.to('seller@test.com');
  expect(sold?.subject).toBe('Verkauft: Tom & <Jerry>');
  expect(sold?.text).toContain('Preis: 1.200,50\u00a0$');
  expect(sold?.html).toContain('lang="de"');
});

test('a price in a message is written as on the site, in our currency', async () => {
  const buyer = await someone('dinars@test.com');
  setCurrency('kwd');
  try {
    const sale = saleTo(buyer.id);
    sale.data.ticket.price = 1_230;
    await auth.deliver(sale);
    await sendDue();
    expect(mailbox.to('dinars@test.com')[0]?.text).toContain('Paid: KWD\u00a01.23\n');
  } finally {
    setCurrency('usd');
  }
});

test("a ticket's message has a calendar entry, if the event has a time", async () => {
  const buyer = await someone('calendar@test.com');
  const [sale, undated] = [saleTo(buyer.id), saleTo(buyer.id)];
  Object.assign(sale.data.ticket, {
    startsAt: '2027-03-04T19:30:00.000Z',
    timeZone: 'Europe/Berlin',
    row: 'C',
    seat: '7',
  });
  await auth.deliver(sale, undated);
  await sendDue();
  const [dated, plain] = ['20:30', ''].map((time) =>
    mailbox.to('calendar@test.com').find(({ text = '' }) => /\d:\d/.test(text) === Boolean(time)),
  );
  expect(dated?.text).toMatch(/When: Thursday, March 4, 2027 at 8:30\sPM\n/);
  expect(dated?.text).toContain('Seat: row C, seat 7\n');
  const [file] = dated?.attachments ?? [];
  expect(file).toMatchObject({ filename: 'ticket.ics', contentType: 'text/calendar' });
  expect(file?.content.toString()).toContain(`UID:${sale.data.id}@ticketing.test\r\n`);
  expect(file?.content.toString()).toContain('DTSTART:20270304T193000Z');
  expect(plain?.attachments).toEqual([]);
});

test('a reminder waits for its time, and is not sent once it is void', async () => {
  const [late, quick] = [await someone('late-seller@test.com'), await someone('quick-seller@test.com')];
  const promised = (seller: string, changes = {}) => {
    const sale = saleTo(newId());
    const deliverBy = new Date(Date.now() + 24 * HOUR).toISOString();
    Object.assign(sale.data, { deliverBy, ...changes });
    Object.assign(sale.data.ticket, { userId: seller, delivery: 'later', startsAt: '2027-03-04T19:30:00.000Z' });
    Object.assign(sale.data.ticket, { timeZone: 'Europe/Berlin' });
    return sale;
  };
  const handedOver = promised(quick.id);
  await auth.deliver(promised(late.id), handedOver);
  const deliveredAt = new Date().toISOString();
  await auth.deliver({ ...handedOver, version: 3, data: { ...handedOver.data, deliverBy: null, deliveredAt } });
  await auth.deliver(handedOver);
  await sendDue();
  expect(mailbox.to('late-seller@test.com').map(({ subject }) => subject)).toEqual(['Sold: Concert']);
  // Its reader may be in any time zone.
  expect(mailbox.to('late-seller@test.com')[0]?.text).toMatch(/Hand it over by .+M GMT\+\d\./);
  auth.clock.ahead = 18 * HOUR;
  await sendDue();
  expect(mailbox.to('late-seller@test.com')[1]?.subject).toBe('Hand over your ticket: Concert');
  expect(mailbox.to('quick-seller@test.com').map(({ subject }) => subject)).toEqual(['Sold: Concert']);
});

describe.each(languages)('in %s', (language) => {
  const soldAt = '2026-01-01T00:00:00.000Z';
  const claim = { reason: 'not-admitted', status: 'pay', answerBy: soldAt } as const;
  const sale: Sale = {
    ...{ orderId: newId(), title: 'A <b>', price: 2_050, venue: null, city: null, startsAt: null, timeZone: null },
    ...{ place: [null, null, null], role: 'buyer', soldAt, deliverBy: soldAt, reason: null, claim: null },
  };
  const payout: PayoutData = {
    ...{ id: newId(), orderId: sale.orderId, userId: newId(), title: 'A <b>', amount: 1_948, settled: 0 },
    ...{ reason: null, at: soldAt },
  };
  const elsewhere = { sendTo: 'elsewhere@test.com' };
  const facts: { [K in Kind]?: Facts[K][] } = {
    ...{
      confirm: [{}],
      reset: [{}],
      ...{ exists: [{}], frozen: [{}], unfrozen: [{}] },
      changed: [{ what: 'password' }],
      move: [elsewhere],
      moved: [elsewhere],
    },
    device: [{ browser: 'Firefox, Windows', network: '203.0.113.7', at: soldAt }],
    refunded: RefundReason.options.flatMap((reason) => [
      { ...sale, reason },
      { ...sale, reason, role: 'seller' },
    ]),
    claimed: ClaimReason.options.map((reason) => ({ ...sale, claim: { ...claim, reason } })),
    decided: (['pay', 'refund'] as const).flatMap((status) => [
      { ...sale, claim: { ...claim, status } },
      { ...sale, role: 'seller', claim: { ...claim, status } },
    ]),
    payoutTo: [{ last4: '6789', former: null }],
    withdrawn: [{ listingId: newId(), title: 'A <b>' }],
    paid: [payout, { ...payout, amount: 0, settled: 1_948 }],
    unpaid: [payout],
  };
  const kinds = (Object.keys(texts[language]) as (Kind | 'footer')[]).filter((kind) => kind !== 'footer');

  test.each(kinds)('%s has a text for everything', async (kind) => {
    const email = `${kind.toLowerCase()}@test.com`;
    const person = await someone(email);
    const given = facts[kind] ?? [sale];
    await readsIn(language, email);
    await auth.queue.owe(
      given.map(
        (each, index) =>
          ({ kind, about: `${index}`.padStart(24, '0'), to: person.id, at: new Date(), facts: each }) as Owed,
      ),
    );
    await sendDue();
    const mails = mailbox.to('sendTo' in (given[0] ?? {}) ? elsewhere.sendTo : email);
    expect(mails).toHaveLength(given.length);
    const said = mails.map(({ subject, text = '', html }) => {
      expect(`${subject} ${text} ${String(html)}`).not.toMatch(/undefined|null|NaN|Invalid|\[object/);
      expect(text).toContain('https://ticketing.test/');
      // A secret after `#` is in no access log.
      expect(text + String(html)).not.toContain('?token=');
      expect(html).not.toContain('<b>');
      // Nothing is missing without images, and dark mode may change the colors.
      expect(html).not.toMatch(/<img|<link|src=|url\(/);
      expect(html).toContain('color-scheme" content="light dark"');
      // Only the button has colors, and has both: all other text takes the reader's.
      const plain = String(html).replaceAll(/background:#1a56db;color:#ffffff|color:inherit/g, '');
      expect(plain).not.toMatch(/color:|color=|background/);
      return `${subject}\n${text}`;
    });
    // Two of the reasons for a refund need no separate sentence.
    expect(new Set(said).size).toBe(kind === 'refunded' ? 10 : given.length);
  });
});

test('a new browser is reported, once a day; a known one is not', async () => {
  await someone('ann@test.com');
  noon();
  const signIn = (browser: string, cookie = '') =>
    auth.signIn('ann@test.com', undefined, '203.0.113.7').set('User-Agent', browser).set('Cookie', cookie).expect(200);
  const known = cookieIn(await signIn('Mozilla/5.0 (Windows NT 10.0) Firefox/145.0'), ['device']);
  await signIn('Mozilla/5.0 (Windows NT 10.0) Firefox/145.0');
  await signIn('curl/8.0', known);
  await sendDue();
  expect(mailbox.to('ann@test.com').map(({ subject }) => subject)).toEqual(['New sign-in to your account']);
  expect(mailbox.to('ann@test.com')[0]?.text).toMatch(
    /Browser: Firefox, Windows\nNetwork: 203\.0\.113\.7\nWhen: .*UTC/,
  );
});

test('a seller whose listing the support desk withdrew is told once, and where to read why', async () => {
  const seller = await someone('delisted@test.com');
  const [withdrawnAt, own] = [new Date().toISOString(), newId()];
  const gone = aTicket({ userId: seller.id, status: 'withdrawn', withdrawnAt, withdrawnBy: 'support' });
  const event = anEvent('ticket:withdrawn', 2, gone);
  await auth.deliver(event, anEvent('ticket:withdrawn', 2, { ...gone, id: own, withdrawnBy: 'seller' }));
  await sendDue();
  // A hold that raced the withdrawal was released: it is withdrawn anew, which is no news.
  await auth.deliver({ ...event, version: 4, data: { ...gone, withdrawnAt: new Date().toISOString() } });
  await sendDue();
  const mails = mailbox.to('delisted@test.com');
  expect(mails.map(({ subject }) => subject)).toEqual(['Your listing was withdrawn: Concert']);
  expect(mails[0]?.text).toContain(`https://ticketing.test/tickets/${gone.id}/edit`);
});

test('an event that comes again brings no second message', async () => {
  const buyer = await someone('again@test.com');
  const sale = saleTo(buyer.id);
  await auth.deliver(sale);
  await sendDue();
  await auth.deliver({ ...sale, version: 3 }, { ...sale, republished: true });
  await sendDue();
  expect(mailbox.to('again@test.com')).toHaveLength(1);
});

test('what happened days ago is not sent', async () => {
  const buyer = await someone('late@test.com');
  await auth.deliver(
    saleTo(buyer.id, new Date(Date.now() - 73 * HOUR)),
    saleTo(buyer.id, new Date(Date.now() - 71 * HOUR)),
  );
  await sendDue();
  expect(mailbox.to('late@test.com')).toHaveLength(1);
});

test('two senders send each message once', async () => {
  const buyer = await someone('twice@test.com');
  await auth.deliver(...Array.from({ length: 20 }, () => saleTo(buyer.id)));
  await Promise.all([sendDue(), sendDue(), sendDue()]);
  expect(mailbox.to('twice@test.com')).toHaveLength(20);
});

/** How many tickets' messages were given up, from the metric. */
async function parked(): Promise<number> {
  const { values = [] } = (await register.getSingleMetric('ticketing_messages_total')?.get()) ?? {};
  return values.find(({ labels }) => labels['kind'] === 'bought' && labels['outcome'] === 'parked')?.value ?? 0;
}

test('a permanently refused address is given up at once', async () => {
  const buyer = await someone('nobody@test.com');
  mailbox.answerWith(() => 550);
  await auth.deliver(saleTo(buyer.id));
  const before = await parked();
  await sendDue();
  expect(await parked()).toBe(before + 1);
  const message = await Messages.findOne({ to: buyer.id }).lean();
  expect(message).toMatchObject({ tries: 1, parkedAt: expect.any(Date) as Date });
  expect(message).not.toHaveProperty('dueAt');
});

test('a temporarily refused address is retried for a day, and does not hold up others', async () => {
  const [buyer, other] = [await someone('full@test.com'), await someone('other@test.com')];
  mailbox.answerWith((address) => (address === 'full@test.com' ? 452 : undefined));
  await auth.deliver(saleTo(buyer.id), saleTo(other.id));
  await sendDue();
  expect(mailbox.to('other@test.com')).toHaveLength(1);
  const load = () => Messages.findOne({ to: buyer.id }).lean();
  expect(await load()).not.toHaveProperty('parkedAt');
  for (let pauses = 0; pauses < 200 && !(await load())?.parkedAt; pauses++) {
    auth.clock.ahead += 15 * MINUTE;
    await sendDue();
  }
  const parked = await load();
  expect(parked?.parkedAt).toBeInstanceOf(Date);
  expect(auth.clock.ahead).toBeGreaterThan(23 * HOUR);
  expect(parked?.tries).toBeGreaterThan(90);
});

test('messages wait for a provider that is down, and then arrive', async () => {
  const buyer = await someone('patient@test.com');
  const down = smtp('smtp://127.0.0.1:9', 'no-reply@ticketing.test');
  const sendInVain = served.senderBy(down);
  await auth.deliver(saleTo(buyer.id), saleTo(buyer.id));
  await sendInVain();
  // It stops at the first failure: the provider is tried once, not for every message.
  expect(await Messages.countDocuments({ to: buyer.id, tries: 1 })).toBe(1);
  auth.clock.ahead = MINUTE;
  await sendDue();
  expect(mailbox.to('patient@test.com')).toHaveLength(2);
  down.close();
});

test('what a sender was sending when it crashed is sent by another', async () => {
  const buyer = await someone('crash@test.com');
  await auth.deliver(saleTo(buyer.id));
  expect(await auth.queue.take()).toMatchObject({ to: buyer.id });
  await sendDue();
  expect(mailbox.to('crash@test.com')).toHaveLength(0);
  auth.clock.ahead = 3 * MINUTE;
  await sendDue();
  expect(mailbox.to('crash@test.com')).toHaveLength(1);
});

test('a message to a deleted account is dropped', async () => {
  await auth.deliver(saleTo(newId()));
  await sendDue();
  expect(await Messages.countDocuments()).toBe(0);
});

describe('confirming an address', () => {
  const confirm = (token: string) => auth.post('confirm', { token });
  const account = async (cookie: string) => {
    const res = await auth.get('me', cookie).expect(200);
    return (res.body as { isConfirmed: boolean }).isConfirmed;
  };
  const linkFor = async (email: string, count = 1) => {
    await until(() => Messages.exists({ dueAt: trusted({ $exists: true }) }));
    await sendDue();
    return tokenIn(await mailbox.received(email, count));
  };

  test('accepts the link that was sent at sign-up, once', async () => {
    const { id, cookie } = await auth.signUp('ann@test.com');
    const token = await linkFor('ann@test.com');
    expect(await account(cookie)).toBe(false);
    await confirm(token).expect(200, { id, email: 'ann@test.com' });
    expect(await account(cookie)).toBe(true);
    await confirm(token).expect(400, refusal('link-expired', 'token'));
  });

  test('refuses a link after 24 hours', async () => {
    await auth.signUp('slow@test.com');
    const token = await linkFor('slow@test.com');
    auth.clock.ahead = 24 * HOUR;
    await confirm(token).expect(400, refusal('link-expired', 'token'));
  });

  test('accepts only the last link that was sent', async () => {
    const { cookie } = await auth.signUp('bob@test.com');
    const first = await linkFor('bob@test.com');
    await auth.post('me/confirmation').set('Cookie', cookie).expect(202);
    const second = await linkFor('bob@test.com', 2);
    await confirm(first).expect(400);
    await confirm(second).expect(200);
    await auth.post('me/confirmation').set('Cookie', cookie).expect(202);
    expect(await Messages.exists({ kind: 'confirm', sentAt: null })).toBeNull();
  });

  test('is limited to thirty invalid links per network', async () => {
    for (let count = 0; count < 30; count++) await confirm('x'.repeat(43)).expect(400);
    await confirm('x'.repeat(43)).expect(429);
  });
});
