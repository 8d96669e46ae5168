import { baseConfig, moneyConfig, mongoConfig, parseConfig, sessionConfig } from '@ticketing/common';
import { z } from 'zod';

export const readConfig = () =>
  parseConfig(
    {
      ...baseConfig,
      ...mongoConfig,
      ...sessionConfig,
      ...moneyConfig,
      STRIPE_KEY: z.string().startsWith('sk_'),
      STRIPE_WEBHOOK_SECRET: z.string().startsWith('whsec_'),
      /** Where Stripe is, if not at Stripe's own address: the emulator. */
      STRIPE_URL: z.url().optional(),
    },
    process.env,
  );
