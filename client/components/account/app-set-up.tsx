'use client';
import type { AppBody } from '@ticketing/common/contract';
import { Field, Form, Submit } from '@/components/form';
import { QrCode } from '@/components/qr-code';
import { useTexts } from '@/components/texts';

interface AppSetUpProps {
  app: AppBody;
  /** Submits the code that the app shows. */
  send: (values: Record<string, string>) => Promise<unknown>;
  onCancel: () => void;
}

/** Sets up an authenticator app: its secret to scan or type, and the first code that it shows. */
export function AppSetUp({ app, send, onCancel }: AppSetUpProps) {
  const t = useTexts('factors');
  return (
    <>
      <p>{t.scan}</p>
      <QrCode text={app.url} label={t.qrLabel} />
      <p className="app-key">
        {t.key}: <code>{app.secret.match(/.{1,4}/g)?.join(' ')}</code>
      </p>
      <Form send={send} checks={{ code: (typed) => (typed.trim() ? undefined : t.codeMissing) }}>
        <Field
          name="code"
          label={t.appCode}
          hint={t.appCodeHint}
          inputMode="numeric"
          autoComplete="one-time-code"
          maxLength={10}
          autoFocus
        />
        <Submit busy={t.switchingOn} className="btn btn-primary w-100">
          {t.switchOn}
        </Submit>
      </Form>
      <button type="button" className="btn btn-link w-100" onClick={onCancel}>
        {t.cancel}
      </button>
    </>
  );
}
