import { callerOf, causeOf, EXPORTS, exporting, sessionOf, type Router, type Sessions } from '@ticketing/common';
import type { Response } from 'express';
import type { Callers } from './callers';
import type { AccountLeaving } from './leaving';
import { limiter } from './store';

const signedInOf = (res: Response) => ({ caller: callerOf(res), session: sessionOf(res) });

/** Adds the routes for exporting data and for leaving. */
export function addLeavingRoutes(
  router: ReturnType<typeof Router>,
  leaving: AccountLeaving,
  { require }: Pick<Sessions, 'require'>,
  { visitorOf, issue }: Callers,
) {
  const limit = limiter('exports', EXPORTS.points, EXPORTS.seconds);
  router.get('/api/users/me/export', require, exporting('auth', leaving.held, limit));

  router.delete('/api/users/me', require, async (req, res) => {
    const { leavingAt, ...continued } = await leaving.leave(signedInOf(res), visitorOf(req), causeOf(req));
    issue(req, continued);
    res.status(202).json({ leavingAt: leavingAt.toISOString() });
  });

  router.delete('/api/users/me/leaving', require, async (req, res) => {
    issue(req, await leaving.stay(signedInOf(res), visitorOf(req), causeOf(req)));
    res.status(204).end();
  });
}
