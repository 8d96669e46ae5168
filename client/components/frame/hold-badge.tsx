'use client';
import { usePathname } from 'next/navigation';
import { useEffect, useState } from 'react';
import { Link } from '@/components/link';
import { formatCountdown } from '@/lib/format';
import { useVisitorsHold } from './use-visitors-hold';

/** The link back to the unpaid held ticket, with the time left; hidden on its own page. */
export function HoldBadge({ label }: { label: string }) {
  const hold = useVisitorsHold();
  const until = hold?.until ?? 0;
  const path = usePathname();
  const [now, setNow] = useState(0);
  useEffect(() => {
    if (until <= Date.now()) return;
    const tick = () => {
      setNow(Date.now());
    };
    tick();
    const timer = setInterval(tick, 1_000);
    return () => {
      clearInterval(timer);
    };
  }, [until]);
  const address = `/orders/${hold?.orderId}`;
  if (now === 0 || until <= now || path === address) return null;
  return (
    <Link href={address} className="hold-badge">
      {label} <strong>{formatCountdown(until - now)}</strong>
    </Link>
  );
}
