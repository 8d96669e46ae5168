'use client';
import { useRouter } from 'next/navigation';
import { Form, Select, Submit, TextArea } from '@/components/form';
import { useTexts } from '@/components/texts';
import { claimOrder } from '@/lib/api/browser';
import { statusOf } from '@/lib/api/errors';
import { claimReasons, maxLengths } from '@/lib/buy/reasons';

/** Reports a problem with a bought ticket; the page then shows its progress. */
export function ClaimForm({ orderId }: { orderId: string }) {
  const [t, { required }] = [useTexts('claiming'), useTexts('form')];
  const router = useRouter();
  const needed = (value: string) => (value.trim() ? undefined : required);
  async function send(values: Record<string, string>) {
    try {
      await claimOrder(orderId, values);
    } catch (error) {
      // It may have been settled, or reported in another window.
      if (statusOf(error) === 400) router.refresh();
      throw error;
    }
    document.getElementById('guarantee')?.focus();
    router.refresh();
  }
  return (
    <Form send={send} checks={{ reason: needed, text: needed }} draft={`claim ${orderId}`}>
      <p>{t.next}</p>
      <Select name="reason" label={t.reason} defaultValue="">
        <option value="" disabled>
          {t.choose}
        </option>
        {claimReasons.map((reason) => (
          <option key={reason} value={reason}>
            {t.reasons[reason]}
          </option>
        ))}
      </Select>
      <TextArea name="text" label={t.text} hint={t.hint} maxLength={maxLengths.claim} />
      <Submit busy={t.sending}>{t.send}</Submit>
    </Form>
  );
}
