/** @jest-environment @happy-dom/jest-environment */
import { cleanup, render, screen } from '@testing-library/react';
import { AppRouterContext, type AppRouterInstance } from 'next/dist/shared/lib/app-router-context.shared-runtime';
import { ReaderProvider } from '@/components/texts';
import { followed, noteFollowed } from '@/lib/account/followed';
import { en } from '@/texts/en';
import { FollowLink } from './follow-link';

const { form, api, problems, confirm } = en;

function open(token: string) {
  render(
    <AppRouterContext value={{} as AppRouterInstance}>
      <ReaderProvider locale="en-US" texts={{ form, api, problems, confirm }}>
        <FollowLink kind="confirm" token={token} next="/account" otherwise="/account" />
      </ReaderProvider>
    </AppRouterContext>,
  );
}

afterEach(() => {
  cleanup();
  sessionStorage.clear();
});

it('a link that was followed says what was done, also when its page is reached again', async () => {
  noteFollowed('used', { email: 'someone@test.com' });
  open('used');
  await screen.findByRole('heading', { name: confirm.doneTitle });
  screen.getByText('someone@test.com');
  expect(screen.queryByRole('button')).toBeNull();
});

it('another link offers what it is for, and a way on if it is no good', async () => {
  noteFollowed('used', {});
  open('fresh');
  await screen.findByRole('button', { name: confirm.press });
  expect(screen.getByRole('link', { name: confirm.otherwise }).getAttribute('href')).toBe('/account');
});

it.each(['nonsense', '5', 'null'])('reads %s as nothing', (text) => {
  sessionStorage.setItem('followed odd', text);
  expect(followed('odd')).toBeUndefined();
});
