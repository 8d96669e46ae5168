'use client';
import { Form, PasswordField, Submit } from '@/components/form';
import { Link } from '@/components/link';
import { Message } from '@/components/message';
import { useTexts } from '@/components/texts';
import { passwordFits } from '@/lib/account/account';
import { noteEmail } from '@/lib/account/typed-email';
import { resetPassword } from '@/lib/api/account';
import { useFollowed } from './use-followed';
import { useLinkToken } from './use-link-token';

/**
 * Sets a new password with the secret in a link.
 * @param asked see `useLinkToken`
 */
export function Reset({ asked }: { asked: string }) {
  const t = useTexts('recovery');
  const words = useTexts('credentials');
  const token = useLinkToken(asked);
  const [done, setDone] = useFollowed(token);
  const checks = { password: (typed: string) => (passwordFits(typed) ? undefined : words.passwordLength) };
  const actions = (
    <Link className="btn btn-primary" href="/auth/signin">
      {words.signIn}
    </Link>
  );
  if (done)
    return (
      <Message title={t.doneTitle} actions={actions}>
        {t.done}
      </Message>
    );
  return (
    <>
      <h1>{t.resetTitle}</h1>
      <Form
        send={async (values) => {
          noteEmail((await resetPassword(token, values)).data.email);
          setDone({});
        }}
        checks={checks}
      >
        <PasswordField name="password" label={t.newPassword} autoComplete="new-password" hint={words.passwordHint} />
        <Submit busy={t.saving} className="btn btn-primary btn-lg w-100">
          {t.save}
        </Submit>
      </Form>
      <p className="narrow-foot">
        <Link href="/auth/forgot">{t.again}</Link>
      </p>
    </>
  );
}
