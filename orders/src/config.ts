import { baseConfig, moneyConfig, mongoConfig, parseConfig, sessionConfig } from '@ticketing/common';
import { z } from 'zod';

export const readConfig = () =>
  parseConfig(
    {
      ...baseConfig,
      ...mongoConfig,
      ...sessionConfig,
      ...moneyConfig,
      /** How long an order holds its ticket, in seconds. */
      ORDER_WINDOW_SECONDS: z.coerce.number().positive().max(86_400).default(900),
    },
    process.env,
  );
