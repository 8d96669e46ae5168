import { parseArgs } from 'node:util';

export const usage = `Usage: npm start -- [options]      (npm run dev -- [options]: reload on change)

  --port N       the proxy's port (3000); 0 takes a free one
  --data DIR     where databases, streams and logs lie (.local)
  --fresh        begin anew: delete what DIR holds
  --replicas N   run each service N times behind the proxy (1)
  --demo         fill in sellers and tickets
  --fill N       fill in that many invented tickets as well (0), for measurements
  --dev          reload services and client when their source changes
  --help         show this

Environment, or lines in .env: STRIPE_KEY (with STRIPE_PUBLISHABLE_KEY and STRIPE_WEBHOOK_SECRET) for Stripe itself
instead of the emulator; what any service reads, like ORDER_WINDOW_SECONDS, HOLDS_PER_BUYER, SIGNUPS_PER_ADDRESS
(1000000 here), CURRENCY, LOG_LEVEL; MONGOD, NATS_STREAMING_SERVER, REDIS_SERVER for servers of your own.`;

/**
 * Parses the command line of `npm start`.
 * @throws Error for the user, for anything not listed in `usage`
 */
export function readOptions(args) {
  const { values } = parseArgs({
    args,
    options: {
      port: { type: 'string', default: '3000' },
      data: { type: 'string', default: '.local' },
      fresh: { type: 'boolean', default: false },
      replicas: { type: 'string', default: '1' },
      demo: { type: 'boolean', default: false },
      fill: { type: 'string', default: '0' },
      dev: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  return {
    ...values,
    port: whole('--port', values.port, 0, 65535),
    replicas: whole('--replicas', values.replicas, 1, 9),
    fill: whole('--fill', values.fill, 0, 1_000_000),
  };
}

function whole(name, text, min, max) {
  const number = Number(text);
  if (/^\d+$/.test(text) && number >= min && number <= max) return number;
  throw new Error(`${name} takes a whole number from ${min} to ${max}, not "${text}"`);
}
