'use client';
import { useState } from 'react';
import { Dialog, Form, Select, Submit, TextArea } from '@/components/form';
import { focusAtOnce } from '@/components/focus';
import { useTexts } from '@/components/texts';
import { useHydrated } from '@/components/use-hydrated';
import { reportTicket } from '@/lib/api/browser';
import { maxLengths, reportReasons } from '@/lib/buy/reasons';

/** Reports a listing; hidden without scripts. */
export function Report({ ticketId }: { ticketId: string }) {
  const [t, { required }] = [useTexts('reporting'), useTexts('form')];
  const [isOpen, setOpen] = useState(false);
  const [isSent, setSent] = useState(false);
  const close = () => {
    setOpen(false);
  };
  const hydrated = useHydrated();
  if (isSent)
    return (
      <span role="status" tabIndex={-1} ref={focusAtOnce}>
        {t.thanks}
      </span>
    );
  return (
    <>
      <button
        type="button"
        className="btn btn-link"
        disabled={!hydrated}
        aria-haspopup="dialog"
        onClick={() => {
          setOpen(true);
        }}
      >
        {t.report}
      </button>
      <Dialog title={t.title} isOpen={isOpen} onClose={close}>
        <Form
          send={async (values) => {
            await reportTicket(ticketId, values);
            close();
            setSent(true);
          }}
          checks={{ reason: (value) => (value ? undefined : required) }}
          draft={`report ${ticketId}`}
        >
          <Select name="reason" label={t.reason} defaultValue="">
            <option value="" disabled>
              {t.choose}
            </option>
            {reportReasons.map((reason) => (
              <option key={reason} value={reason}>
                {t.reasons[reason]}
              </option>
            ))}
          </Select>
          <TextArea name="text" label={t.text} hint={t.hint} maxLength={maxLengths.report} />
          <div className="dialog-actions">
            <Submit busy={t.sending}>{t.send}</Submit>
            <button type="button" className="btn btn-outline-primary" onClick={close}>
              {t.cancel}
            </button>
          </div>
        </Form>
      </Dialog>
    </>
  );
}
