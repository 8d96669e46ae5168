'use client';
import type { TicketBody } from '@ticketing/common/contract';
import { useRouter } from 'next/navigation';
import { useEffect, useRef } from 'react';
import { Link } from '@/components/link';
import { useTexts } from '@/components/texts';
import { HandOver, type Chosen } from './hand-over';

/**
 * The second step of listing: hands over what was chosen. Whatever happens, the listing is accurate: until the
 * ticket is there, buyers read that it will be sent later.
 */
export function Listed({ ticket, chosen }: { ticket: TicketBody; chosen: Chosen }) {
  const t = useTexts('handing');
  const router = useRouter();
  const title = useRef<HTMLHeadingElement>(null);
  const next = `/tickets/${ticket.id}/live`;
  useEffect(() => {
    title.current?.focus();
  }, []);
  return (
    <section className="narrow" aria-labelledby="listed">
      <h2 id="listed" ref={title} tabIndex={-1}>
        {t.listedTitle}
      </h2>
      <p>{t.listed}</p>
      <HandOver
        ticket={ticket}
        chosen={chosen}
        onHandedOver={() => {
          router.push(next);
        }}
      />
      <p className="narrow-foot">
        <Link href={next}>{t.skip}</Link>
      </p>
    </section>
  );
}
