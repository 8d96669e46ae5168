'use client';
import { Form, Submit } from '@/components/form';
import { Link } from '@/components/link';
import { useTexts } from '@/components/texts';
import { useLate } from './use-late';

const PATIENCE_MS = 15_000;

interface LateProps {
  /** What is being waited for; a change restarts the delay. */
  wait: string;
  /** The message for a long wait. */
  words: string;
  refresh: () => Promise<void>;
}

/** What to do when a wait takes longer than usual. */
export function Late({ wait, words, refresh }: LateProps) {
  const t = useTexts('checkout');
  if (!useLate(wait, PATIENCE_MS)) return null;
  return (
    <div className="late" role="status">
      <p>{words}</p>
      <Form send={refresh}>
        <Submit busy={t.looking} className="btn btn-outline-primary w-100">
          {t.look}
        </Submit>
      </Form>
      <Link className="btn btn-link w-100" href="/orders">
        {t.allOrders}
      </Link>
    </div>
  );
}
