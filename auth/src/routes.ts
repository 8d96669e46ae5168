import {
  AccountInput,
  callerOf,
  causeOf,
  readBody,
  Router,
  SignInInput,
  SignUpInput,
  validateBody,
  type CurrentUserBody,
  type Sessions,
} from '@ticketing/common';
import type { Operations } from './operations';

export function routes(auth: Operations, sessions: Sessions) {
  const router = Router();

  router.post('/api/users/signup', validateBody(SignUpInput), async (req, res) => {
    const user = await auth.signUp(readBody(SignUpInput, req), causeOf(req));
    sessions.issue(req, user);
    res.status(201).json(user);
  });

  router.post('/api/users/signin', validateBody(SignInInput), async (req, res) => {
    const user = await auth.signIn(readBody(SignInInput, req), req.ip ?? '');
    sessions.issue(req, user);
    res.json(user);
  });

  router.post('/api/users/signout', (req, res) => {
    sessions.end(req);
    res.json({});
  });

  router.get('/api/users/currentuser', (req, res) => {
    res.json({ currentUser: sessions.caller(req) ?? null } satisfies CurrentUserBody);
  });

  router.put('/api/users/me', sessions.require, validateBody(AccountInput), async (req, res) => {
    const user = await auth.changeAccount(callerOf(res).id, readBody(AccountInput, req), req.ip ?? '', causeOf(req));
    sessions.issue(req, user);
    res.json(user);
  });

  return router;
}
