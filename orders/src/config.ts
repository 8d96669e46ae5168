import { baseConfig, list, moneyConfig, mongoConfig, parseConfig, sessionConfig } from '@ticketing/common';
import { z } from 'zod';

const hours = z.coerce.number().positive().max(8_760);

export const readConfig = () =>
  parseConfig(
    {
      ...baseConfig,
      ...mongoConfig,
      ...sessionConfig,
      ...moneyConfig,
      /** Pass signing keys, of which the first signs; default: the session keys. */
      PASS_KEY: list.optional(),
      /** How long an order holds its ticket, in seconds. */
      ORDER_WINDOW_SECONDS: z.coerce.number().positive().max(86_400).default(900),
      /** Maximum open orders per buyer. */
      HOLDS_PER_BUYER: z.coerce.number().int().positive().max(1_000_000_000).default(6),
      /** From the start of an event to its sellers' release, in hours. */
      PAYOUT_HOURS: hours.default(24),
      /** A seller's time to answer a claim, in hours. */
      CLAIM_ANSWER_HOURS: hours.default(72),
    },
    process.env,
  );

/** Pass keys. The session keys come last: passes they signed before PASS_KEY existed stay valid. */
export const passKeys = ({ PASS_KEY = [], JWT_KEY }: Pick<ReturnType<typeof readConfig>, 'PASS_KEY' | 'JWT_KEY'>) => [
  ...PASS_KEY,
  ...JWT_KEY,
];
