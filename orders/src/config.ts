import { baseConfig, list, moneyConfig, mongoConfig, parseConfig, sessionConfig } from '@ticketing/common';
import { z } from 'zod';

export const readConfig = () =>
  parseConfig(
    {
      ...baseConfig,
      ...mongoConfig,
      ...sessionConfig,
      ...moneyConfig,
      /** Keys that sign passes, of which the first one signs; unless set, those of sessions do. */
      PASS_KEY: list.optional(),
      /** How long an order holds its ticket, in seconds. */
      ORDER_WINDOW_SECONDS: z.coerce.number().positive().max(86_400).default(900),
      /** How many open orders a buyer may have. */
      HOLDS_PER_BUYER: z.coerce.number().int().positive().max(1_000_000_000).default(6),
    },
    process.env,
  );

/** The keys of passes. Those of sessions come last: passes that they signed, before there was PASS_KEY, stay valid. */
export const passKeys = ({ PASS_KEY = [], JWT_KEY }: Pick<ReturnType<typeof readConfig>, 'PASS_KEY' | 'JWT_KEY'>) => [
  ...PASS_KEY,
  ...JWT_KEY,
];
