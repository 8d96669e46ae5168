import type { MessageBody } from '@ticketing/common/contract';
import { TimedText } from '@/components/local-time';
import { getTexts } from '@/texts';
import { Act } from './act';

/** What a message is about; its kind if there is no text for it. */
export const kindOf = (kind: string, kinds: Record<string, string>): string =>
  Object.hasOwn(kinds, kind) ? (kinds[kind] ?? kind) : kind;

/** Messages with their status. One that was sent or given up can be sent again. */
export async function Messages({ messages }: { messages: MessageBody[] }) {
  const { message: t } = (await getTexts()).support;
  return (
    <ul className="desk-list">
      {messages.map((message) => (
        <li key={message.id}>
          <div>
            <strong>{kindOf(message.kind, t.kinds)}</strong>
            <p className="form-text">
              <State message={message} t={t} />
              {message.problem && (
                <>
                  {' · '}
                  <bdi>{message.problem}</bdi>
                </>
              )}
            </p>
          </div>
          {(message.sentAt ?? message.parkedAt) && (
            <Act action="message-send" id={message.id} about={kindOf(message.kind, t.kinds)} />
          )}
        </li>
      ))}
    </ul>
  );
}

type MessageTexts = Awaited<ReturnType<typeof getTexts>>['support']['message'];

function State({ message: { sentAt, parkedAt, dueAt, owedAt }, t }: { message: MessageBody; t: MessageTexts }) {
  if (sentAt) return <TimedText text={t.sent} iso={sentAt} />;
  if (parkedAt) return <TimedText text={t.parked} iso={parkedAt} />;
  return <TimedText text={dueAt ? t.due : t.owed} iso={dueAt ?? owedAt} />;
}
