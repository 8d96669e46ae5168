'use client';
import { Form, Submit } from '@/components/form';
import { signOut } from '@/lib/api/browser';
import { forgetVisitor } from '@/lib/account/forget';

/** Signs out with a full page load, so that nothing of the session remains in the browser, in memory or in storage. */
export default function SignOutForm({ texts }: { texts: { signOut: string; signingOut: string } }) {
  async function send() {
    forgetVisitor();
    await signOut();
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
