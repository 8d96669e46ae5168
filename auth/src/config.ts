import { baseConfig, moneyConfig, mongoConfig, parseConfig, sessionConfig } from '@ticketing/common';
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
      /** Where people reach the site: links in messages lead there. */
      SITE_URL: z.url({ protocol: /^https?$/ }).default('https://ticketing.dev'),
    },
    process.env,
  );
