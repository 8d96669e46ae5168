import path from 'node:path';
import { names } from '@ticketing/local';
import { z } from 'zod';

/** An address with `{service}` in it stands for one of each. */
const Urls = z
  .string()
  .transform((list) =>
    list.split(',').flatMap((url) => [...new Set(names.map((name) => url.replace('{service}', name)))]),
  );

/** A system that runs somewhere already, like one in a cluster. */
const Elsewhere = z
  .object({
    /** Its address, as a browser has it. Its certificate is taken as it is. */
    SYSTEM_URL: z.url(),
    /** Where the host of the URL really is, if no DNS tells: an address, or a name that DNS has. */
    SYSTEM_ADDRESS: z.string().min(1).optional(),
    /** The Stripe emulator behind it, as seen from its own loopback. */
    STRIPE_EMULATOR_URL: z.url(),
    /** Each process of each service, for /readyz and /metrics; separated by commas. */
    SERVICE_URLS: Urls,
  })
  .transform((env) => ({
    url: env.SYSTEM_URL,
    address: env.SYSTEM_ADDRESS,
    stripe: env.STRIPE_EMULATOR_URL,
    services: env.SERVICE_URLS,
  }));

export type Elsewhere = z.infer<typeof Elsewhere>;

/** The system to be tested, if the environment names one; else tests start their own. */
export const elsewhere = process.env.SYSTEM_URL ? Elsewhere.parse(process.env) : undefined;

/** Whether faults and races are tried at length, by `npm run test:faults`; else each is tried once, and briefly. */
export const atLength = process.env.FAULTS === 'long';

/** Where pictures of every page are put for a look. */
export const screenshots = process.env.SCREENSHOTS ?? path.join(__dirname, '../screenshots');
