'use client';
import { useEffect, useEffectEvent, useState } from 'react';
import { Form, Submit } from '@/components/form';
import { useTexts } from '@/components/texts';
import { useHydrated } from '@/components/use-hydrated';
import { askPasskey, hasPasskeys, offerPasskeys, offersPasskeys, stopOffering } from '@/lib/account/passkeys';
import { signInByPasskey } from '@/lib/api/factors';
import { useEntry } from './use-entry';

/** Less than the five minutes that the API allows. */
const RENEW_MS = 4 * 60_000;

/** Signs in with a passkey: by a button, or when the browser offers passkeys in the email field. */
export function PasskeySignIn({ next }: { next: string }) {
  const t = useTexts('factors');
  const enter = useEntry(next);
  const hydrated = useHydrated();
  const [round, setRound] = useState(0);
  const offer = useEffectEvent(async (isCurrent: () => boolean) => {
    if (!(await offersPasskeys()) || !isCurrent()) return;
    const credential = await offerPasskeys().catch(() => undefined);
    if (!credential || !isCurrent()) return;
    await signInByPasskey(credential);
    await enter();
  });
  useEffect(() => {
    let isCurrent = true;
    const again = () => {
      if (isCurrent) setRound((round) => round + 1);
    };
    const timer = setTimeout(again, RENEW_MS);
    // If the API refuses it, the button will show why.
    void offer(() => isCurrent).catch(() => undefined);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [round]);
  useEffect(() => () => void stopOffering(), []);
  async function send() {
    try {
      await signInByPasskey(await askPasskey('/users/passkeys', t.cancelled));
    } catch (error) {
      setRound((round) => round + 1);
      throw error;
    }
    await enter();
  }
  if (!hydrated || !hasPasskeys()) return null;
  return (
    <Form send={send} className="passkey-sign-in">
      <p className="form-or">{t.or}</p>
      <Submit busy={t.asking} className="btn btn-outline-primary btn-lg w-100">
        {t.usePasskey}
      </Submit>
    </Form>
  );
}
