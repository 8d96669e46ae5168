import { baseConfig, moneyConfig, mongoConfig, parseConfig, sessionConfig } from '@ticketing/common';
import { z } from 'zod';

export const readConfig = () =>
  parseConfig(
    {
      ...baseConfig,
      ...mongoConfig,
      ...sessionConfig,
      ...moneyConfig,
      /** The marketplace's share of each sale. */
      SELLER_FEE_PERCENT: z.coerce.number().min(0).max(50).default(5),
      STRIPE_KEY: z.string().startsWith('sk_'),
      /** One for each destination of webhooks, separated by commas. */
      STRIPE_WEBHOOK_SECRET: z
        .string()
        .transform((text) => text.split(',').map((secret) => secret.trim()))
        .pipe(z.array(z.string().startsWith('whsec_'))),
      /** Stripe's base URL, if not the real one (the emulator). */
      STRIPE_URL: z.url().optional(),
    },
    process.env,
  );
