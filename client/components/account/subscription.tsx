'use client';
import { useRouter } from 'next/navigation';
import { Form, Submit } from '@/components/form';
import { useTexts } from '@/components/texts';
import { subscribe } from '@/lib/api/account';

/** Whether the visitor gets optional messages, and a button to change that. */
export function Subscription({ isSubscribed }: { isSubscribed: boolean }) {
  const t = useTexts('account');
  const router = useRouter();
  return (
    <>
      <p>{isSubscribed ? t.subscribed : t.unsubscribed}</p>
      <Form
        send={async () => {
          await subscribe(!isSubscribed);
          router.refresh();
        }}
      >
        <Submit busy={t.subscribing} className="btn btn-outline-primary w-100">
          {isSubscribed ? t.unsubscribe : t.subscribe}
        </Submit>
      </Form>
    </>
  );
}
