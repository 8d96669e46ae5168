import path from 'node:path';
import { z } from 'zod';

/** The repository root. */
export const root = path.resolve(__dirname, '../../../..');

/** The environment of programs run here. */
export const environment = process.env;

/** Optional settings, not needed if the cluster can pull public images and report its address. */
const Settings = z
  .object({
    /** The cluster's HTTPS address; default: the Ingress's. */
    INGRESS_URL: z.url({ protocol: /^https$/ }).optional(),
    /** Where images are pushed, such as `localhost:5000`; default: loaded into kind's or minikube's nodes. */
    REGISTRY: z.string().optional(),
    /** Replacements for the base images, if the public ones cannot be pulled. */
    BASE_IMAGE: z.string().optional(),
    MONGO_IMAGE: z.string().optional(),
    NATS_IMAGE: z.string().optional(),
    REDIS_IMAGE: z.string().optional(),
    /** `host` if builds reach package registries only through the host. */
    BUILD_NETWORK: z.string().optional(),
  })
  .transform((env) => ({
    ingressUrl: env.INGRESS_URL,
    registry: env.REGISTRY,
    baseImage: env.BASE_IMAGE,
    servers: { mongo: env.MONGO_IMAGE, 'nats-streaming': env.NATS_IMAGE, redis: env.REDIS_IMAGE },
    buildNetwork: env.BUILD_NETWORK,
  }));

export type Settings = z.infer<typeof Settings>;

/** @throws Error that names every invalid variable */
export function readSettings(): Settings {
  const result = Settings.safeParse(environment);
  if (result.success) return result.data;
  throw new Error(result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('\n'));
}
