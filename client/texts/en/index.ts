import { account, credentials } from './account';
import { browse, ticket } from './browse';
import { categories, form, problems } from './common';
import { frame } from './frame';
import { checkout, orders } from './purchase';
import { listingForm, listings } from './selling';

/** The API speaks English already. */
const api: Record<string, string> = {};

export const en = {
  language: 'English',
  account,
  api,
  browse,
  categories,
  checkout,
  credentials,
  form,
  frame,
  listingForm,
  listings,
  orders,
  problems,
  ticket,
};
