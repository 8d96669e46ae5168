import { z } from 'zod';

/** A list in one variable, separated by commas. */
export const list = z
  .string()
  .min(1)
  .transform((text) => text.split(',').map((part) => part.trim()))
  .pipe(z.array(z.string().min(8)).min(1));

/** What every service reads from its environment. */
export const baseConfig = {
  PORT: z.coerce.number().int().min(0).max(65535).default(3000),
  HOST: z.string().default('0.0.0.0'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  NATS_URL: z.url().default('nats://nats-srv:4222'),
  NATS_CLUSTER_ID: z.string().default('ticketing'),
  /** Unique to each replica, the same after its restart: the server then drops the dead one at once. */
  NATS_CLIENT_ID: z.string().regex(/^[\w-]+$/),
};

export type BaseConfig = z.infer<z.ZodObject<typeof baseConfig>>;

/** What a service with a database of its own reads. */
export const mongoConfig = { MONGO_URI: z.string().startsWith('mongodb') };

/** What a service that speaks of prices reads: the same in all of them, and in the site. */
export const moneyConfig = {
  /** Three letters, in lower case. */
  CURRENCY: z
    .string()
    .regex(/^[a-z]{3}$/)
    .refine((code) => Intl.supportedValuesOf('currency').includes(code.toUpperCase()), { error: 'is no currency' })
    .default('usd'),
};

/** What a service that knows its callers reads: keys that sign sessions, of which the first one signs. */
export const sessionConfig = { JWT_KEY: list };

/**
 * Reads the environment by a schema; `JWT_SECRET` is taken for `JWT_KEY` where that is not set. Throws one error
 * that names every variable that is missing or wrong.
 */
export function parseConfig<T extends z.ZodRawShape>(shape: T, env: NodeJS.ProcessEnv) {
  const result = z.object(shape).safeParse({ ...env, JWT_KEY: env.JWT_KEY ?? env.JWT_SECRET });
  if (result.success) return result.data;
  const problems = result.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
  throw new Error(`The environment is not complete. Set these variables and start again:\n${problems.join('\n')}`);
}
