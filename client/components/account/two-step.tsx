'use client';
import type { AppBody, FactorsBody } from '@ticketing/common/contract';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { Form, Submit } from '@/components/form';
import { useTexts } from '@/components/texts';
import * as api from '@/lib/api/factors';
import { AppSetUp } from './app-set-up';
import { useProof } from './proof';
import { RecoveryCodes } from './recovery-codes';

/** With this few recovery codes left, new ones are suggested. */
const FEW = 3;

/** Recovery codes their owner has not confirmed saving: shown again on return to this page in the same tab. */
let unsaved: string[] = [];

interface ActionProps {
  send: () => Promise<unknown>;
  busy: string;
  children: string;
}

const Action = ({ send, busy, children }: ActionProps) => (
  <Form send={send}>
    <Submit busy={busy} className="btn btn-outline-primary w-100">
      {children}
    </Submit>
  </Form>
);

/** Two-step sign-in: turning it on with an authenticator app or passkeys, turning it off, and its recovery codes. */
export function TwoStep({ isTwoStep, hasApp, recoveryCodes, passkeys }: FactorsBody) {
  const t = useTexts('factors');
  const router = useRouter();
  const proven = useProof();
  const [app, setApp] = useState<AppBody>();
  const [codes, setCodes] = useState(unsaved);
  function show(made: string[]) {
    unsaved = made;
    setCodes(made);
  }
  /** Does something once the visitor has proved who they are, and shows the resulting recovery codes. */
  const change = (act: () => Promise<unknown>) => () =>
    proven(async () => {
      const made = await act();
      if (Array.isArray(made)) show(made as string[]);
      setApp(undefined);
      router.refresh();
    });
  const begin = () => proven(async () => setApp(await api.beginApp()));
  if (codes.length > 0)
    return (
      <RecoveryCodes
        codes={codes}
        onDone={() => {
          show([]);
        }}
      />
    );
  if (app)
    return (
      <AppSetUp
        app={app}
        send={({ code = '' }) => change(() => api.confirmApp(code))()}
        onCancel={() => {
          setApp(undefined);
        }}
      />
    );
  return (
    <div className="two-step">
      <p>
        <strong>{isTwoStep ? t.twoStepOn : t.twoStepOff}</strong> {!isTwoStep && t.twoStepIntro}
      </p>
      {isTwoStep && (
        <p>
          {hasApp && `${t.hasApp} `}
          {t.codesLeft} {recoveryCodes}
        </p>
      )}
      {isTwoStep && recoveryCodes <= FEW && (
        <p className="alert alert-warning" role="status">
          {t.codesFew}
        </p>
      )}
      <Action send={begin} busy={t.preparing}>
        {hasApp ? t.replaceApp : t.setUpApp}
      </Action>
      {!isTwoStep && passkeys.length > 0 && (
        <Action send={change(api.askForPasskeys)} busy={t.switchingOn}>
          {t.askForPasskeys}
        </Action>
      )}
      {isTwoStep && (
        <>
          <Action send={change(api.newRecoveryCodes)} busy={t.makingCodes}>
            {t.newCodes}
          </Action>
          {hasApp && passkeys.length > 0 && (
            <Action send={change(api.removeApp)} busy={t.removing}>
              {t.removeApp}
            </Action>
          )}
          <Action send={change(api.switchTwoStepOff)} busy={t.switchingOff}>
            {t.switchOff}
          </Action>
        </>
      )}
    </div>
  );
}
