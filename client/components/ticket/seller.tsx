import type { Seller } from '@/lib/api/seller';
import { formatMonth } from '@/lib/format';
import { preferences } from '@/lib/visitor';
import { getTexts } from '@/texts';
import { countOf, fill } from '@/texts/fill';

/** Who sells a ticket, as far as known: their name and track record. */
export async function SellerFacts({ seller: { profile, sold, isConfirmed } }: { seller: Seller }) {
  const [{ locale }, { terms: t }] = await Promise.all([preferences(), getTexts()]);
  const since = profile && fill(t.memberSince, { month: formatMonth(profile.memberSince, locale) });
  const sales =
    sold && sold.count > 0 && countOf(sold.isMore ? { ...t.sold, other: t.soldOver } : t.sold, sold.count, locale);
  return (
    <>
      <p className="terms-lead">
        <bdi>{profile === null ? t.deleted : (profile?.name ?? t.someone)}</bdi>
      </p>
      {(since || sales) && <p>{[since, sales].filter(Boolean).join(' · ')}</p>}
      {isConfirmed && <p className="terms-good">{t.confirmed}</p>}
    </>
  );
}
