import { AppRouterContext, type AppRouterInstance } from 'next/dist/shared/lib/app-router-context.shared-runtime';
import { renderToString } from 'react-dom/server';
import { Form } from '.';
import { TextsProvider } from '@/components/texts';
import { en } from '@/texts/en';

const { form, api, problems } = en;

it('sent before its scripts run, a form does not put what was typed into the address', () => {
  const html = renderToString(
    <AppRouterContext value={{} as AppRouterInstance}>
      <TextsProvider texts={{ form, api, problems }}>
        <Form send={() => Promise.resolve()}>
          <input name="password" />
        </Form>
      </TextsProvider>
    </AppRouterContext>,
  );
  expect(html).toMatch(/<form [^>]*method="post"/);
});
