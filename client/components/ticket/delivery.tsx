import type { TicketBody } from '@ticketing/common/contract';
import { deliveryOf } from '@/lib/buy/delivery';
import { marketSettings } from '@/lib/words/config';
import { preferences } from '@/lib/visitor';
import { getTexts } from '@/texts';
import { countOf, fill } from '@/texts/fill';

type Handover = Pick<TicketBody, 'delivery' | 'deliveredAt' | 'isScanned'>;

/** How a ticket reaches its buyer, in a sentence. */
export async function DeliverySentence({ ticket }: { ticket: Handover }) {
  const [{ locale }, { terms: t }] = await Promise.all([preferences(), getTexts()]);
  const hours = countOf(t.hours, Math.max(1, Math.ceil(marketSettings().DELIVERY_HOURS)), locale);
  return fill(t.deliveries[deliveryOf(ticket)], { hours });
}

/** What a buyer should know about that before paying. */
export async function DeliveryNote({ ticket }: { ticket: Handover }) {
  const { terms: t } = await getTexts();
  const delivery = deliveryOf(ticket);
  return <p className={delivery === 'unscanned' ? 'caution' : undefined}>{t.notes[delivery]}</p>;
}
