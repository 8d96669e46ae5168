import type { OrderBody } from '@ticketing/common/contract';
import { unnamed } from '@/components/ticket/when';
import { getTexts } from '@/texts';

/** A ticket's seat, each part labeled; nothing if the seller gave none. */
export async function Seat({ ticket }: { ticket: OrderBody['ticket'] }) {
  const { receipt: t } = await getTexts();
  const { section, row, seat } = ticket;
  const parts = [
    [t.section, section],
    [t.row, row && unnamed(row, 'row')],
    [t.seat, seat && unnamed(seat, 'seat')],
  ].filter(([, value]) => value);
  if (parts.length === 0) return null;
  return (
    <dl className="seat">
      {parts.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd dir="auto">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
