import { logSecurity, networkOf, type Sessions } from '@ticketing/common';
import type { Request } from 'express';
import type { Devices } from './devices';
import { browserOf } from './domain/browser';
import { languageOf } from './language';
import type { Continued } from './continued';
import type { Visitor } from './visitor';

/** The caller of a request, and their cookies. */
export function createCallers(sessions: Sessions, devices: Devices) {
  const issue = (req: Request, { user, session }: Continued) => sessions.issue(req, user, session, session.lifetime);

  return {
    visitorOf: (req: Request): Visitor => ({
      network: networkOf(req.ip),
      browser: browserOf(req.get('user-agent')),
      language: languageOf(req),
      device: devices.of(req),
      session: sessions.of(req)?.session,
      log: (event, account, by) => logSecurity(req, event, { account, by }),
    }),

    /** Continues a session with a new token. */
    issue,

    /** Signs someone in; from then on their browser is a known device. */
    welcome(req: Request, signedIn: Continued) {
      issue(req, signedIn);
      devices.remember(req, signedIn.user.id);
      return signedIn.user;
    },
  };
}

export type Callers = ReturnType<typeof createCallers>;
