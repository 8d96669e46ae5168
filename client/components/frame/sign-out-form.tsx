'use client';
import { useEffect, useRef } from 'react';
import { Form, Submit } from '@/components/form';
import { signOut } from '@/lib/api/browser';
import { forgetVisitor } from '@/lib/account/forget';
import { isOutdated, noteSignOut } from '@/lib/account/signed-out';

/** Ends what this tab shows of a visitor who signed out in another, without asking about unsaved input. */
function followOut(): void {
  forgetVisitor();
  emptyPage();
  window.location.reload();
}

/**
 * Empties the page, and removes the listeners that would ask before it is left: who stayed would see a session that has
 * ended.
 */
function emptyPage(): void {
  document.open();
}

/**
 * Signs out with a full page load, so that nothing of the session remains in the browser, in memory or in storage. Its
 * other tabs follow.
 */
export default function SignOutForm({ texts }: { texts: { signOut: string; signingOut: string } }) {
  const tabs = useRef<BroadcastChannel>(null);
  useEffect(() => {
    const channel = new BroadcastChannel('signed-out');
    channel.onmessage = followOut;
    tabs.current = channel;
    // Whoever signed out while this tab was loading could not tell it.
    if (isOutdated()) followOut();
    return () => {
      channel.close();
    };
  }, []);
  async function send() {
    forgetVisitor();
    await signOut();
    noteSignOut();
    tabs.current?.postMessage(null);
    emptyPage();
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
