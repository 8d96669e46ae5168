import type { OrderBody } from '@ticketing/common/contract';
import { getTexts } from '@/texts';

/** A ticket's seat, each part labeled; nothing if the seller gave none. */
export async function Seat({ ticket }: { ticket: OrderBody['ticket'] }) {
  const { receipt: t } = await getTexts();
  const parts = (['section', 'row', 'seat'] as const).filter((part) => ticket[part]);
  if (parts.length === 0) return null;
  return (
    <dl className="seat">
      {parts.map((part) => (
        <div key={part}>
          <dt>{t[part]}</dt>
          <dd dir="auto">{ticket[part]}</dd>
        </div>
      ))}
    </dl>
  );
}
