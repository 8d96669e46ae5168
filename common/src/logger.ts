import { pino, type DestinationStream, type Logger } from 'pino';

export type { Logger };

/** Structured logs, on standard output unless said otherwise. What could hold a secret is never printed. */
export const createLogger = (service: string, level: string, destination?: DestinationStream): Logger => {
  const options = { level, base: { service }, redact: { paths: secret, remove: true } };
  return destination ? pino(options, destination) : pino(options);
};

const secret = [
  ...['*.password', '*.cookie', '*.authorization', 'headers', 'req', 'config', '*.headers', '*.clientSecret'],
  // An error of Redis carries the command that failed, with its arguments: signing in is one.
  'err.command',
  'err.previousErrors',
  'err.lastNodeError',
];
