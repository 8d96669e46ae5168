import { batch, type Listeners } from '@ticketing/common';
import { owedFor, owing, type OwingSubject } from './domain/messages';
import type { MessageQueue } from './messages/queue';

/** Whatever a message is owed for is heard. */
export function listeners({ owe }: Pick<MessageQueue, 'owe'>): Required<Pick<Listeners, OwingSubject>> {
  const owed = batch<OwingSubject>((events) => owe(events.flatMap(owedFor)));
  return Object.fromEntries(Object.keys(owing).map((subject) => [subject, owed])) as never;
}
