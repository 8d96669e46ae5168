'use client';
import { useRouter } from 'next/navigation';
import { Form, Submit } from '@/components/form';
import { useTexts } from '@/components/texts';
import { withdrawTicket } from '@/lib/browser';

/** Takes a listing back. */
export function WithdrawTicket({ id }: { id: string }) {
  const t = useTexts('listingForm');
  const router = useRouter();
  async function send() {
    await withdrawTicket(id);
    router.push('/listings');
  }
  return (
    <Form send={send}>
      <Submit busy={t.withdrawing} className="btn btn-outline-danger w-100">
        {t.withdraw}
      </Submit>
    </Form>
  );
}
