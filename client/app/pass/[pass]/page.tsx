import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { Seat } from '@/components/buy/order/seat';
import { PassMark } from '@/components/buy/pass/mark';
import { UsePass } from '@/components/buy/pass/use';
import { TextsProvider } from '@/components/texts';
import { FullWhen, Place, placeOf } from '@/components/ticket/when';
import { findOrder, findPass } from '@/lib/api/server';
import { dayAt } from '@/lib/browse/days';
import { formatEvent, formatTime } from '@/lib/format';
import { preferences } from '@/lib/visitor';
import { getTexts } from '@/texts';
import { fill } from '@/texts/fill';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTexts()).pass.title, robots: { index: false, follow: false } };
}

/** The tone of each verdict. */
const looks = { valid: 'valid', otherDay: 'doubtful', used: 'invalid' } as const;

/** What a venue's staff see of a proof of purchase: whether it is genuine, unused and for today, and for what. */
export default async function PassPage({ params }: { params: Promise<{ pass: string }> }) {
  const { pass } = await params;
  const [found, { locale, timeZone }, { pass: t }] = await Promise.all([findPass(pass), preferences(), getTexts()]);
  if (!found) notFound();
  const { ticket, orderId, usedAt } = found;
  // The buyer gets only a preview: a tap would use up the ticket.
  const isBuyers = (await findOrder(orderId).catch(() => undefined)) !== undefined;
  const at = formatEvent(ticket, locale, timeZone);
  const place = placeOf(ticket);
  const zone = ticket.timeZone ?? 'UTC';
  const isToday = ticket.startsAt === null || dayAt(new Date(ticket.startsAt), zone) === dayAt(new Date(), zone);
  const verdict = usedAt ? 'used' : isToday ? 'valid' : 'otherDay';
  return (
    <article className={`check check-${looks[verdict]}`}>
      <p className="check-verdict">
        <PassMark isValid={verdict === 'valid'} />
        {t[verdict]}
      </p>
      {usedAt && <p className="check-when">{fill(t.usedAt, { at: formatTime(usedAt, locale, zone) })}</p>}
      <h1 dir="auto">{ticket.title}</h1>
      {at ? (
        <p className="check-when">
          <FullWhen startsAt={ticket.startsAt} at={at} />
        </p>
      ) : (
        <p className="check-when">{t.noDate}</p>
      )}
      {ticket.startsAt && isToday && <p className="check-day">{t.today}</p>}
      {place && (
        <p className="check-place">
          <Place details={ticket} />
        </p>
      )}
      <Seat ticket={ticket} />
      {!usedAt && isBuyers && <p className="check-use">{t.preview}</p>}
      {!usedAt && !isBuyers && (
        <TextsProvider texts={{ pass: t }}>
          <UsePass pass={pass} />
        </TextsProvider>
      )}
      <p className="check-order">
        {t.admits} {t.order} <code>{orderId}</code>
        <br />
        {t.proves}
      </p>
    </article>
  );
}
