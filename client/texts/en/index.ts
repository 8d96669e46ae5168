import { account, confirm, credentials, recovery, undo, unsubscribing } from './account';
import { api } from './api';
import { browse, reporting, sharing, terms, ticket } from './browse';
import { categories, form, pager, problems } from './common';
import { developers } from './developers';
import { factors } from './factors';
import { frame } from './frame';
import { leaving } from './leaving';
import { arrival, claimed, claiming, copying, guarantee, handover, orders, pass, receipt, refunded } from './orders';
import { checkout, ended, hold, listingChanged } from './purchase';
import { handing, live, payouts, sales } from './sales';
import { listingForm, listings, withdrawal } from './selling';
import { support, supportActions } from './support';
import { words } from './words';

export const en = {
  language: 'English',
  account,
  confirm,
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
  factors,
  form,
  leaving,
  frame,
  guarantee,
  handing,
  handover,
  hold,
  listingChanged,
  listingForm,
  listings,
  live,
  orders,
  pager,
  pass,
  payouts,
  problems,
  receipt,
  recovery,
  refunded,
  reporting,
  sales,
  sharing,
  support,
  supportActions,
  terms,
  ticket,
  undo,
  unsubscribing,
  withdrawal,
  words,
};
