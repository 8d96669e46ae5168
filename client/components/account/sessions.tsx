'use client';
import type { SessionBody } from '@ticketing/common/contract';
import { useRouter } from 'next/navigation';
import { Form, Submit } from '@/components/form';
import { LocalTime } from '@/components/local-time';
import { useTexts } from '@/components/texts';
import { endOtherSessions, endSession } from '@/lib/api/account';
import { statusOf } from '@/lib/api/errors';

/** Where the visitor is signed in; each place but this one can be signed out, and all of them at once. */
export function Sessions({ sessions }: { sessions: SessionBody[] }) {
  const t = useTexts('account');
  const router = useRouter();
  /** A session that has already ended is no failure. */
  async function end(id: string) {
    await endSession(id).catch((error: unknown) => {
      if (statusOf(error) !== 404) throw error;
    });
    router.refresh();
  }
  async function endOthers() {
    await endOtherSessions();
    router.refresh();
  }
  const others = sessions.filter(({ isCurrent }) => !isCurrent);
  return (
    <>
      <ul className="sessions">
        {sessions.map(({ id, browser, network, lastUsedAt, isCurrent }) => (
          <li key={id}>
            <div>
              <strong id={`session-${id}`}>{browser ?? t.unknownDevice}</strong>
              {isCurrent && ` · ${t.thisDevice}`}
              <p>
                <bdi>{network}</bdi> · {t.lastUsed} <LocalTime iso={lastUsedAt} />
              </p>
            </div>
            {!isCurrent && (
              <Form send={() => end(id)}>
                <Submit busy={t.endingSession} describedBy={`session-${id}`} className="btn btn-outline-primary">
                  {t.endSession}
                </Submit>
              </Form>
            )}
          </li>
        ))}
      </ul>
      {others.length > 0 ? (
        <Form send={endOthers}>
          <Submit busy={t.endingSession} className="btn btn-outline-primary w-100">
            {t.endOtherSessions}
          </Submit>
        </Form>
      ) : (
        <p>{t.onlyHere}</p>
      )}
    </>
  );
}
