import { names } from '@ticketing/local';
import { z } from 'zod';

/** An address with `{service}` in it stands for one of each. */
const Urls = z
  .string()
  .transform((list) =>
    list.split(',').flatMap((url) => [...new Set(names.map((name) => url.replace('{service}', name)))]),
  );

/** A system that is already running elsewhere, such as in a cluster. */
const Elsewhere = z
  .object({
    /** Its URL, as in a browser. Its certificate is accepted as it is. */
    SYSTEM_URL: z.url(),
    /** The actual address of the URL's host, if it is not in DNS: an address or a resolvable name. */
    SYSTEM_ADDRESS: z.string().min(1).optional(),
    /** The Stripe emulator behind it, as seen from its own loopback. */
    STRIPE_EMULATOR_URL: z.url(),
    /** The mailbox in which all its messages end. */
    MAILBOX_URL: z.url().default('http://127.0.0.1:8025'),
    /** Each process of each service, for /readyz and /metrics; separated by commas. */
    SERVICE_URLS: Urls,
  })
  .transform((env) => ({
    url: env.SYSTEM_URL,
    address: env.SYSTEM_ADDRESS,
    stripe: env.STRIPE_EMULATOR_URL,
    mailbox: env.MAILBOX_URL,
    services: env.SERVICE_URLS,
  }));

export type Elsewhere = z.infer<typeof Elsewhere>;

/** The system to test, if the environment names one; otherwise tests start their own. */
export const elsewhere = process.env.SYSTEM_URL ? Elsewhere.parse(process.env) : undefined;

/** A system that was started before the test files, for those that share one. */
interface Shared {
  url: string;
  services: string[];
  stripe: string;
  mailbox: string;
  jwtKey: string;
  /** The database of auth. */
  accounts: string;
}

/** The shared system, as the process that starts the test files has told this one. */
export const shared = process.env.SHARED_SYSTEM ? (JSON.parse(process.env.SHARED_SYSTEM) as Shared) : undefined;

/** Tells the processes that this one starts of a shared system. */
export function setShared(system: Shared): void {
  process.env.SHARED_SYSTEM = JSON.stringify(system);
}

/** Whether to run the long version of faults and races (`npm run test:faults`); otherwise each runs once, briefly. */
export const atLength = process.env.FAULTS === 'long';

/** What the short version draws its parts by: the day, so that each has its turn, unless named to repeat a run. */
export const faultsSeed = Number(process.env.FAULTS_SEED ?? Math.floor(Date.now() / 86_400_000));

/** Folder for screenshots of every page; without one there are none. */
export const screenshots = process.env.SCREENSHOTS;
