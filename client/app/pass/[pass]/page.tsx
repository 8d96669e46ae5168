import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { Seat } from '@/components/order/seat';
import { PassMark } from '@/components/pass/mark';
import { FullWhen, Place, placeOf } from '@/components/ticket/when';
import { findPass } from '@/lib/api';
import { dayAt } from '@/lib/days';
import { formatEvent } from '@/lib/format';
import { preferences } from '@/lib/visitor';
import { getTexts } from '@/texts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTexts()).pass.title, robots: { index: false, follow: false } };
}

/** What the staff at a door see of a pass: whether it is genuine, and what it is for. */
export default async function PassPage({ params }: { params: Promise<{ pass: string }> }) {
  const [found, { locale, timeZone }, { pass: t }] = await Promise.all([
    findPass((await params).pass),
    preferences(),
    getTexts(),
  ]);
  if (!found) notFound();
  const { ticket, orderId } = found;
  const at = formatEvent(ticket, locale, timeZone);
  const place = placeOf(ticket);
  const zone = ticket.timeZone ?? 'UTC';
  const isToday = ticket.startsAt !== null && dayAt(new Date(ticket.startsAt), zone) === dayAt(new Date(), zone);
  return (
    <article className="check check-valid">
      <p className="check-verdict">
        <PassMark isValid />
        {t.valid}
      </p>
      <h1 dir="auto">{ticket.title}</h1>
      {at ? (
        <p className="check-when">
          <FullWhen startsAt={ticket.startsAt} at={at} />
        </p>
      ) : (
        <p className="check-when">{t.noDate}</p>
      )}
      {ticket.startsAt && (
        <p className={isToday ? 'check-day' : 'check-day check-day-other'}>{isToday ? t.today : t.otherDay}</p>
      )}
      {place && (
        <p className="check-place">
          <Place details={ticket} />
        </p>
      )}
      <Seat ticket={ticket} />
      <p className="check-order">
        {t.admits} {t.order} <code>{orderId}</code>
      </p>
    </article>
  );
}
