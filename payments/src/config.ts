import { baseConfig, marketConfig, moneyConfig, mongoConfig, parseConfig, sessionConfig } from '@ticketing/common';
import { z } from 'zod';

export const readConfig = () =>
  parseConfig(
    {
      ...baseConfig,
      ...mongoConfig,
      ...sessionConfig,
      ...moneyConfig,
      SELLER_FEE_PERCENT: marketConfig.SELLER_FEE_PERCENT,
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
