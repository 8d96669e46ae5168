import { z } from 'zod';

const hours = z.coerce.number().positive().max(8_760);

/**
 * Settings that affect buyers and sellers, by environment variable. A service reads those it uses; the site reads all of them
 * to state them, so give it the same environment.
 */
export const marketConfig = {
  /** The marketplace's share of each sale. */
  SELLER_FEE_PERCENT: z.coerce.number().min(0).max(50).default(5),
  /** How long an order holds its ticket, in seconds. */
  ORDER_WINDOW_SECONDS: z.coerce.number().positive().max(86_400).default(900),
  /** Maximum open orders per buyer. */
  HOLDS_PER_BUYER: z.coerce.number().int().positive().max(1_000_000_000).default(6),
  /** From the start of an event to its sellers' release, in hours. */
  PAYOUT_HOURS: hours.default(24),
  /** Where the event has no date: from the sale to the release, in hours. */
  PAYOUT_UNDATED_HOURS: hours.default(14 * 24),
  /** Where the event has no date: from the buyer's first look at the ticket to the release, in hours. */
  PAYOUT_READ_HOURS: hours.default(7 * 24),
  /** A seller's time to answer a claim, in hours. */
  CLAIM_ANSWER_HOURS: hours.default(72),
  /** Within how many hours of its sale a promised delivery is due. */
  DELIVERY_HOURS: hours.default(24),
  /** The highest price in percent of a ticket's face value, where that is given; empty or unset: any. */
  PRICE_CAP_PERCENT: z
    .literal('')
    .transform(() => undefined)
    .or(z.coerce.number().min(1).max(10_000))
    .optional(),
};

const [MINUTE, HOUR, DAY] = [60_000, 3_600_000, 86_400_000];

/** How long things last, in milliseconds. */
export const lifetimes = {
  /** A session that is not used. */
  session: 7 * DAY,
  /** A session, however much it is used. */
  wholeSession: 30 * DAY,
  /** A session of the support desk, used or not. */
  supportSession: 12 * HOUR,
  /** The cookie by which a browser is known to have signed in to an account. */
  device: 365 * DAY,
  /** What services tell each other of people: the broker forgets it (infra/docker/nats.conf). */
  told: 30 * DAY,
  /** What is stored of a message. */
  message: 60 * DAY,
  /** Links that are sent by mail. */
  confirmLink: 24 * HOUR,
  resetLink: 30 * MINUTE,
  undoLink: 7 * DAY,
  /** A report of a listing. */
  report: 365 * DAY,
  /** A proposal about an order, which waits for a second person. */
  proposal: 7 * DAY,
  /** What was handed over: after its event, and after its listing was withdrawn. */
  deliveryAfterEvent: 365 * DAY,
  deliveryWithdrawn: 30 * DAY,
};

const market = z.object(marketConfig);
export type MarketSettings = z.infer<typeof market>;

/** The marketplace's settings in an environment. Throws if one is invalid. */
export const readMarket = (env: object): MarketSettings => market.parse(env);
