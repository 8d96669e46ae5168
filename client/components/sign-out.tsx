'use client';
import { signOut } from '@/lib/browser';
import { Form, Submit } from './form';

/** Signs out. The whole page is loaded anew, so that nothing of the session stays in the browser's memory. */
export function SignOut() {
  async function send() {
    await signOut();
    window.location.assign('/');
  }
  return (
    <Form send={send}>
      <Submit busy="Signing out…" className="btn btn-link site-signout">
        Sign out
      </Submit>
    </Form>
  );
}
