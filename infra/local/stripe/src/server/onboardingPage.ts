import escape from 'escape-html';
import { Router, type ErrorRequestHandler, type Request } from 'express';
import { z } from 'zod';
import { accountOf } from '../api/accounts';
import { decodeForm } from '../api/form';
import { webAddress } from '../api/params';
import { isReady, onboard } from '../domain/account';
import { banksOf, nameBank, TEST_BANK } from '../domain/bank';
import { ApiError } from '../domain/errors';
import { page } from './page';
import { newId, type Processor } from './processor';

const link = z.object({ refresh_url: webAddress, return_url: webAddress.optional(), expires: z.coerce.number() });
const form = z.object({
  outcome: z.enum(['complete', 'leave', 'refuse']),
  bank: z
    .string()
    .regex(/^\d{6,17}$/, 'An account number')
    .default(TEST_BANK),
});

/**
 * Stripe's pages on which a seller says who they are: `/onboard/ACCOUNT?…` of an account link. They complete it, leave
 * halfway, or are refused, and return to the site; an old link leads to the site's `refresh_url`. Who returns later may
 * name another bank account.
 */
export function onboardingPage(processor: Processor): Router {
  const router = Router();
  router.get('/:id', (request, response) => {
    const { refresh_url: refreshUrl, expires } = linkOf(request);
    if (expires < Date.now()) {
      response.redirect(303, refreshUrl);
      return;
    }
    const account = accountOf(processor.store.state, request.params.id);
    const { contact_email: email = '', requirements } = account;
    const wants = requirements?.entries?.map(({ description }) => `<li>${escape(description)}</li>`) ?? [];
    const [bank] = banksOf(processor.store.state.banks.all(), account.id).filter((one) => one.default_for_currency);
    const known = bank ? `<p>Payouts go to ${escape(bank.bank_name ?? '')} ····${bank.last4}</p>` : '';
    const shown = `<p>${escape(email)}</p><ul>${wants.join('')}</ul>${known}`;
    response.send(page('Set up payouts', shown + (isReady(account) ? CHANGE : FORM)));
  });
  router.post('/:id', (request, response) => {
    const { return_url: returnUrl } = linkOf(request);
    const chosen = form.parse(decodeForm(String(request.body)));
    const { account, events } = onboard(accountOf(processor.store.state, request.params.id), chosen.outcome);
    const before = banksOf(processor.store.state.banks.all(), account.id);
    const named = isReady(account)
      ? nameBank(account, chosen.bank, before, processor.call())
      : { banks: [], events: [] };
    const effect = { put: [account, ...named.banks], events: [...events, ...named.events] };
    processor.commit(effect, { id: newId('req'), idempotency_key: null });
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
  <button name="outcome" value="complete">Provide everything</button>
  <button name="outcome" value="leave">Leave halfway</button>
  <button name="outcome" value="refuse">Get rejected</button>
</form>`;

const CHANGE = `<form method="post">
  <p><label>Bank account number <input name="bank" inputmode="numeric" required pattern="[0-9]{6,17}"></label></p>
  <button name="outcome" value="complete">Use this bank account</button>
</form>
<form method="post"><button name="outcome" value="leave">Leave it as it is</button></form>`;
