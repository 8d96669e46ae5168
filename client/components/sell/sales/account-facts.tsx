import type { SellerBody } from '@ticketing/common/contract';
import { formatCountry } from '@/lib/format';
import { preferences } from '@/lib/visitor';
import { getTexts } from '@/texts';
import { fill } from '@/texts/fill';

/** A seller's Stripe account: its country, and the currency it is paid in. */
export async function AccountFacts({ account: { country, currency } }: { account: SellerBody }) {
  if (!country || !currency) return null;
  const [{ locale }, { sales: t }] = await Promise.all([preferences(), getTexts()]);
  const facts = { country: formatCountry(country, locale), currency: currency.toUpperCase() };
  return <p className="form-text">{fill(t.account, facts)}</p>;
}
