'use client';
import { userName } from '@ticketing/common/contract/limits';
import { useRouter } from 'next/navigation';
import { Field, Form, Submit } from '@/components/form';
import { useTexts } from '@/components/texts';
import { changeName } from '@/lib/api/account';

/** Changes the name by which others see the visitor. */
export function NameForm({ name }: { name: string }) {
  const t = useTexts('account');
  const router = useRouter();
  return (
    <Form
      send={async ({ name = '' }) => {
        await changeName(name.trim());
        router.refresh();
      }}
      done={t.nameSaved}
      draft="name"
    >
      <Field
        name="name"
        label={t.name}
        autoComplete="nickname"
        maxLength={userName.max}
        defaultValue={name}
        hint={t.nameHint}
      />
      <Submit busy={t.saving} className="btn btn-outline-primary w-100">
        {t.saveName}
      </Submit>
    </Form>
  );
}
