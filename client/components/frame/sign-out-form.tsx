'use client';
import { Form, Submit } from '@/components/form';
import { signOut } from '@/lib/api/browser';
import { forgetHold } from '@/lib/buy/open-hold';

/** Signs out with a full page load, so that nothing of the session stays in the browser's memory. */
export default function SignOutForm({ texts }: { texts: { signOut: string; signingOut: string } }) {
  async function send() {
    await signOut();
    forgetHold();
    window.location.assign('/');
  }
  return (
    <Form send={send}>
      <Submit busy={texts.signingOut} className="menu-item">
        {texts.signOut}
      </Submit>
    </Form>
  );
}
