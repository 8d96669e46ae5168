/** @jest-environment @happy-dom/jest-environment */
import { act, cleanup, configure, render, screen } from '@testing-library/react';
import { AppRouterContext, type AppRouterInstance } from 'next/dist/shared/lib/app-router-context.shared-runtime';
import { ReaderProvider } from '@/components/texts';
import { followed, noteFollowed } from '@/lib/account/followed';
import { en } from '@/texts/en';
import { FollowLink } from './follow-link';

// A busy machine takes longer than a second.
configure({ asyncUtilTimeout: 60_000 });

const { form, api, problems, confirm } = en;

/** As a press of a link to a part of the page does. */
function goTo(hash: string) {
  window.location.hash = hash;
  act(() => void window.dispatchEvent(new Event('hashchange')));
}

function open(token: string, asked = '') {
  window.location.hash = token && `#token=${token}`;
  render(
    <AppRouterContext value={{} as AppRouterInstance}>
      <ReaderProvider locale="en-US" texts={{ form, api, problems, confirm }}>
        <FollowLink kind="confirm" asked={asked} next="/account" otherwise="/account" />
      </ReaderProvider>
    </AppRouterContext>,
  );
}

afterEach(() => {
  cleanup();
  window.history.replaceState(null, '', '/');
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

it('the secret of the link is read in the browser, and posted', async () => {
  const asked = jest.spyOn(window, 'fetch').mockResolvedValue(Response.json({ email: 'someone@test.com' }));
  open('its-secret');
  (await screen.findByRole('button', { name: confirm.press })).click();
  await screen.findByRole('heading', { name: confirm.doneTitle });
  expect(asked.mock.calls.map(([, init]) => init?.body)).toEqual([JSON.stringify({ token: 'its-secret' })]);
  asked.mockRestore();
});

it('a link of before, with its secret in the query, is followed as well', async () => {
  noteFollowed('of-before', {});
  open('', 'of-before');
  await screen.findByRole('heading', { name: confirm.doneTitle });
});

it('the next link opened on the same page counts', async () => {
  noteFollowed('used', {});
  open('used');
  await screen.findByRole('heading', { name: confirm.doneTitle });
  goTo('#token=fresh');
  await screen.findByRole('button', { name: confirm.press });
});

it.each([
  ['', '#token=its-secret'],
  [', though the browser refuses to put the secret back', '#main'],
])('a visitor who skips to the content still follows the link%s', async (_, hash) => {
  const putBack = jest.spyOn(window.history, 'replaceState');
  if (hash === '#main') putBack.mockReturnValue();
  const asked = jest.spyOn(window, 'fetch').mockResolvedValue(Response.json({ email: 'someone@test.com' }));
  open('its-secret');
  await screen.findByRole('button', { name: confirm.press });
  goTo('#main');
  expect(window.location.hash).toBe(hash);
  act(() => {
    screen.getByRole('button', { name: confirm.press }).click();
  });
  await screen.findByRole('heading', { name: confirm.doneTitle });
  expect(asked.mock.calls.map(([, init]) => init?.body)).toEqual([JSON.stringify({ token: 'its-secret' })]);
  asked.mockRestore();
  putBack.mockRestore();
});

it('the secret stays out of the address of the next page', async () => {
  open('its-secret');
  await screen.findByRole('button', { name: confirm.press });
  // As the browser's forward button does, before that page is rendered.
  act(() => {
    window.history.pushState(null, '', '/account');
    window.dispatchEvent(new Event('hashchange'));
  });
  expect([window.location.pathname, window.location.hash]).toEqual(['/account', '']);
});

it('a visitor who skips to the content afterwards is not asked again', async () => {
  noteFollowed('used', {});
  open('used');
  await screen.findByRole('heading', { name: confirm.doneTitle });
  goTo('#main');
  expect(screen.queryByRole('button')).toBeNull();
  screen.getByRole('heading', { name: confirm.doneTitle });
});

it.each(['nonsense', '5', 'null'])('reads %s as nothing', (text) => {
  sessionStorage.setItem('followed odd', text);
  expect(followed('odd')).toBeUndefined();
});
