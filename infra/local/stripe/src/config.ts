import { z } from 'zod';
import type { WebhookTarget } from './webhooks/sender';

const port = z.coerce.number({ error: 'must be a number' }).int().min(0).max(65535);

const environment = z
  .object({
    PORT: port.default(12111),
    HOST: z.string().default('127.0.0.1'),
    DATA_DIR: z.string({ error: 'must be a directory for the journal' }).min(1),
    WEBHOOK_URL: z.url({ protocol: /^https?$/, error: 'must be a http(s) URL' }).optional(),
    WEBHOOK_SECRET: z.string().optional(),
    PUBLIC_URL: z.url({ protocol: /^https?$/, error: 'must be a http(s) URL' }).optional(),
  })
  .refine((env) => !env.WEBHOOK_URL || env.WEBHOOK_SECRET, {
    path: ['WEBHOOK_SECRET'],
    error: 'must be set, because WEBHOOK_URL is',
    when: () => true,
  });

export interface Config {
  /** 0: any free port. */
  port: number;
  host: string;
  dataDir: string;
  webhook?: WebhookTarget;
  /** This program's address for browsers; default: its own address. */
  publicUrl?: string;
}

/** @throws naming every variable that is wrong, all at once */
export function readConfig(variables: Record<string, string | undefined> = process.env): Config {
  const given = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ''));
  const result = environment.safeParse(given);
  if (!result.success) {
    const problems = result.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`);
    throw new Error(`The environment is not complete: ${problems.join('; ')}`);
  }
  const { PORT, HOST, DATA_DIR, WEBHOOK_URL, WEBHOOK_SECRET, PUBLIC_URL } = result.data;
  const [secret, thinSecret] = (WEBHOOK_SECRET ?? '').split(',').map((one) => one.trim());
  return {
    port: PORT,
    host: HOST,
    dataDir: DATA_DIR,
    publicUrl: PUBLIC_URL?.replace(/\/$/, ''),
    webhook: WEBHOOK_URL && secret ? { url: WEBHOOK_URL, secret, thinSecret } : undefined,
  };
}
