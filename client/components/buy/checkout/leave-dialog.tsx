'use client';
import { useRouter } from 'next/navigation';
import { Dialog, Form, Submit } from '@/components/form';
import { useTexts } from '@/components/texts';
import { cancelOrder } from '@/lib/api/browser';
import { formatCountdown } from '@/lib/format';
import { fill } from '@/texts/fill';
import type { Destination } from './use-leave-guard';

interface LeaveDialogProps {
  orderId: string;
  /** Time until the order expires, in milliseconds. */
  left: number;
  wanted: Destination;
  onStay: () => void;
  /** Called before leaving the page. */
  onLeave: () => void;
}

/** Asks a buyer who is leaving what to do with the ticket: pay, keep it until the time is up, or release it. */
export function LeaveDialog({ orderId, left, wanted, onStay, onLeave }: LeaveDialogProps) {
  const t = useTexts('checkout');
  const router = useRouter();
  function keep() {
    onLeave();
    if (wanted === 'back') window.history.back();
    else router.push(wanted.path);
    onStay();
  }
  async function release() {
    await cancelOrder(orderId);
    onLeave();
    if (wanted === 'back') window.history.back();
    else window.location.assign(wanted.path);
  }
  return (
    <Dialog title={t.leaveTitle} isOpen onClose={onStay}>
      <p>{t.leave}</p>
      <div className="leave-choices">
        <button type="button" className="btn btn-primary btn-lg w-100" onClick={onStay}>
          {t.stay}
        </button>
        <button type="button" className="btn btn-outline-primary w-100" onClick={keep}>
          {fill(t.keep, { left: formatCountdown(left) })}
        </button>
        <Form send={release}>
          <Submit busy={t.releaseBusy} className="btn btn-link w-100">
            {t.release}
          </Submit>
        </Form>
      </div>
    </Dialog>
  );
}
