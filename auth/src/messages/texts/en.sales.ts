import type { Sale } from '../../domain/facts';
import { calendarOf, factsOf } from './sale';
import type { SaleTexts, Tools } from './types';

const about = (sale: Sale, tools: Tools) => [
  ...factsOf(sale, tools, ['Event', 'When', 'Where', 'Seat']),
  ['Order', sale.orderId] satisfies [string, string],
];
const toOrder = ({ orderId }: Sale, { page }: Tools, label: string) => ({ label, url: page(`/orders/${orderId}`) });
const toSales = ({ page }: Tools, label = 'See your sales') => ({ label, url: page('/sales') });
const forReader = (sale: Sale, tools: Tools) =>
  sale.role === 'buyer' ? toOrder(sale, tools, 'See your order') : toSales(tools);

const claims = {
  'not-delivered': 'The ticket never arrived.',
  'not-admitted': "The ticket didn't get them in.",
  'not-as-described': "The ticket isn't as described.",
  'event-cancelled': 'The event was cancelled.',
};

/** Why a sale was undone, as its buyer and its seller read it. */
const reasons: Partial<Record<NonNullable<Sale['reason']>, Record<Sale['role'], string>>> = {
  'not-delivered': {
    buyer: "The seller didn't hand over your ticket in time.",
    seller: "You didn't hand over the ticket in time.",
  },
  seller: { buyer: 'The seller gave your money back.', seller: 'You gave the buyer their money back.' },
  dispute: { buyer: 'Your bank returned the payment.', seller: "The buyer's bank took the payment back." },
};

export const sales: SaleTexts = {
  bought: (sale, tools) => ({
    subject: `Your ticket: ${sale.title}`,
    words: ['Your payment went through, and the ticket is yours.'],
    facts: [...about(sale, tools), ['Paid', tools.price(sale.price)]],
    action: toOrder(sale, tools, 'See your ticket'),
    after: ['This is your receipt. If anything is wrong with the ticket, tell us on the same page.'],
    calendar: calendarOf(sale, tools, 'Seat'),
  }),
  sold: (sale, tools) => ({
    subject: `Sold: ${sale.title}`,
    words: [
      'Your ticket has been sold.',
      sale.deliverBy
        ? `Hand it over by ${tools.time(sale.deliverBy, sale.timeZone)}. If you don't, the buyer gets their money back.`
        : 'If you have not handed it over yet, please do so now.',
    ],
    facts: [...about(sale, tools), ['Price', tools.price(sale.price)]],
    action: toSales(tools),
  }),
  delivered: (sale, tools) => ({
    subject: `Your ticket is here: ${sale.title}`,
    words: ['The seller has handed over your ticket.'],
    facts: about(sale, tools),
    action: toOrder(sale, tools, 'See your ticket'),
  }),
  missing: (sale, tools) => ({
    subject: `Hand over your ticket: ${sale.title}`,
    words: [
      `The buyer is still waiting for the ticket. Hand it over by ${tools.time(sale.deliverBy ?? '', sale.timeZone)}.`,
      'After that, the buyer gets their money back automatically.',
    ],
    facts: about(sale, tools),
    action: toSales(tools, 'Hand it over'),
  }),
  refunded: (sale, tools) => ({
    subject: `Refunded: ${sale.title}`,
    words: [
      reasons[sale.reason as 'seller']?.[sale.role] ?? 'The payment was refunded.',
      sale.role === 'buyer'
        ? 'You get the whole price back on the card you paid with, usually within five to ten days. The ticket is no longer valid.'
        : 'The sale is off, and the money goes back to the buyer.',
    ],
    facts: [...about(sale, tools), ['Refunded', tools.price(sale.price)]],
    action: forReader(sale, tools),
  }),
  claimed: (sale, tools) => ({
    subject: `A buyer reports a problem: ${sale.title}`,
    words: [
      sale.claim ? claims[sale.claim.reason] : '',
      sale.claim
        ? `Answer by ${tools.time(sale.claim.answerBy, sale.timeZone)}, or refund the buyer. Without an answer, they get their money back.`
        : '',
    ],
    facts: about(sale, tools),
    action: toSales(tools, 'Answer'),
  }),
  answered: (sale, tools) => ({
    subject: `The seller answered: ${sale.title}`,
    words: ['The seller has answered the problem that you reported. We will now look into it and decide.'],
    facts: about(sale, tools),
    action: toOrder(sale, tools, 'Read the answer'),
  }),
  decided: (sale, tools) => {
    const isRefund = sale.claim?.status === 'refund';
    const words = {
      buyer: isRefund
        ? 'We decided for you: you get the whole price back on the card you paid with, usually within five to ten days.'
        : 'We looked into the problem that you reported, and decided for the seller. Your ticket stays yours.',
      seller: isRefund
        ? "The reported problem was decided for the buyer: they get their money back, and you aren't paid for this sale."
        : "The reported problem was decided for you. You'll be paid as planned.",
    };
    return {
      subject: `Decided: ${sale.title}`,
      words: [words[sale.role]],
      facts: [...about(sale, tools), [isRefund ? 'Refunded' : 'Price', tools.price(sale.price)]],
      action: forReader(sale, tools),
    };
  },
  paid: ({ title, amount, settled, orderId }, tools) => ({
    subject: amount > 0 ? `${tools.price(amount)} on its way to you` : `Your share of ${title}`,
    words: [
      amount > 0
        ? 'We have sent your share of a sale to your account at Stripe, which pays it out to your bank.'
        : 'Your share of a sale was used to settle what you owed for earlier refunds.',
    ],
    facts: [
      ['Event', title],
      ['Sent', amount > 0 ? tools.price(amount) : null],
      ['Kept for earlier refunds', settled > 0 ? tools.price(settled) : null],
      ['Order', orderId],
    ],
    action: toSales(tools),
  }),
  unpaid: ({ title, amount, orderId }, tools) => ({
    subject: "We couldn't pay you yet",
    words: [
      'Stripe refused to send your share of a sale to your account. We will keep trying.',
      'Please check on your sales page whether Stripe still needs something from you.',
    ],
    facts: [
      ['Event', title],
      ['Your share', tools.price(amount)],
      ['Order', orderId],
    ],
    action: toSales(tools),
  }),
};
