'use client';
import { useRouter } from 'next/navigation';
import { Form, Submit } from '@/components/form';
import { useTexts } from '@/components/texts';
import { forgetPendingEmail } from '@/lib/api/account';
import { LinkNotice } from './link-notice';

/** Shows the pending address; resends its link, or keeps the current address. */
export function Pending({ email }: { email: string }) {
  const t = useTexts('account');
  const router = useRouter();
  return (
    <LinkNotice email={email} words={t.pending}>
      <Form
        send={async () => {
          await forgetPendingEmail();
          router.refresh();
        }}
      >
        <Submit busy={t.saving} className="btn btn-link">
          {t.keepEmail}
        </Submit>
      </Form>
    </LinkNotice>
  );
}
