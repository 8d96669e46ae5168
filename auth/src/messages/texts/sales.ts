import type { ClaimReason, RefundReason } from '@ticketing/common/contract';
import type { Sale } from '../../domain/facts';
import type { Fact, Letter } from '../letter';
import type { SaleTexts, Tools } from './types';

/** Texts that differ for buyer and seller. */
type ToEach = Record<Sale['role'], string>;

/** The texts of messages about sales in one language; the layout is the same in all. */
export interface SaleWords {
  labels: Record<
    'event' | 'when' | 'where' | 'seat' | 'order' | 'paid' | 'price' | 'refunded' | 'sent' | 'kept' | 'share',
    string
  >;
  /** Parts of a seat, in the site's wording. */
  place: { row(row: string): string; seat(seat: string): string };
  actions: Record<'ticket' | 'order' | 'sales' | 'handOver' | 'answer' | 'readAnswer', string>;
  bought: { subject: string; words: string; after: string };
  /** `by` is the sentence about a deadline, `now` the one without. */
  sold: { subject: string; words: string; by(time: string): string; now: string };
  delivered: { subject: string; words: string };
  missing: { subject: string; by(time: string): string; after: string };
  /** `reasons` are those that need their own sentence. */
  refunded: {
    subject: string;
    reasons: Partial<Record<RefundReason, ToEach>>;
    otherwise: string;
    after: ToEach;
  };
  claimed: { subject: string; reasons: Record<ClaimReason, string>; by(time: string): string };
  answered: { subject: string; words: string };
  decided: { subject: string; refund: ToEach; pay: ToEach };
  paid: { subject(amount: string): string; settledSubject(title: string): string; sent: string; settled: string };
  unpaid: { subject: string; words: string[] };
}

const placeOf = ({ venue, city }: Sale) => [venue, city].filter(Boolean).join(', ');

/** A ticket's event, for the buyer's calendar; undefined if it has no time. */
function calendarOf(sale: Sale, { page }: Tools, seat: string | null): Letter['calendar'] {
  const { orderId, startsAt, soldAt, title } = sale;
  if (!startsAt || !soldAt) return undefined;
  const url = page(`/orders/${orderId}`);
  return {
    uid: `${orderId}@${new URL(url).hostname}`,
    startsAt,
    madeAt: Date.parse(soldAt),
    title,
    location: placeOf(sale),
    description: [seat, url].filter(Boolean).join('\n'),
    url,
  };
}

/** The messages about sales, with these texts. */
export function salesIn(t: SaleWords): SaleTexts {
  const { labels, actions } = t;
  const seatOf = ({ place: [section, row, seat] }: Sale) =>
    [section, row && t.place.row(row), seat && t.place.seat(seat)].filter(Boolean).join(', ');
  const about = (sale: Sale, { time }: Tools): Fact[] => [
    [labels.event, sale.title],
    [labels.when, sale.startsAt && time(sale.startsAt, sale.timeZone)],
    [labels.where, placeOf(sale)],
    [labels.seat, seatOf(sale)],
    [labels.order, sale.orderId],
  ];
  const toOrder = ({ orderId }: Sale, { page }: Tools, label: string) => ({ label, url: page(`/orders/${orderId}`) });
  const toSales = ({ page }: Tools, label = actions.sales) => ({ label, url: page('/sales') });
  const forReader = (sale: Sale, tools: Tools) =>
    sale.role === 'buyer' ? toOrder(sale, tools, actions.order) : toSales(tools);
  const named = (subject: string, { title }: { title: string }) => `${subject}: ${title}`;

  return {
    bought: (sale, tools) => ({
      subject: named(t.bought.subject, sale),
      words: [t.bought.words],
      facts: [...about(sale, tools), [labels.paid, tools.price(sale.price)]],
      action: toOrder(sale, tools, actions.ticket),
      after: [t.bought.after],
      calendar: calendarOf(sale, tools, seatOf(sale) && `${labels.seat}: ${seatOf(sale)}`),
    }),
    sold: (sale, tools) => ({
      subject: named(t.sold.subject, sale),
      words: [t.sold.words, sale.deliverBy ? t.sold.by(tools.deadline(sale.deliverBy, sale.timeZone)) : t.sold.now],
      facts: [...about(sale, tools), [labels.price, tools.price(sale.price)]],
      action: toSales(tools),
    }),
    delivered: (sale, tools) => ({
      subject: named(t.delivered.subject, sale),
      words: [t.delivered.words],
      facts: about(sale, tools),
      action: toOrder(sale, tools, actions.ticket),
    }),
    missing: (sale, tools) => ({
      subject: named(t.missing.subject, sale),
      words: [t.missing.by(tools.deadline(sale.deliverBy ?? '', sale.timeZone)), t.missing.after],
      facts: about(sale, tools),
      action: toSales(tools, actions.handOver),
    }),
    refunded: (sale, tools) => ({
      subject: named(t.refunded.subject, sale),
      words: [
        t.refunded.reasons[sale.reason as RefundReason]?.[sale.role] ?? t.refunded.otherwise,
        t.refunded.after[sale.role],
      ],
      facts: [...about(sale, tools), [labels.refunded, tools.price(sale.price)]],
      action: forReader(sale, tools),
    }),
    claimed: (sale, tools) => ({
      subject: named(t.claimed.subject, sale),
      words: sale.claim
        ? [t.claimed.reasons[sale.claim.reason], t.claimed.by(tools.deadline(sale.claim.answerBy, sale.timeZone))]
        : [],
      facts: about(sale, tools),
      action: toSales(tools, actions.answer),
    }),
    answered: (sale, tools) => ({
      subject: named(t.answered.subject, sale),
      words: [t.answered.words],
      facts: about(sale, tools),
      action: toOrder(sale, tools, actions.readAnswer),
    }),
    decided: (sale, tools) => {
      const isRefund = sale.claim?.status === 'refund';
      return {
        subject: named(t.decided.subject, sale),
        words: [t.decided[isRefund ? 'refund' : 'pay'][sale.role]],
        facts: [...about(sale, tools), [labels[isRefund ? 'refunded' : 'price'], tools.price(sale.price)]],
        action: forReader(sale, tools),
      };
    },
    paid: ({ title, amount, settled, orderId }, tools) => ({
      subject: amount > 0 ? t.paid.subject(tools.price(amount)) : t.paid.settledSubject(title),
      words: [amount > 0 ? t.paid.sent : t.paid.settled],
      facts: [
        [labels.event, title],
        [labels.sent, amount > 0 ? tools.price(amount) : null],
        [labels.kept, settled > 0 ? tools.price(settled) : null],
        [labels.order, orderId],
      ],
      action: toSales(tools),
    }),
    unpaid: ({ title, amount, orderId }, tools) => ({
      subject: t.unpaid.subject,
      words: t.unpaid.words,
      facts: [
        [labels.event, title],
        [labels.share, tools.price(amount)],
        [labels.order, orderId],
      ],
      action: toSales(tools),
    }),
  };
}
