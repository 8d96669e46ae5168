import type { Order, Payment } from './payment';

/** The evidence for a disputed sale, in Stripe's fields. */
export interface Evidence {
  product_description: string;
  service_date?: string;
  customer_email_address?: string;
  uncategorized_text: string;
}

const DAY_LENGTH = 10;

/** What we know of a sale. */
export function evidenceOf(
  { orderId, refunded }: Pick<Payment, 'orderId' | 'refunded'>,
  order: Order,
  email: string | undefined,
): Evidence {
  const { title, venue, city, startsAt, completedAt, releasedAt, readAt, usedAt, claim } = order;
  const place = [venue, city].filter(Boolean).join(', ');
  const facts = [
    `Order ${orderId}`,
    completedAt && `Sold on ${completedAt.toISOString()}; the card was authorized by its holder in our checkout.`,
    refunded > 0 && 'The buyer has the money back: we refunded the charge.',
    readAt && `The buyer opened the ticket that was handed over on ${readAt.toISOString()}.`,
    usedAt && `The buyer's proof of purchase was used at the entrance on ${usedAt.toISOString()}.`,
    claim
      ? `The buyer complained to us: the claim is "${claim}".`
      : 'The buyer never complained to us, though our guarantee lets them until the release.',
    releasedAt && `Nothing stood against paying the seller on ${releasedAt.toISOString()}.`,
  ];
  return {
    product_description: [`Ticket: ${title ?? 'see the order'}`, place].filter(Boolean).join(' · '),
    ...(startsAt && { service_date: startsAt.toISOString().slice(0, DAY_LENGTH) }),
    ...(email && { customer_email_address: email }),
    uncategorized_text: facts.filter(Boolean).join('\n'),
  };
}
