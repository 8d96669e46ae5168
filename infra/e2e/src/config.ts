import { names } from '@ticketing/local';
import { z } from 'zod';

/** A URL with `{service}` in it stands for one URL per service. */
const Urls = z
  .string()
  .transform((list) =>
    list.split(',').flatMap((url) => [...new Set(names.map((name) => url.replace('{service}', name)))]),
  );

/** A system that is already running elsewhere, such as in a cluster. */
const Elsewhere = z
  .object({
    /** Its URL, as in a browser. Any certificate is accepted. */
    SYSTEM_URL: z.url(),
    /** Where the URL's host really is, if it is not in DNS: an IP address or a resolvable name. */
    SYSTEM_ADDRESS: z.string().min(1).optional(),
    /** The Stripe emulator behind it, as seen from its own loopback. */
    STRIPE_EMULATOR_URL: z.url(),
    /** The mailbox that receives all its messages. */
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

/** The shared system, as announced by the process that starts the test files. */
export const shared = process.env.SHARED_SYSTEM ? (JSON.parse(process.env.SHARED_SYSTEM) as Shared) : undefined;

/** Announces a shared system to child processes. */
export function setShared(system: Shared): void {
  process.env.SHARED_SYSTEM = JSON.stringify(system);
}

/** Whether to run the long version of faults and races (`npm run test:faults`); otherwise each runs once, briefly. */
export const atLength = process.env.FAULTS === 'long';

/** The seed for the parts of the short version: the day, so that each gets its turn, unless set to repeat a run. */
export const faultsSeed = Number(process.env.FAULTS_SEED ?? Math.floor(Date.now() / 86_400_000));

/** Folder for screenshots of every page; none are taken without it. */
export const screenshots = process.env.SCREENSHOTS;
