import {
  AppInput,
  callerOf,
  causeOf,
  idOf,
  PasskeyInput,
  PasskeyNameInput,
  PasskeySignInInput,
  ProofInput,
  readBody,
  sessionOf,
  StepInput,
  validateBody,
  validateId,
  type Router,
  type Sessions,
} from '@ticketing/common';
import type { Request, Response } from 'express';
import type { Callers } from './callers';
import type { Challenge, Challenges } from './challenges';
import type { AccountFactors } from './factors';
import type { AccountLeaving } from './leaving';
import type { Passkeys } from './passkeys';
import type { SignIns } from './signIns';

/** The parts of auth for signing in other than with a password, and for leaving. */
export interface Factors {
  challenges: Challenges;
  factors: AccountFactors;
  passkeys: Passkeys;
  signIns: SignIns;
  leaving: AccountLeaving;
}

const signedInOf = (res: Response) => ({ caller: callerOf(res), session: sessionOf(res) });

/** Adds the routes of passkeys and two-step sign-in. */
export function addFactorRoutes(
  router: ReturnType<typeof Router>,
  { challenges, factors, passkeys, signIns }: Factors,
  { require }: Pick<Sessions, 'require'>,
  { visitorOf, issue, welcome }: Callers,
) {
  /** Sends a browser the options for a passkey. */
  function ask(
    req: Request,
    purpose: Challenge['purpose'],
    options: { challenge: string },
    account?: string,
  ): typeof options {
    challenges.passkeys.ask(req, { purpose, challenge: options.challenge, ...(account && { account }) });
    return options;
  }

  router.post('/api/users/passkeys/options', async (req, res) => {
    res.json(ask(req, 'sign-in', await signIns.options()));
  });

  router.post('/api/users/passkeys/signin', validateBody(PasskeySignInInput), async (req, res) => {
    const asked = challenges.passkeys.of(req);
    const input = readBody(PasskeySignInInput, req);
    res.json(welcome(req, await signIns.byPasskey(input, asked, visitorOf(req), causeOf(req))));
  });

  router.post('/api/users/signin/options', async (req, res) => {
    const { account, options } = await signIns.stepOptions(challenges.tickets.of(req));
    res.json(ask(req, 'step', options, account));
  });

  router.post('/api/users/signin/step', validateBody(StepInput), async (req, res) => {
    const [ticket, asked] = [challenges.tickets.of(req), challenges.passkeys.of(req)];
    const input = readBody(StepInput, req);
    res.json(welcome(req, await signIns.takeStep(input, ticket, asked, visitorOf(req), causeOf(req))));
  });

  router.get('/api/users/me/factors', require, async (_req, res) => {
    res.json(await factors.list(callerOf(res).id));
  });

  router.put('/api/users/me/factors', require, async (req, res) => {
    const { continued, recoveryCodes } = await factors.switchOn(signedInOf(res), visitorOf(req), causeOf(req));
    issue(req, continued);
    res.json({ recoveryCodes });
  });

  router.delete('/api/users/me/factors', require, async (req, res) => {
    issue(req, await factors.switchOff(signedInOf(res), visitorOf(req), causeOf(req)));
    res.status(204).end();
  });

  router.post('/api/users/me/proof/options', require, async (req, res) => {
    const { id } = callerOf(res);
    res.json(ask(req, 'proof', await signIns.proofOptions(id), id));
  });

  router.post('/api/users/me/proof', require, validateBody(ProofInput), async (req, res) => {
    const [asked, input] = [challenges.passkeys.of(req), readBody(ProofInput, req)];
    issue(req, await signIns.proveAgain(signedInOf(res), input, asked, visitorOf(req), causeOf(req)));
    res.status(204).end();
  });

  router.post('/api/users/me/passkeys/options', require, async (req, res) => {
    res.json(ask(req, 'add', await passkeys.options(signedInOf(res)), callerOf(res).id));
  });

  router.post('/api/users/me/passkeys', require, validateBody(PasskeyInput), async (req, res) => {
    const [asked, input] = [challenges.passkeys.of(req), readBody(PasskeyInput, req)];
    res.status(201).json(await passkeys.add(signedInOf(res), input, asked, visitorOf(req), causeOf(req)));
  });

  router.put(
    '/api/users/me/passkeys/:id',
    require,
    validateId('id'),
    validateBody(PasskeyNameInput),
    async (req, res) => {
      const { name } = readBody(PasskeyNameInput, req);
      res.json(await passkeys.rename(callerOf(res).id, idOf(req, 'id'), name, causeOf(req)));
    },
  );

  router.delete('/api/users/me/passkeys/:id', require, validateId('id'), async (req, res) => {
    issue(req, await passkeys.remove(signedInOf(res), idOf(req, 'id'), visitorOf(req), causeOf(req)));
    res.status(204).end();
  });

  router.post('/api/users/me/app', require, async (req, res) => {
    res.json(await factors.beginApp(signedInOf(res), visitorOf(req), causeOf(req)));
  });

  router.put('/api/users/me/app', require, validateBody(AppInput), async (req, res) => {
    const { code } = readBody(AppInput, req);
    const { continued, recoveryCodes } = await factors.confirmApp(signedInOf(res), code, visitorOf(req), causeOf(req));
    issue(req, continued);
    res.json({ recoveryCodes });
  });

  router.delete('/api/users/me/app', require, async (req, res) => {
    issue(req, await factors.removeApp(signedInOf(res), visitorOf(req), causeOf(req)));
    res.status(204).end();
  });

  router.post('/api/users/me/recovery-codes', require, async (req, res) => {
    res.json({ recoveryCodes: await factors.renewRecoveryCodes(signedInOf(res), visitorOf(req), causeOf(req)) });
  });
}
