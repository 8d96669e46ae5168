import { baseConfig, mongoConfig, parseConfig, sessionConfig } from '@ticketing/common';
import { z } from 'zod';

export const readConfig = () =>
  parseConfig(
    {
      ...baseConfig,
      ...mongoConfig,
      ...sessionConfig,
      /** How many sign-ups an hour are taken from one network address; an IPv6 address counts by its /64. */
      SIGNUPS_PER_ADDRESS: z.coerce.number().int().min(1).default(20),
    },
    process.env,
  );
