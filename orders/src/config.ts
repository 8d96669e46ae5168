import {
  baseConfig,
  list,
  marketConfig,
  moneyConfig,
  mongoConfig,
  parseConfig,
  sessionConfig,
} from '@ticketing/common';
import { z } from 'zod';

const { ORDER_WINDOW_SECONDS, HOLDS_PER_BUYER, CLAIM_ANSWER_HOURS } = marketConfig;
const { PAYOUT_HOURS, PAYOUT_UNDATED_HOURS, PAYOUT_READ_HOURS } = marketConfig;

export const readConfig = () =>
  parseConfig(
    {
      ...baseConfig,
      ...mongoConfig,
      ...sessionConfig,
      ...moneyConfig,
      /** Pass signing keys, of which the first signs; default: the session keys. */
      PASS_KEY: list.optional(),
      /** The highest price of an order that one person at the support desk may decide about, in major units. */
      SUPPORT_LIMIT: z.coerce.number().min(0).default(200),
      /** The highest total price of what one person decides alone per day; empty or unset: ten times SUPPORT_LIMIT. */
      SUPPORT_DAILY: z
        .literal('')
        .transform(() => undefined)
        .or(z.coerce.number().min(0))
        .optional(),
      ...{ ORDER_WINDOW_SECONDS, HOLDS_PER_BUYER, CLAIM_ANSWER_HOURS },
      ...{ PAYOUT_HOURS, PAYOUT_UNDATED_HOURS, PAYOUT_READ_HOURS },
    },
    process.env,
  );

/** Pass keys. The session keys come last: passes they signed before PASS_KEY existed stay valid. */
export const passKeys = ({ PASS_KEY = [], JWT_KEY }: Pick<ReturnType<typeof readConfig>, 'PASS_KEY' | 'JWT_KEY'>) => [
  ...PASS_KEY,
  ...JWT_KEY,
];
