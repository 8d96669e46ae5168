import { z } from 'zod';

/** A comma-separated list in one variable. */
export const list = z
  .string()
  .transform((text) => text.split(',').map((part) => part.trim()))
  .pipe(z.array(z.string().min(1)).min(1));

/** Environment of every service. Each URL may contain a user and a password. */
export const baseConfig = {
  PORT: z.coerce.number().int().min(0).max(65535).default(3000),
  HOST: z.string().default('0.0.0.0'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  NATS_URL: z.url().default('nats://nats-srv:4222'),
  NATS_CLUSTER_ID: z.string().default('ticketing'),
  /** Unique per replica and stable across restarts, so that the server drops the dead client at once. */
  NATS_CLIENT_ID: z.string().regex(/^[\w-]+$/),
  /** Whether weak signing keys are rejected instead of only logging a warning. */
  REQUIRE_STRONG_KEYS: z.stringbool().default(false),
};

export type BaseConfig = z.infer<z.ZodObject<typeof baseConfig>>;

/** Environment of a service with its own database. */
export const mongoConfig = { MONGO_URI: z.string().startsWith('mongodb') };

/** Environment of a service that handles prices: the same in all of them, and in the site. */
export const moneyConfig = {
  /** ISO 4217 code in lower case. */
  CURRENCY: z
    .string()
    .regex(/^[a-z]{3}$/)
    .refine((code) => Intl.supportedValuesOf('currency').includes(code.toUpperCase()), { error: 'is no currency' })
    .default('usd'),
};

/** Environment of a service that authenticates callers: session signing keys, of which the first signs. */
export const sessionConfig = { JWT_KEY: list };

/** As long as an HMAC-SHA-256 digest: shorter keys can be guessed offline from a single token. */
const STRONG_KEY_BYTES = 32;
const signingKeys = ['JWT_KEY', 'FACTOR_KEY', 'PASS_KEY', 'DELIVERY_KEY', 'BARCODE_KEY'] as const;

/** Keys by variable: a list, or a single one that never changes. */
export type SigningKeys = Partial<Record<(typeof signingKeys)[number], string[] | string>>;

/** Variables that contain a signing key shorter than 32 bytes, even one that no longer signs. */
export const weakKeys = (config: SigningKeys) =>
  signingKeys.filter((name) => [config[name] ?? []].flat().some((key) => Buffer.byteLength(key) < STRONG_KEY_BYTES));

/**
 * Parses the environment with a schema; `JWT_SECRET` is used if `JWT_KEY` is not set. Throws one error that names every
 * missing or invalid variable, without their values.
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
