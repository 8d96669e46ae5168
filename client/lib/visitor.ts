import 'server-only';
import type { UserBody } from '@ticketing/common/contract';
import { redirect } from 'next/navigation';
import { currentUser } from './api';
import { signInPath } from './next-path';

/** The signed-in visitor. Anyone else is sent to sign in, and comes back to the local path `here`. */
export async function requireUser(here: string): Promise<UserBody> {
  return (await currentUser()) ?? redirect(signInPath(here));
}
