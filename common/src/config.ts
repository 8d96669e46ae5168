import { z } from 'zod';

/** A list in one variable, separated by commas. */
export const list = z
  .string()
  .transform((text) => text.split(',').map((part) => part.trim()))
  .pipe(z.array(z.string().min(1)).min(1));

/** What every service reads from its environment. Each address may hold a user and a password. */
export const baseConfig = {
  PORT: z.coerce.number().int().min(0).max(65535).default(3000),
  HOST: z.string().default('0.0.0.0'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  NATS_URL: z.url().default('nats://nats-srv:4222'),
  NATS_CLUSTER_ID: z.string().default('ticketing'),
  /** Unique to each replica, the same after its restart: the server then drops the dead one at once. */
  NATS_CLIENT_ID: z.string().regex(/^[\w-]+$/),
  /** Whether signing keys that are easily guessed are refused, not only warned of. */
  REQUIRE_STRONG_KEYS: z.stringbool().default(false),
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

/** As long as what HMAC-SHA-256 gives: one token tells whoever has it whether a guess at a shorter key is right. */
const STRONG_KEY_BYTES = 32;
const signingKeys = ['JWT_KEY', 'PASS_KEY'] as const;

type SigningKeys = Partial<Record<(typeof signingKeys)[number], string[]>>;

/** The variables that hold a signing key of less than 32 bytes, be it one that no longer signs. */
export const weakKeys = (config: SigningKeys) =>
  signingKeys.filter((name) => config[name]?.some((key) => Buffer.byteLength(key) < STRONG_KEY_BYTES));

/**
 * Reads the environment by a schema; `JWT_SECRET` is taken for `JWT_KEY` where that is not set. Throws one error
 * that names every variable that is missing or wrong, and the value of none.
 */
export function parseConfig<T extends z.ZodRawShape>(shape: T, env: NodeJS.ProcessEnv) {
  const result = z.object(shape).safeParse({ ...env, JWT_KEY: env.JWT_KEY ?? env.JWT_SECRET });
  const config: SigningKeys & { REQUIRE_STRONG_KEYS?: boolean } = result.data ?? {};
  const weak = config.REQUIRE_STRONG_KEYS ? weakKeys(config) : [];
  if (result.success && weak.length === 0) return result.data;
  const problems = [
    ...(result.error?.issues ?? []).map((issue) => `  ${issue.path.join('.')}: ${issue.message}`),
    ...weak.map(
      (name) => `  ${name}: a key is shorter than ${STRONG_KEY_BYTES} bytes (openssl rand -base64 32 makes one)`,
    ),
  ];
  throw new Error(`The environment is not complete. Set these variables and start again:\n${problems.join('\n')}`);
}
