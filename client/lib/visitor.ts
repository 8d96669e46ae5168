import 'server-only';
import type { CurrentUserBody, UserBody } from '@ticketing/common/contract';
import { cookies, headers } from 'next/headers';
import { notFound, redirect } from 'next/navigation';
import { cache } from 'react';
import { currentUser } from './api/server';
import { signInPath } from './account/next-path';
import { cookieIn } from './choices';
import { asTheme, asTimeZone, chooseLanguage, type Preferences } from './preferences';

/** The visitor's preferences: their choices from cookies, otherwise what their browser asks for. */
export const preferences = cache(async (): Promise<Preferences> => {
  const [jar, sent] = await Promise.all([cookies(), headers()]);
  const chosen = (name: Parameters<typeof cookieIn>[1]) => cookieIn((cookie) => jar.get(cookie)?.value, name);
  return {
    ...chooseLanguage(chosen('language'), sent.get('accept-language') ?? undefined),
    theme: asTheme(chosen('theme')),
    timeZone: asTimeZone(chosen('timeZone')),
  };
});

/** When this page was requested, in ms since 1970: one moment for everything on it. */
export const requestTime = cache(() => Date.now());

/**
 * The signed-in visitor, with their role in this session. Anyone else is sent to sign-in, and then returns to the local
 * path `here`.
 */
export async function requireUser(here: string): Promise<NonNullable<CurrentUserBody['currentUser']>> {
  return (await currentUser()) ?? redirect(signInPath(here));
}

/** The signed-in visitor, for pages of the support desk: for anyone without the role these pages do not exist. */
export async function requireSupport(here: string): Promise<UserBody> {
  const user = await currentUser();
  if (!user) redirect(signInPath(here));
  if (user.role !== 'support') notFound();
  return user;
}
