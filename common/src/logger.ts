import { pino, type DestinationStream, type Logger } from 'pino';

export type { Logger };

/** Structured logs, to standard output by default. Anything that could contain a secret is never printed. */
export const createLogger = (service: string, level: string, destination?: DestinationStream): Logger => {
  const options = { level, base: { service }, redact: { paths: secret, remove: true } };
  return destination ? pino(options, destination) : pino(options);
};

const secret = [
  ...['*.password', '*.cookie', '*.authorization', 'headers', 'req', 'config', '*.headers', '*.clientSecret'],
  // A Redis error contains the failed command with its arguments, such as a password in AUTH.
  'err.command',
  'err.previousErrors',
  'err.lastNodeError',
];
