import {
  AccountInput,
  callerOf,
  causeOf,
  ForgotInput,
  idOf,
  LinkInput,
  logSecurity,
  NameInput,
  networkOf,
  readBody,
  ResetInput,
  Router,
  SignInInput,
  SignUpInput,
  validateBody,
  validateId,
  type CurrentUserBody,
  type Sessions,
  type UserBody,
} from '@ticketing/common';
import type { Request } from 'express';
import type { Devices } from './devices';
import { languageOf } from './language';
import type { Operations } from './operations';
import type { Visitor } from './visitor';

export function routes(auth: Operations, sessions: Sessions, devices: Devices) {
  const router = Router();

  const visitorOf = (req: Request): Visitor => ({
    network: networkOf(req.ip),
    language: languageOf(req),
    device: devices.of(req),
    log: (event, account) => logSecurity(req, event, { account }),
  });

  const welcome = (req: Request, user: UserBody) => {
    sessions.issue(req, user);
    devices.remember(req, user.id);
  };

  router.post('/api/users/signup', validateBody(SignUpInput), async (req, res) => {
    const user = await auth.signUp(readBody(SignUpInput, req), visitorOf(req), causeOf(req));
    welcome(req, user);
    res.status(201).json(user);
  });

  router.post('/api/users/signin', validateBody(SignInInput), async (req, res) => {
    const user = await auth.signIn(readBody(SignInInput, req), visitorOf(req));
    welcome(req, user);
    res.json(user);
  });

  router.post('/api/users/signout', (req, res) => {
    const caller = sessions.caller(req);
    sessions.end(req);
    if (caller) logSecurity(req, 'signed-out', { account: caller.id });
    res.json({});
  });

  router.get('/api/users/currentuser', (req, res) => {
    res.json({ currentUser: sessions.caller(req) ?? null } satisfies CurrentUserBody);
  });

  router.post('/api/users/confirm', validateBody(LinkInput), async (req, res) => {
    res.json(await auth.confirm(readBody(LinkInput, req).token, visitorOf(req), causeOf(req)));
  });

  router.post('/api/users/undo', validateBody(LinkInput), async (req, res) => {
    res.json(await auth.undo(readBody(LinkInput, req).token, visitorOf(req), causeOf(req)));
  });

  router.post('/api/users/forgot', validateBody(ForgotInput), async (req, res) => {
    await auth.forgot(readBody(ForgotInput, req), visitorOf(req));
    res.status(202).json({});
  });

  router.post('/api/users/reset', validateBody(ResetInput), async (req, res) => {
    const user = await auth.reset(readBody(ResetInput, req), visitorOf(req), causeOf(req));
    // Those who failed to sign in before may do so now.
    devices.remember(req, user.id);
    res.json(user);
  });

  router.get('/api/users/me', sessions.require, async (_req, res) => {
    res.json(await auth.account(callerOf(res).id));
  });

  router.post('/api/users/me/confirmation', sessions.require, async (_req, res) => {
    await auth.sendConfirmation(callerOf(res).id);
    res.status(202).json({});
  });

  router.delete('/api/users/me/pendingEmail', sessions.require, async (req, res) => {
    await auth.forgetPending(callerOf(res).id, causeOf(req));
    res.status(204).end();
  });

  router.put('/api/users/me', sessions.require, validateBody(AccountInput), async (req, res) => {
    const user = await auth.changeAccount(callerOf(res), readBody(AccountInput, req), visitorOf(req), causeOf(req));
    sessions.issue(req, user);
    res.json(user);
  });

  router.put('/api/users/me/name', sessions.require, validateBody(NameInput), async (req, res) => {
    res.json(await auth.rename(callerOf(res).id, readBody(NameInput, req).name, causeOf(req)));
  });

  router.get('/api/users/:id', validateId('id'), async (req, res) => {
    res.json(await auth.profile(idOf(req, 'id')));
  });

  return router;
}
