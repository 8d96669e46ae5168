import { parseArgs } from 'node:util';

export const usage = `Usage: npm run test:cluster -- [options]

Tests the system on the cluster that KUBECONFIG names, in a namespace of its own that it deletes afterwards.

  --keep   leave the system running, for a look or for --again
  --again  test the system that --keep left, as it is
  --help   show this

Environment: INGRESS_URL (where HTTPS enters the cluster), REGISTRY (where images are pushed), BASE_IMAGE, MONGO_IMAGE,
NATS_IMAGE, REDIS_IMAGE (stand-ins for the public ones), BUILD_NETWORK (of docker build).`;

/** @throws Error for the user, for anything not listed in `usage` */
export function readOptions(args: string[]) {
  const flag = { type: 'boolean', default: false } as const;
  return parseArgs({ args, options: { keep: flag, again: flag, help: flag } }).values;
}

export type Options = ReturnType<typeof readOptions>;
