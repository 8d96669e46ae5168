import type { PersonBody } from '@ticketing/common/contract';
import { actionsOfPerson } from '@/lib/support/possible';
import { getTexts } from '@/texts';
import { Act } from './act';
import { ExactTime } from './exact-time';
import { Facts, Panel } from './part';

const time = (iso: string | null) => iso && <ExactTime iso={iso} />;

/** An account, and what can be done about it. */
export async function Person({ person }: { person: PersonBody }) {
  const { person: t } = (await getTexts()).support;
  const { id, email, role, frozenAt } = person;
  return (
    <>
      {frozenAt && <p className="alert alert-danger">{t.frozen}</p>}
      <Panel id="account" title={t.account}>
        <Facts
          facts={[
            [t.email, email],
            [t.pendingEmail, person.pendingEmail],
            [t.name, person.name],
            [t.memberSince, time(person.memberSince)],
            [t.confirmedAt, time(person.confirmedAt) ?? t.notConfirmed],
            [t.twoStep, time(person.twoStepSince) ?? t.off],
            [t.role, role ? t.roles[role] : null],
            [t.frozenAt, time(frozenAt)],
            [t.sessions, person.sessions],
            [t.id, <code key="id">{id}</code>],
          ]}
        />
      </Panel>
      <Panel id="actions" title={t.actions}>
        <div className="desk-actions">
          {actionsOfPerson(person).map((action) => (
            <Act key={action} action={action} id={id} about={email} />
          ))}
        </div>
      </Panel>
    </>
  );
}
