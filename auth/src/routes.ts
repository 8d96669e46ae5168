import { callerOf, causeOf, Router, validate, type CurrentUserBody, type Sessions } from '@ticketing/common';
import { body } from 'express-validator';
import type { AccountChange, Credentials, Operations } from './operations';

const LENGTH = { min: 8, max: 128 };
const LENGTH_MESSAGE = 'must have 8 to 128 characters';

const email = body('email').isString().bail().trim().isEmail().isLength({ max: 254 }).withMessage('Email must be valid');
const credentials = [
  email.withMessage('Email must be valid'),
  body('password').isString().isLength(LENGTH).withMessage(`Password ${LENGTH_MESSAGE}`),
];
const signIn = [
  body('email').isString().bail().trim().isEmail().withMessage('Email must be valid'),
  body('password').isString().isLength({ min: 1, max: LENGTH.max }).withMessage('You must supply a password'),
];
const accountChange = [
  body('currentPassword').isString().isLength({ min: 1, max: LENGTH.max }).withMessage('Current password is needed for any change'),
  body('email').optional().isString().bail().trim().isEmail().isLength({ max: 254 }).withMessage('Email must be valid'),
  body('newPassword').optional().isString().isLength(LENGTH).withMessage(`New password ${LENGTH_MESSAGE}`),
  body().custom((value: AccountChange | undefined) => Boolean(value?.email ?? value?.newPassword)).withMessage('Give a new email, a new password or both'),
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
