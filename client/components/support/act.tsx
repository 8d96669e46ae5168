'use client';
import { supportReason } from '@ticketing/common/contract/limits';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { Dialog, Form, Submit, TextArea } from '@/components/form';
import { useTexts } from '@/components/texts';
import { useHydrated } from '@/components/use-hydrated';
import { takeAction } from '@/lib/api/supporting';
import { actionOf, type ActionName } from '@/lib/support/actions';
import { fill } from '@/texts/fill';
import { useTell } from './outcome';

interface ActProps {
  action: ActionName;
  /** What it applies to. */
  id: string;
  /** Its title or address, which tells several such buttons apart. */
  about: string;
  /** The amount in question, formatted. */
  price?: string;
  /** What the person saw of it, if the API needs to know. */
  seen?: Record<string, number>;
}

/** A button for an action of the support desk. Its dialog says what will happen, and asks for the reason. */
export function Act({ action, id, about, price = '', seen }: ActProps) {
  const t = useTexts('supportActions');
  const { button, title, effect, done } = t.actions[action];
  const { isGrave } = actionOf(action);
  const [isAsked, setAsked] = useState(false);
  const router = useRouter();
  const tell = useTell();
  const hydrated = useHydrated();
  const close = () => {
    setAsked(false);
  };
  async function send({ reason = '' }: Record<string, string>) {
    const { isProposed } = await takeAction(action, id, { ...seen, reason });
    tell(isProposed ? t.proposed : done, close);
    router.refresh();
  }
  return (
    <>
      <button
        type="button"
        className={isGrave ? 'btn btn-outline-danger' : 'btn btn-outline-primary'}
        disabled={!hydrated}
        aria-haspopup="dialog"
        aria-label={fill(t.about, { button, about })}
        onClick={() => {
          setAsked(true);
        }}
      >
        {button}
      </button>
      <Dialog title={fill(title, { about, price })} isOpen={isAsked} onClose={close}>
        <p>{fill(effect, { about, price })}</p>
        <Form
          send={send}
          checks={{ reason: (typed) => (typed.trim() ? undefined : t.reasonMissing) }}
          draft={`support ${action} ${id}`}
        >
          <TextArea name="reason" label={t.reason} hint={t.reasonHint} maxLength={supportReason.max} />
          <div className="dialog-actions">
            <button type="button" className="btn btn-outline-primary" onClick={close}>
              {t.cancel}
            </button>
            <Submit busy={t.sending} className={isGrave ? 'btn btn-danger' : 'btn btn-primary'}>
              {button}
            </Submit>
          </div>
        </Form>
      </Dialog>
    </>
  );
}
