import { batch, endings, type Listeners } from '@ticketing/common';
import { owedFor, owing, type OwingSubject } from './domain/messages';
import type { MessageQueue } from './messages/queue';

/** Whatever a message is owed for is heard, and which sessions ended. */
export function listeners({ owe }: Pick<MessageQueue, 'owe'>) {
  const owed = batch<OwingSubject>((events) => owe(events.flatMap(owedFor)));
  const owes = Object.fromEntries(Object.keys(owing).map((subject) => [subject, owed]));
  return { ...(owes as Required<Pick<Listeners, OwingSubject>>), 'session:ended': endings };
}
