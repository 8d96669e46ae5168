import { z } from 'zod';

const hours = z.coerce.number().positive().max(8_760);

/**
 * Settings that affect buyers and sellers, by environment variable. A service reads those it uses; the site states all
 * of them, so give it the same environment.
 */
export const marketConfig = {
  /** The marketplace's share of each sale. */
  SELLER_FEE_PERCENT: z.coerce.number().min(0).max(50).default(5),
  /** How long an order holds its ticket, in seconds. */
  ORDER_WINDOW_SECONDS: z.coerce.number().positive().max(86_400).default(900),
  /** Maximum open orders per buyer. */
  HOLDS_PER_BUYER: z.coerce.number().int().positive().max(1_000_000_000).default(6),
  /** From the start of an event to the release of its sellers' money, in hours. */
  PAYOUT_HOURS: hours.default(24),
  /** For events without a date: from the sale to the release, in hours. */
  PAYOUT_UNDATED_HOURS: hours.default(14 * 24),
  /** For events without a date: from when the buyer first opened the ticket to the release, in hours. */
  PAYOUT_READ_HOURS: hours.default(7 * 24),
  /** A seller's time to answer a claim, in hours. */
  CLAIM_ANSWER_HOURS: hours.default(72),
  /** How soon after its sale a promised delivery is due, in hours. */
  DELIVERY_HOURS: hours.default(24),
  /** The highest price in percent of a ticket's face value, if given; empty or unset: no limit. */
  PRICE_CAP_PERCENT: z
    .literal('')
    .transform(() => undefined)
    .or(z.coerce.number().min(1).max(10_000))
    .optional(),
};

const [MINUTE, HOUR, DAY] = [60_000, 3_600_000, 86_400_000];

/** How long things are kept or stay valid, in milliseconds. */
export const lifetimes = {
  /** An unused session. */
  session: 7 * DAY,
  /** A session, however much it is used. */
  wholeSession: 30 * DAY,
  /** A session of the support desk, used or not. */
  supportSession: 12 * HOUR,
  /** The cookie that marks a browser as having signed in to an account. */
  device: 365 * DAY,
  /** Events about people: the broker deletes them after this (infra/docker/nats.conf). */
  told: 30 * DAY,
  /** The record of a message. */
  message: 60 * DAY,
  /** Links sent by mail. */
  confirmLink: 24 * HOUR,
  resetLink: 30 * MINUTE,
  undoLink: 7 * DAY,
  /** A report of a listing. */
  report: 365 * DAY,
  /** A proposal about an order, which waits for a second person. */
  proposal: 7 * DAY,
  /** A delivery: after its event, and after its listing was withdrawn. */
  deliveryAfterEvent: 365 * DAY,
  deliveryWithdrawn: 30 * DAY,
};

const market = z.object(marketConfig);
export type MarketSettings = z.infer<typeof market>;

/** The marketplace's settings in an environment. Throws if one is invalid. */
export const readMarket = (env: object): MarketSettings => market.parse(env);
