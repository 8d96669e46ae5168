import { baseConfig, mongoConfig, parseConfig, sessionConfig } from '@ticketing/common';
import { z } from 'zod';

export const readConfig = () =>
  parseConfig(
    {
      ...baseConfig,
      ...mongoConfig,
      ...sessionConfig,
      /** Sign-ups allowed per hour and network address; IPv6 addresses count by /64. */
      SIGNUPS_PER_ADDRESS: z.coerce.number().int().min(1).default(20),
    },
    process.env,
  );
