'use client';
import { useEffect, useRef, useState } from 'react';
import { useReader, useTexts } from '@/components/texts';
import { formatCountdown } from '@/lib/format';
import { minutesToSay } from '@/lib/buy/purchase';
import { countOf } from '@/texts/fill';

interface CountdownProps {
  /** Time until the order expires, and its total time; in milliseconds. */
  left: number;
  total: number;
}

/** The time left, always in view; announced at a few moments, not every second. */
export function Countdown({ left, total }: CountdownProps) {
  const t = useTexts('checkout');
  const { locale } = useReader();
  const before = useRef(left);
  const [said, setSaid] = useState('');
  useEffect(() => {
    const minutes = minutesToSay(before.current, left);
    before.current = left;
    if (minutes) setSaid(countOf(t.minutesLeft, minutes, locale));
  }, [left, t, locale]);
  return (
    <div className={left <= 60_000 ? 'countdown countdown-short' : 'countdown'}>
      <p role="timer">
        {t.heldFor} <strong>{formatCountdown(left)}</strong>
      </p>
      <progress max={total} value={Math.max(0, left)} aria-hidden />
      <p className="visually-hidden" role="status">
        {said}
      </p>
    </div>
  );
}
