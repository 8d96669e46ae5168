'use client';
import { useReader, useTexts } from '@/components/texts';
import { useServerClock } from '@/components/use-server-clock';
import { countOf } from '@/texts/fill';

interface HeldNoteProps {
  heldUntil: string;
  /** The server's time when the note appears, in milliseconds. */
  serverNow: number;
}

/** When a held ticket may be available again, in minutes of the server's clock. */
export function HeldNote({ heldUntil, serverNow }: HeldNoteProps) {
  const { locale } = useReader();
  const { back, backSoon } = useTexts('ticket');
  const minutes = Math.ceil((Date.parse(heldUntil) - useServerClock(serverNow)) / 60_000);
  return <>{minutes > 0 ? countOf(back, minutes, locale) : backSoon}</>;
}
