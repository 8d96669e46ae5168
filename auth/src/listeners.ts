import { batch, each, endings, type Listeners } from '@ticketing/common';
import { owedFor, owing, type OwingSubject } from './domain/messages';
import type { AccountLeaving } from './leaving';
import type { MessageQueue } from './messages/queue';

/** Listens to whatever causes a message, to ended sessions, and to accounts that can be or were deleted. */
export function listeners({
  owe,
  finish,
  erase,
}: Pick<MessageQueue, 'owe'> & Pick<AccountLeaving, 'finish' | 'erase'>) {
  const owed = batch<OwingSubject>((events) => owe(events.flatMap(owedFor)));
  const owes = Object.fromEntries(Object.keys(owing).map((subject) => [subject, owed]));
  return {
    ...(owes as Required<Pick<Listeners, OwingSubject>>),
    'session:ended': endings,
    'user:paid': each<'user:paid'>((event) => finish(event.data, event)),
    'user:deleted': batch<'user:deleted'>((events) => erase(events.map(({ data }) => data.id))),
  };
}
