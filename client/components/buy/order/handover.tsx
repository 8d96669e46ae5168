import type { TicketBody } from '@ticketing/common/contract';
import { Link } from '@/components/link';
import { TimedText } from '@/components/local-time';
import { openContent } from '@/lib/api/content';
import { progressOf } from '@/lib/buy/delivery';
import { getTexts } from '@/texts';
import { HandedOver } from './handed-over';

interface HandoverProps {
  orderId: string;
  ticket: TicketBody;
  /** Whether the buyer asked to see what was handed over: only then is it fetched, which proves delivery. */
  isOpened: boolean;
}

/** The status of a bought ticket's delivery, and the ticket itself once its buyer opens it. */
export async function Handover({ orderId, ticket, isOpened }: HandoverProps) {
  const { handover: t } = await getTexts();
  const progress = progressOf(ticket);
  if (progress === 'arranged') return <p>{t.arranged}</p>;
  if (progress === 'missed') return <p>{t.missed}</p>;
  if (progress === 'waiting')
    return (
      <>
        <p className="handover-lead">
          {ticket.deliverBy ? <TimedText text={t.waiting} iso={ticket.deliverBy} /> : t.asked}
        </p>
        <p>{t.otherwise}</p>
      </>
    );
  const content = isOpened ? await openContent(ticket.id).catch(() => undefined) : undefined;
  if (content) return <HandedOver ticketId={ticket.id} content={content} />;
  return (
    <>
      <p className="handover-lead">{isOpened ? t.failed : t.there}</p>
      <Link className="btn btn-primary btn-lg" href={`/orders/${orderId}?show=ticket#ticket`}>
        {isOpened ? t.retry : t.open}
      </Link>
    </>
  );
}
