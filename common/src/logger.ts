import { pino, type Logger } from 'pino';

export type { Logger };

/** Structured logs on standard output. What could hold a secret is never printed. */
export const createLogger = (service: string, level: string): Logger =>
  pino({
    level,
    base: { service },
    redact: {
      paths: ['*.password', '*.cookie', '*.authorization', 'headers', 'req', 'config', '*.headers', '*.clientSecret'],
      remove: true,
    },
  });
