import { account, credentials } from './account';
import { browse, ticket } from './browse';
import { categories, form, problems } from './common';
import { frame } from './frame';
import { checkout, ended, hold, orders, pass, receipt } from './purchase';
import { listingForm, listings, withdrawal } from './selling';

/** The API speaks English already; here is what visitors are told in other words. */
const api: Record<string, string> = {
  'Ticket is reserved: it can be changed again if the buyer does not pay by #-#-#T#:#:#.#Z':
    'Ticket is reserved: it can be changed again if the buyer does not pay',
};

export const en = {
  language: 'English',
  account,
  api,
  browse,
  categories,
  checkout,
  credentials,
  ended,
  form,
  frame,
  hold,
  listingForm,
  listings,
  orders,
  pass,
  problems,
  receipt,
  ticket,
  withdrawal,
};
