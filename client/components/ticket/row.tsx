import type { EventDetails } from '@ticketing/common/contract';
import type { ReactNode } from 'react';
import { Link } from '@/components/link';
import { formatPrice } from '@/lib/format';
import { preferences } from '@/lib/visitor';
import { getTexts } from '@/texts';
import { RowFace } from './row-face';

interface TicketRowProps {
  href: string;
  ticket: { id: string; title: string; price: number } & EventDetails;
  /** Visual tone: action needed, good, or over. */
  tone: 'open' | 'good' | 'over';
  /** The status text. */
  children: ReactNode;
}

/** A row in the visitor's own lists: what and when, status, and price. */
export async function TicketRow({ href, ticket, tone, children }: TicketRowProps) {
  const [{ locale, timeZone }, { categories, ticket: seats }] = await Promise.all([preferences(), getTexts()]);
  return (
    <Link href={href} className="row-link">
      <RowFace ticket={ticket} locale={locale} timeZone={timeZone} categories={categories} seats={seats} />
      <span className={`tag tag-${tone}`}>{children}</span>
      <span className="row-price">{formatPrice(ticket.price, locale)}</span>
    </Link>
  );
}
