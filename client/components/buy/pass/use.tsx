'use client';
import { useRouter } from 'next/navigation';
import { Form, Submit } from '@/components/form';
import { useTexts } from '@/components/texts';
import { markPassUsed } from '@/lib/api/browser';
import { statusOf } from '@/lib/api/errors';

/** Admits the bearer of a pass, which is then used. */
export function UsePass({ pass }: { pass: string }) {
  const t = useTexts('pass');
  const router = useRouter();
  async function send() {
    try {
      await markPassUsed(pass);
    } catch (error) {
      if (statusOf(error) !== undefined) router.refresh();
      throw error;
    }
    router.refresh();
  }
  return (
    <Form send={send} className="check-use">
      <Submit busy={t.marking} className="btn btn-primary btn-lg">
        {t.markUsed}
      </Submit>
    </Form>
  );
}
