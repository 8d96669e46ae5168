import path from 'node:path';
import { z } from 'zod';

/** The clone's root. */
export const root = path.resolve(__dirname, '../../../..');

/** What programs that are run here find in their environment. */
export const environment = process.env;

/** What the environment may say. All may be left out where the cluster pulls public images and tells its address. */
const Settings = z
  .object({
    /** Where an HTTPS request enters the cluster; unless set, the address that the Ingress itself tells. */
    INGRESS_URL: z.url({ protocol: /^https$/ }).optional(),
    /** Where images are pushed, like `localhost:5000`; unless set, they are loaded into kind's or minikube's nodes. */
    REGISTRY: z.string().optional(),
    /** Stand-ins for the base images, where the public ones cannot be pulled. */
    BASE_IMAGE: z.string().optional(),
    MONGO_IMAGE: z.string().optional(),
    NATS_IMAGE: z.string().optional(),
    REDIS_IMAGE: z.string().optional(),
    /** `host` where builds reach the registries of packages through the host alone. */
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

/** @throws Error that names every variable that is wrong */
export function readSettings(): Settings {
  const result = Settings.safeParse(environment);
  if (result.success) return result.data;
  throw new Error(result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('\n'));
}
