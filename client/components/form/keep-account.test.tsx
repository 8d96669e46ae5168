/** @jest-environment @happy-dom/jest-environment */
import { cleanup, configure, fireEvent, render, screen } from '@testing-library/react';
import { AppRouterContext, type AppRouterInstance } from 'next/dist/shared/lib/app-router-context.shared-runtime';
import { Field, Form, Submit } from '.';
import { ReaderProvider } from '@/components/texts';
import { ApiError } from '@/lib/api/errors';
import { en } from '@/texts/en';

// A busy machine takes longer than a second.
configure({ asyncUtilTimeout: 60_000 });

const { form, api } = en;
afterEach(cleanup);

test.each([
  ['account-leaving', true],
  ['conflict', false],
] as const)('refused with %s, a form leads to where the account can be kept: %s', async (code, isOffered) => {
  const pushed: string[] = [];
  const router = { push: (path: string) => void pushed.push(path) } as AppRouterInstance;
  const send = () => Promise.reject(new ApiError(409, [{ code, message: '' }]));
  const { unmount } = render(
    <AppRouterContext value={router}>
      <ReaderProvider locale="en-US" texts={{ form, api }}>
        <Form send={send} draft="new listing">
          <Field name="title" label="Title" />
          <Submit busy="Sending">Send</Submit>
        </Form>
      </ReaderProvider>
    </AppRouterContext>,
  );
  fireEvent.input(screen.getByLabelText('Title'), { target: { value: 'Aida' } });
  fireEvent.click(screen.getByRole('button', { name: 'Send' }));
  await screen.findByText(api[code]);
  const way = screen.queryByRole('button', { name: form.keepAccount });
  if (way) fireEvent.click(way);
  expect(pushed).toEqual(isOffered ? ['/account#delete'] : []);
  unmount();
  expect(sessionStorage.getItem('draft new listing')).toBe('{"title":"Aida"}');
});
