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
      /** The mail server; unset or empty: no messages are sent. */
      SMTP_URL: z
        .literal('')
        .transform(() => undefined)
        .or(z.url({ protocol: /^smtps?$/ }))
        .optional(),
      /** The sender of messages. */
      MAIL_FROM: z.string().includes('@').default('Ticketing <no-reply@ticketing.dev>'),
      /** Keys that encrypt the secrets of authenticator apps; the first one encrypts. The keys of JWT_KEY follow. */
      FACTOR_KEY: list.optional(),
      /** The site's URL: links in messages lead there, and passkeys work only there. */
      SITE_URL: z.url({ protocol: /^https?$/ }).default('https://ticketing.dev'),
    },
    process.env,
  );
