import { baseConfig, list, moneyConfig, mongoConfig, parseConfig, sessionConfig } from '@ticketing/common';
import { z } from 'zod';

export const readConfig = () =>
  parseConfig(
    {
      ...baseConfig,
      ...mongoConfig,
      ...sessionConfig,
      ...moneyConfig,
      /** Sign-ups allowed per hour and network address; IPv6 addresses count by /64. */
      SIGNUPS_PER_ADDRESS: z.coerce.number().int().min(1).default(20),
      /** Where messages are handed over; unset or empty: nobody is sent any. */
      SMTP_URL: z
        .literal('')
        .transform(() => undefined)
        .or(z.url({ protocol: /^smtps?$/ }))
        .optional(),
      /** Whom messages come from. */
      MAIL_FROM: z.string().includes('@').default('Ticketing <no-reply@ticketing.dev>'),
      /** Keys of the secrets of authenticator apps, at rest; the first one seals. Those of JWT_KEY come after them. */
      FACTOR_KEY: list.optional(),
      /** Where people reach the site: links in messages lead there, and passkeys are good there alone. */
      SITE_URL: z.url({ protocol: /^https?$/ }).default('https://ticketing.dev'),
    },
    process.env,
  );
