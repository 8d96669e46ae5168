import escape from 'escape-html';
import { Router, type ErrorRequestHandler, type Request } from 'express';
import { z } from 'zod';
import { accountOf } from '../api/accounts';
import { decodeForm } from '../api/form';
import { webAddress } from '../api/params';
import { onboard } from '../domain/account';
import { ApiError } from '../domain/errors';
import { page } from './page';
import { newId, type Processor } from './processor';

const link = z.object({ refresh_url: webAddress, return_url: webAddress.optional(), expires: z.coerce.number() });
const outcome = z.enum(['complete', 'leave', 'refuse']);

/**
 * Stripe's pages on which a seller says who they are: `/onboard/ACCOUNT?…` of an account link. They complete it, leave
 * half-way, or are refused, and return to the site; an old link leads to the site's `refresh_url`.
 */
export function onboardingPage(processor: Processor): Router {
  const router = Router();
  router.get('/:id', (request, response) => {
    const { refresh_url: refreshUrl, expires } = linkOf(request);
    if (expires < Date.now()) {
      response.redirect(303, refreshUrl);
      return;
    }
    const { contact_email: email = '', requirements } = accountOf(processor.store.state, request.params.id);
    const wants = requirements?.entries?.map(({ description }) => `<li>${escape(description)}</li>`) ?? [];
    response.send(page('Set up payouts', `<p>${escape(email)}</p><ul>${wants.join('')}</ul>${FORM}`));
  });
  router.post('/:id', (request, response) => {
    const { return_url: returnUrl } = linkOf(request);
    const chosen = outcome.parse(decodeForm(String(request.body)).outcome);
    const { account, events } = onboard(accountOf(processor.store.state, request.params.id), chosen);
    processor.commit({ put: [account], events }, { id: newId('req'), idempotency_key: null });
    if (returnUrl !== undefined) response.redirect(303, returnUrl);
    else response.send(page('Thank you', '<p>You can close this page.</p>'));
  });
  router.use(((error: unknown, _request, response, next) => {
    if (error instanceof ApiError || error instanceof z.ZodError)
      response.status(404).send(page('Page not found', '<p>This link is not one of ours.</p>'));
    else next(error);
  }) satisfies ErrorRequestHandler);
  return router;
}

const linkOf = (request: Request) => link.parse(request.query);

const FORM = `<form method="post">
  <button name="outcome" value="complete">Give everything</button>
  <button name="outcome" value="leave">Leave half-way</button>
  <button name="outcome" value="refuse">Be refused</button>
</form>`;
