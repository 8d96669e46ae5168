import { callerOf, causeOf, Router, validate, type CurrentUserBody, type Sessions } from '@ticketing/common';
import { body } from 'express-validator';
import type { AccountChange, Credentials, Operations } from './operations';

const LENGTH = { min: 8, max: 128 };
const LENGTH_MESSAGE = 'must have 8 to 128 characters';

const email = () =>
  body('email', 'Email must be valid').isString().bail().trim().isEmail().bail().isLength({ max: 254 });
const credentials = [email(), body('password', `Password ${LENGTH_MESSAGE}`).isString().bail().isLength(LENGTH)];
const signIn = [
  email(),
  body('password', 'You must supply a password').isString().bail().isLength({ min: 1, max: LENGTH.max }),
];
const accountChange = [
  body('currentPassword', 'Current password is needed for any change')
    .isString()
    .bail()
    .isLength({ min: 1, max: LENGTH.max }),
  email().optional(),
  body('newPassword', `New password ${LENGTH_MESSAGE}`).optional().isString().bail().isLength(LENGTH),
  body('email', 'Give a new email, a new password or both').custom((email: unknown, { req }) =>
    Boolean(email ?? (req.body as AccountChange | undefined)?.newPassword),
  ),
];

export function routes(auth: Operations, sessions: Sessions) {
  const router = Router();

  router.post('/api/users/signup', sessions.cookies, validate(...credentials), async (req, res) => {
    const user = await auth.signUp(req.body as Credentials, causeOf(req));
    sessions.issue(req, user);
    res.status(201).json(user);
  });

  router.post('/api/users/signin', sessions.cookies, validate(...signIn), async (req, res) => {
    const user = await auth.signIn(req.body as Credentials, req.ip ?? '');
    sessions.issue(req, user);
    res.json(user);
  });

  router.post('/api/users/signout', sessions.cookies, (req, res) => {
    sessions.end(req);
    res.json({});
  });

  router.get('/api/users/currentuser', sessions.cookies, (req, res) => {
    res.json({ currentUser: sessions.caller(req) ?? null } satisfies CurrentUserBody);
  });

  router.put('/api/users/me', sessions.require, validate(...accountChange), async (req, res) => {
    const user = await auth.changeAccount(callerOf(res).id, req.body as AccountChange, req.ip ?? '', causeOf(req));
    sessions.issue(req, user);
    res.json(user);
  });

  return router;
}
