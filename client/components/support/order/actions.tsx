import type { SupportOrderBody, SupportPaymentBody } from '@ticketing/common/contract';
import { formatPrice } from '@/lib/format';
import type { Part } from '@/lib/support/part';
import { actionsOfOrder } from '@/lib/support/possible';
import { preferences } from '@/lib/visitor';
import { getTexts } from '@/texts';
import { Act } from '../act';
import { ExactTime } from '../exact-time';
import { Panel } from '../part';
import { Who } from '../who';

interface OrderActionsProps {
  order: SupportOrderBody;
  payment: Part<SupportPaymentBody>;
  visitor: string;
}

/** What can be done about an order now; first, if there is one, a decision that is waiting for a second person. */
export async function OrderActions({ order, payment, visitor }: OrderActionsProps) {
  const [{ locale }, { support }] = await Promise.all([preferences(), getTexts()]);
  const { order: t } = support;
  const { id, ticket, proposal } = order;
  const actions = actionsOfOrder(order, payment, visitor);
  const [before, between, after] = t.proposed.split(/\{at\}|\{who\}/);
  return (
    <Panel id="actions" title={t.actions}>
      {proposal && (
        <div className="alert alert-warning">
          <h3>{t.proposals[proposal.decision]}</h3>
          <p>
            {before}
            <ExactTime iso={proposal.at} />
            {between}
            <Who id={proposal.by} order={order} visitor={visitor} />
            {after}
          </p>
          <blockquote dir="auto" className="claim-text">
            {proposal.reason}
          </blockquote>
          {proposal.by === visitor && <p className="mb-0">{t.proposalOwn}</p>}
        </div>
      )}
      {actions.length === 0 && !proposal && <p className="form-text">{t.nothingToDo}</p>}
      <div className="desk-actions">
        {actions.map((action) => (
          <Act key={action} action={action} id={id} about={ticket.title} price={formatPrice(ticket.price, locale)} />
        ))}
      </div>
    </Panel>
  );
}
