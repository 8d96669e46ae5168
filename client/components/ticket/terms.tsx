import type { TicketBody } from '@ticketing/common/contract';
import type { ReactNode } from 'react';
import { getTexts } from '@/texts';
import { DeliveryNote, DeliverySentence } from './delivery';

interface TermsProps {
  ticket: TicketBody;
  /** Who sells it. */
  seller: ReactNode;
}

/** What a buyer gets besides the ticket: its delivery, the guarantee, and who sells it. */
export async function Terms({ ticket, seller }: TermsProps) {
  const { terms: t } = await getTexts();
  return (
    <dl className="terms">
      <div>
        <dt>{t.delivery}</dt>
        <dd>
          <p className="terms-lead">
            <DeliverySentence ticket={ticket} />
          </p>
          <DeliveryNote ticket={ticket} />
        </dd>
      </div>
      <div>
        <dt>{t.guarantee}</dt>
        <dd>
          <p>
            {t.guaranteed} {ticket.startsAt ? t.paidAfter.event : t.paidAfter.sale}
          </p>
        </dd>
      </div>
      <div>
        <dt>{t.seller}</dt>
        <dd>{seller}</dd>
      </div>
    </dl>
  );
}
