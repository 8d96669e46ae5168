'use client';
import type { OrderBody } from '@ticketing/common/contract';
import { useRouter } from 'next/navigation';
import { useTexts } from '@/components/texts';
import { getPurchase } from '@/lib/api/browser';
import { useLiveOrder } from '@/lib/api/live/hooks';

type Followed = Pick<OrderBody, 'id' | 'version' | 'releasedAt' | 'claim'>;

/** Refreshes the page of a bought ticket whenever its order changes; announces the outcome of a reported problem. */
export function FollowOrder({ order }: { order: Followed }) {
  const { titles } = useTexts('claimed');
  const router = useRouter();
  const hear = ({ version }: OrderBody) => {
    if (version > order.version) router.refresh();
  };
  useLiveOrder(order.id, order.releasedAt === null, hear, () => {
    // Failures are retried at the next opportunity.
    getPurchase(order.id, false).then(
      ({ order: now }) => {
        hear(now);
      },
      () => undefined,
    );
  });
  return (
    <p role="status" className="visually-hidden">
      {order.claim ? titles[order.claim.status] : ''}
    </p>
  );
}
