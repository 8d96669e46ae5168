import type { DeadLetterBody } from '@ticketing/common/contract';
import { TimedText } from '@/components/local-time';
import type { Service } from '@/lib/support/services';
import { getTexts } from '@/texts';
import { Act } from './act';

/** Events that a service could not handle; each can be handled again. */
export async function ParkedEvents({ service, letters }: { service: Service; letters: DeadLetterBody[] }) {
  const { events: t } = (await getTexts()).support;
  return (
    <ul className="desk-list">
      {letters.map(({ id, subject, aggregateId, problem, parkedAt }) => (
        <li key={id}>
          <div>
            <code>{subject}</code>
            <p dir="auto">{problem}</p>
            <p className="form-text">
              <TimedText text={t.parkedAt} iso={parkedAt} />
              {aggregateId && (
                <>
                  {' · '}
                  {t.document} <code>{aggregateId}</code>
                </>
              )}
            </p>
          </div>
          <Act action="redrive" id={`${service}/${id}`} about={subject} />
        </li>
      ))}
    </ul>
  );
}
