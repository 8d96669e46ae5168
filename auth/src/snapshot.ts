import type { NewEvent } from '@ticketing/common';
import { deleted } from './domain/leaving';
import { allEnded } from './domain/user';
import { toData, type StoredUser } from './store';

/** The events that describe an account's full public state, or its deletion. */
export function snapshot(user: StoredUser): NewEvent[] {
  const [id, { deletedAt }] = [user._id.toString(), user];
  const state = deletedAt ? deleted(id, deletedAt) : { subject: 'user:updated' as const, data: toData(id, user) };
  return [state, ...allEnded(id, user)];
}
