import { batch, endings, type Listeners } from '@ticketing/common';
import { owedFor, type OwingSubject } from './domain/messages';
import type { MessageQueue } from './messages/queue';

export function listeners({
  owe,
}: Pick<MessageQueue, 'owe'>): Required<Pick<Listeners, OwingSubject | 'session:ended'>> {
  const owed = <S extends OwingSubject>() => batch<S>((events) => owe(events.flatMap(owedFor)));
  return {
    'user:created': owed<'user:created'>(),
    'order:completed': owed<'order:completed'>(),
    'session:ended': endings,
  };
}
