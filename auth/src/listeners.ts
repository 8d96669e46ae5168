import { batch, each, endings, type Listeners } from '@ticketing/common';
import { owedFor, owing, type OwingSubject } from './domain/messages';
import type { AccountLeaving } from './leaving';
import type { MessageQueue } from './messages/queue';

/** Whatever a message is owed for is heard, which sessions ended, and who can be deleted, or was. */
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
