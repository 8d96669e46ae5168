'use client';
import { useState } from 'react';
import { flushSync } from 'react-dom';
import { Dialog, Form, Submit } from '@/components/form';
import { useTexts } from '@/components/texts';
import { withdrawTicket } from '@/lib/api/browser';
import { fill } from '@/texts/fill';

interface WithdrawTicketProps {
  ticket: { id: string; title: string };
  onWithdrawn: () => void;
  className?: string;
}

/** Withdraws a listing after confirmation. */
export function WithdrawTicket({ ticket, onWithdrawn, className = 'btn btn-outline-danger' }: WithdrawTicketProps) {
  const t = useTexts('withdrawal');
  const [isAsked, setAsked] = useState(false);
  const [isDone, setDone] = useState(false);
  const close = () => {
    setAsked(false);
  };
  async function send() {
    await withdrawTicket(ticket.id);
    // Nothing outside an open dialog can take the focus. If the event arrived first, the row and its dialog are gone.
    flushSync(() => {
      setDone(true);
      close();
    });
    document.getElementById('main')?.focus();
    onWithdrawn();
  }
  return (
    <>
      <button
        type="button"
        className={className}
        aria-haspopup="dialog"
        aria-label={fill(t.withdrawOne, ticket)}
        onClick={() => {
          setAsked(true);
        }}
      >
        {t.withdraw}
      </button>
      <Dialog title={fill(t.title, ticket)} isOpen={isAsked} onClose={close} returnTo={isDone ? 'main' : undefined}>
        <p>{t.hint}</p>
        <Form send={send} className="dialog-actions">
          <button type="button" className="btn btn-outline-primary" onClick={close}>
            {t.keep}
          </button>
          <Submit busy={t.withdrawing} className="btn btn-danger">
            {t.confirm}
          </Submit>
        </Form>
      </Dialog>
    </>
  );
}
