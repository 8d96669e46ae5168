/** @jest-environment @happy-dom/jest-environment */
import { renderHook } from '@testing-library/react';
import type { ReactNode } from 'react';
import { TextsProvider } from '@/components/texts';
import { en } from '@/texts/en';
import { useEntry } from './use-entry';

const Texts = ({ children }: { children: ReactNode }) => (
  <TextsProvider texts={{ credentials: en.credentials }}>{children}</TextsProvider>
);
const enter = () => renderHook(() => useEntry('/orders'), { wrapper: Texts });
const answering = (currentUser: object | null) =>
  jest.spyOn(window, 'fetch').mockResolvedValue(Response.json({ currentUser }));

let replace: jest.SpyInstance;
beforeEach(() => {
  replace = jest.spyOn(window.location, 'replace').mockReturnValue(undefined);
});
afterEach(() => jest.restoreAllMocks());

it('the next page replaces this one: going back skips the sign-in page', async () => {
  answering({ id: 'ann', email: 'ann@test.com' });
  await enter().result.current();
  expect(replace.mock.calls).toEqual([['/orders']]);
});

it('a browser that refuses cookies is told so, instead of being led on', async () => {
  answering(null);
  await expect(enter().result.current()).rejects.toThrow(en.credentials.cookieRefused);
  expect(replace).not.toHaveBeenCalled();
});

it('an API that does not answer does not keep anyone here', async () => {
  jest.spyOn(window, 'fetch').mockRejectedValue(new TypeError('fetch failed'));
  await enter().result.current();
  expect(replace).toHaveBeenCalledTimes(1);
});
