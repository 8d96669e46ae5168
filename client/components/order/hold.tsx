'use client';
import { useRouter } from 'next/navigation';
import { useEffect, useRef } from 'react';
import { Form, Submit } from '@/components/form';
import { useTexts } from '@/components/texts';
import type { Seen } from '@/lib/browser';
import { takeWish } from '@/lib/wish';
import { usePlaceOrder } from './use-place-order';

/** Holds a ticket: by itself for whoever asked for it before they signed in, else at one tap. */
export function Hold({ ticket }: { ticket: Seen }) {
  const t = useTexts('hold');
  const router = useRouter();
  const frame = useRef<HTMLDivElement>(null);
  const place = usePlaceOrder(ticket);
  useEffect(() => {
    if (takeWish(ticket.id)) frame.current?.querySelector('form')?.requestSubmit();
  }, [ticket.id]);

  async function send() {
    try {
      await place();
    } catch (error) {
      router.refresh();
      throw error;
    }
  }
  return (
    <div ref={frame}>
      <Form send={send}>
        <Submit busy={t.buying} className="btn btn-primary btn-lg w-100">
          {t.buy}
        </Submit>
      </Form>
    </div>
  );
}
