import type { ReactNode } from 'react';
import { Link } from '@/components/link';
import type { Findings } from '@/lib/support/findings';
import type { Part } from '@/lib/support/part';
import type { Service } from '@/lib/support/services';
import { getTexts } from '@/texts';
import { Panel, Told } from './part';
import { ListingRows, OrderRows, PaymentRows, PersonRows } from './rows';

interface FoundProps<T> {
  id: string;
  title: string;
  part: Part<T[]>;
  by: Service;
  children: (found: T[]) => ReactNode;
}

/** What a service found, or that it did not respond; nothing if it found nothing. */
const Found = <T,>({ id, title, part, by, children }: FoundProps<T>) =>
  part === null || part?.length === 0 ? null : (
    <Panel id={id} title={title}>
      <Told part={part} by={by}>
        {children}
      </Told>
    </Panel>
  );

/** What the services found, each in its own section. */
export async function Results({ found: { people, orders, listings, payments } }: { found: Findings }) {
  const { search: t } = (await getTexts()).support;
  const isNothing = [people, orders, listings, payments].every((part) => part === null || part?.length === 0);
  return (
    <>
      <p>
        <Link href="/support" className="desk-link">
          {t.back}
        </Link>
      </p>
      {isNothing && <p role="status">{t.none}</p>}
      <Found id="people" title={t.people} part={people} by="users">
        {(found) => <PersonRows people={found} />}
      </Found>
      <Found id="orders" title={t.orders} part={orders} by="orders">
        {(found) => <OrderRows orders={found} />}
      </Found>
      <Found id="listings" title={t.listings} part={listings} by="tickets">
        {(found) => <ListingRows listings={found} />}
      </Found>
      <Found id="payments" title={t.payments} part={payments} by="payments">
        {(found) => <PaymentRows payments={found} />}
      </Found>
    </>
  );
}
