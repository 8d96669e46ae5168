import { salesIn } from './sales';

export const sales = salesIn({
  labels: {
    event: 'Event',
    when: 'When',
    where: 'Where',
    seat: 'Seat',
    order: 'Order',
    paid: 'Paid',
    price: 'Price',
    refunded: 'Refunded',
    sent: 'Sent',
    kept: 'Kept for earlier refunds',
    share: 'Your share',
  },
  place: { row: (row) => `row ${row}`, seat: (seat) => `seat ${seat}` },
  actions: {
    ticket: 'See your ticket',
    order: 'See your order',
    sales: 'See your sales',
    handOver: 'Hand it over',
    answer: 'Answer',
    readAnswer: 'Read the answer',
  },
  bought: {
    subject: 'Your ticket',
    words: 'Your payment went through, and the ticket is yours.',
    after: 'This is your receipt. If anything is wrong with the ticket, tell us on the same page.',
  },
  sold: {
    subject: 'Sold',
    words: 'Your ticket has been sold.',
    by: (time) => `Hand it over by ${time}. If you don't, the buyer gets their money back.`,
    now: "If you've already handed it over here, there's nothing left to do. Otherwise, do it now.",
  },
  delivered: { subject: 'Your ticket is here', words: 'The seller has handed over your ticket.' },
  missing: {
    subject: 'Hand over your ticket',
    by: (time) => `The buyer is still waiting for the ticket. Hand it over by ${time}.`,
    after: 'After that, the buyer gets their money back automatically.',
  },
  refunded: {
    subject: 'Refunded',
    reasons: {
      'not-delivered': {
        buyer: "The seller didn't hand over your ticket in time.",
        seller: "You didn't hand over the ticket in time.",
      },
      seller: { buyer: 'The seller refunded you.', seller: 'You refunded the buyer.' },
      support: { buyer: 'Our support team refunded you.', seller: 'Our support team refunded the buyer.' },
      dispute: { buyer: 'Your bank returned the payment.', seller: "The buyer's bank took the payment back." },
    },
    otherwise: 'The payment was refunded.',
    after: {
      buyer:
        'You get the full price back on the card you paid with, usually within five to ten days. The ticket is no longer valid.',
      seller: 'The sale is off, and the money goes back to the buyer.',
    },
  },
  claimed: {
    subject: 'A buyer reported a problem',
    reasons: {
      'not-delivered': 'The ticket never arrived.',
      'not-admitted': "The ticket didn't get them in.",
      'not-as-described': "The ticket isn't as described.",
      'event-cancelled': 'The event was cancelled.',
    },
    by: (time) => `Answer by ${time}, or refund the buyer. Without an answer, they get their money back.`,
  },
  answered: {
    subject: 'The seller answered',
    words: "The seller has answered the problem you reported. We'll look into it and decide.",
  },
  decided: {
    subject: 'Decided',
    refund: {
      buyer:
        'We decided in your favour: you get the full price back on the card you paid with, usually within five to ten days.',
      seller:
        "We decided the reported problem in the buyer's favour: they get their money back, and you aren't paid for this sale.",
    },
    pay: {
      buyer: "We looked into the problem you reported and decided in the seller's favour. You keep the ticket.",
      seller: "We decided the reported problem in your favour. You'll be paid as planned.",
    },
  },
  paid: {
    subject: (amount) => `${amount} on its way to you`,
    settledSubject: (title) => `Your share of ${title}`,
    sent: 'We have sent your share of a sale to your account at Stripe, which pays it out to your bank.',
    settled: 'Your share of a sale was used to settle what you owed for earlier refunds.',
  },
  unpaid: {
    subject: "We couldn't pay you yet",
    words: [
      "Stripe refused to send your share of a sale to your account. We'll keep trying.",
      'Please check your sales page: Stripe may still need something from you.',
    ],
  },
});
