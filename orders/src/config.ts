import { baseConfig, mongoConfig, parseConfig, sessionConfig } from '@ticketing/common';
import { z } from 'zod';

export const readConfig = () =>
  parseConfig(
    {
      ...baseConfig,
      ...mongoConfig,
      ...sessionConfig,
      /** How long an order holds its ticket, in seconds. */
      ORDER_WINDOW_SECONDS: z.coerce.number().positive().max(86_400).default(900),
      /** How many open orders a buyer may have. */
      HOLDS_PER_BUYER: z.coerce.number().int().positive().max(1_000_000_000).default(6),
    },
    process.env,
  );
