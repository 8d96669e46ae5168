'use client';
import { useRouter } from 'next/navigation';
import { useTexts } from '@/components/texts';

/**
 * Leads someone whose account is being deleted to where they can keep it, without asking: what they typed is there when
 * they come back.
 */
export function KeepAccount() {
  const t = useTexts('form');
  const router = useRouter();
  return (
    <button
      type="button"
      className="btn btn-outline-primary"
      onClick={() => {
        router.push('/account#delete');
      }}
    >
      {t.keepAccount}
    </button>
  );
}
