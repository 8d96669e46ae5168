import { account, credentials } from './account';
import { api } from './api';
import { browse, reporting, sharing, terms, ticket } from './browse';
import { categories, form, pager, problems } from './common';
import { developers } from './developers';
import { frame } from './frame';
import { arrival, claimed, claiming, copying, guarantee, handover, orders, pass, receipt, refunded } from './orders';
import { checkout, ended, hold, listingChanged } from './purchase';
import { listingForm, listings, withdrawal } from './selling';

export const en = {
  language: 'English',
  account,
  api,
  arrival,
  browse,
  categories,
  checkout,
  claimed,
  claiming,
  copying,
  credentials,
  developers,
  ended,
  form,
  frame,
  guarantee,
  handover,
  hold,
  listingChanged,
  listingForm,
  listings,
  orders,
  pager,
  pass,
  problems,
  receipt,
  refunded,
  reporting,
  sharing,
  terms,
  ticket,
  withdrawal,
};
