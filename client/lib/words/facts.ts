import { lifetimes, MAX_DELIVERY, passwordLimits, type MarketSettings } from '@ticketing/common/contract';
import { currency } from '@/lib/config';
import { formatPrice } from '@/lib/format';
import { YEAR_SECONDS } from '@/lib/choices';
import type { Texts } from '@/texts/types';
import type { Operator } from './config';
import type { Facts } from './markdown';

const [SECOND, MINUTE, HOUR, DAY] = [1_000, 60_000, 3_600_000, 86_400_000];

/** A price whose fee is shown, in major units. */
const EXAMPLE = 100;

/** The inputs for the facts. */
interface Sources {
  market: MarketSettings;
  operator: Operator;
  /** BCP 47. */
  locale: string;
  texts: Texts['words'];
  /** The order that someone is writing to us about. */
  order?: string;
}

/** The facts of the text pages. */
export function factsOf({ market, operator, locale, texts, order }: Sources): Facts {
  const count = (value: number, unit?: string) =>
    new Intl.NumberFormat(locale, { ...(unit && { style: 'unit', unit, unitDisplay: 'long' }) }).format(value);
  const percent = (value: number) =>
    new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 2 }).format(value / 100);
  const hours = (value: number) => count(value, 'hour');
  /** In the largest unit that gives a whole number; a day is 24 hours. */
  const lasting = (ms: number) => {
    if (ms > DAY && ms % DAY === 0) return count(ms / DAY, 'day');
    if (ms % HOUR === 0) return hours(ms / HOUR);
    return ms % MINUTE === 0 ? count(ms / MINUTE, 'minute') : count(ms / SECOND, 'second');
  };
  const subject = order ? `?subject=${encodeURIComponent(`${texts.order} ${order}`)}` : '';

  return {
    currency: currency().toUpperCase(),
    operatorName: operator.name ?? texts.noName,
    operatorAddress: operator.address ?? texts.noAddress,
    supportMail: operator.mail,
    supportLink: `mailto:${operator.mail}${subject}`,
    order: order ?? null,
    fee: percent(market.SELLER_FEE_PERCENT),
    examplePrice: formatPrice(EXAMPLE, locale),
    exampleShare: formatPrice(EXAMPLE - market.SELLER_FEE_PERCENT, locale),
    window: lasting(market.ORDER_WINDOW_SECONDS * SECOND),
    holds: count(market.HOLDS_PER_BUYER),
    payout: hours(market.PAYOUT_HOURS),
    payoutUndated: lasting(market.PAYOUT_UNDATED_HOURS * HOUR),
    payoutRead: lasting(market.PAYOUT_READ_HOURS * HOUR),
    answer: hours(market.CLAIM_ANSWER_HOURS),
    delivery: hours(market.DELIVERY_HOURS),
    priceCap: market.PRICE_CAP_PERCENT === undefined ? null : percent(market.PRICE_CAP_PERCENT),
    upload: `${count(MAX_DELIVERY / 1024 / 1024)} MB`,
    passwordLength: count(passwordLimits.min),
    preferences: lasting(YEAR_SECONDS * SECOND),
    ...Object.fromEntries(Object.entries(lifetimes).map(([name, ms]) => [name, lasting(ms)])),
  };
}
