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
  Refusal,
  ResetInput,
  Router,
  sessionOf,
  SignInInput,
  SignUpInput,
  SubscriptionInput,
  validateBody,
  validateId,
  type CurrentUserBody,
  type Sessions,
} from '@ticketing/common';
import type { Request } from 'express';
import { createCallers } from './callers';
import type { Devices } from './devices';
import { addFactorRoutes, type Factors } from './factorRoutes';
import { addLeavingRoutes } from './leavingRoutes';
import type { Operations } from './operations';
import type { AccountSessions } from './sessions';
import type { Support } from './support';
import { addSupportRoutes } from './supportRoutes';

/** The token of a link in the query, not in the body; empty if there is none. */
const linkTokenOf = ({ query: { token } }: Request) => (typeof token === 'string' ? token : '');

export function routes(
  auth: Operations,
  own: AccountSessions,
  factors: Factors,
  support: Support,
  sessions: Sessions,
  devices: Devices,
) {
  const router = Router();

  const callers = createCallers(sessions, devices);
  const { visitorOf, issue, welcome } = callers;

  router.post('/api/users/signup', validateBody(SignUpInput), async (req, res) => {
    res.status(201).json(welcome(req, await auth.signUp(readBody(SignUpInput, req), visitorOf(req), causeOf(req))));
  });

  router.post('/api/users/signin', validateBody(SignInInput), async (req, res) => {
    const entered = await auth.signIn(readBody(SignInInput, req), visitorOf(req), causeOf(req));
    if (!('steps' in entered)) return void res.json(welcome(req, entered));
    const { steps, ...ticket } = entered;
    factors.challenges.tickets.ask(req, ticket);
    throw new Refusal('factor-required', { params: { steps: steps.join(', ') } });
  });

  router.post('/api/users/signout', async (req, res) => {
    const signedIn = sessions.of(req);
    if (signedIn) {
      await own.end(signedIn.session, causeOf(req));
      logSecurity(req, 'signed-out', { account: signedIn.caller.id });
    }
    sessions.end(req);
    res.json({});
  });

  router.get('/api/users/currentuser', async (req, res) => {
    const signedIn = sessions.of(req);
    const renewed = signedIn && (await own.renew(signedIn.session, networkOf(req.ip)));
    if (renewed) issue(req, renewed);
    if (renewed === null) sessions.end(req);
    const currentUser = renewed === undefined ? signedIn?.caller : renewed?.user;
    const role = signedIn?.session.role;
    res.json({ currentUser: currentUser ? { ...currentUser, ...(role && { role }) } : null } satisfies CurrentUserBody);
  });

  router.get('/api/users/sessions', sessions.require, async (_req, res) => {
    res.json(await own.list(sessionOf(res)));
  });

  router.delete('/api/users/sessions', sessions.require, async (req, res) => {
    const { id } = callerOf(res);
    issue(req, { user: callerOf(res), session: await own.endOthers(sessionOf(res), visitorOf(req), causeOf(req)) });
    logSecurity(req, 'sessions-ended', { account: id });
    res.status(204).end();
  });

  router.delete('/api/users/sessions/:id', sessions.require, validateId('id'), async (req, res) => {
    const { id } = callerOf(res);
    await own.endOne(id, idOf(req, 'id'), causeOf(req));
    logSecurity(req, 'session-ended', { account: id });
    if (idOf(req, 'id') === sessionOf(res).sid) sessions.end(req);
    res.status(204).end();
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
    const { user, isKnown, at } = await auth.reset(readBody(ResetInput, req), visitorOf(req), causeOf(req));
    // Earlier failures no longer count.
    if (isKnown) devices.remember(req, user.id, at);
    res.json(user);
  });

  router.get('/api/users/me', sessions.require, async (_req, res) => {
    res.json(await auth.account(callerOf(res).id));
  });

  router.get('/api/users/unsubscribe', (req, res) => {
    res.redirect(303, `/auth/unsubscribe#token=${encodeURIComponent(linkTokenOf(req))}`);
  });

  router.post('/api/users/unsubscribe', async (req, res) => {
    await auth.unsubscribe(linkTokenOf(req), causeOf(req));
    res.json({});
  });

  router.put('/api/users/me/subscription', sessions.require, validateBody(SubscriptionInput), async (req, res) => {
    await auth.subscribe(callerOf(res).id, readBody(SubscriptionInput, req).isSubscribed, causeOf(req));
    res.status(204).end();
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
    const signedIn = { caller: callerOf(res), session: sessionOf(res) };
    const changed = await auth.changeAccount(signedIn, readBody(AccountInput, req), visitorOf(req), causeOf(req));
    issue(req, changed);
    res.json(changed.user);
  });

  router.put('/api/users/me/name', sessions.require, validateBody(NameInput), async (req, res) => {
    res.json(await auth.rename(callerOf(res).id, readBody(NameInput, req).name, causeOf(req)));
  });

  addFactorRoutes(router, factors, sessions, callers);
  addLeavingRoutes(router, factors.leaving, sessions, callers);
  addSupportRoutes(router, support, sessions);

  router.get('/api/users/:id', validateId('id'), async (req, res) => {
    res.json(await auth.profile(idOf(req, 'id')));
  });

  return router;
}
