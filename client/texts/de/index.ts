import type { Texts } from '../types';
import { api } from './api';
import { account, credentials } from './account';
import { browse, ticket } from './browse';
import { categories, form, pager, problems } from './common';
import { developers } from './developers';
import { frame } from './frame';
import { orders, pass, receipt } from './orders';
import { checkout, ended, hold, listingChanged } from './purchase';
import { handing, live, payouts, sales } from './sales';
import { listingForm, listings, withdrawal } from './selling';

export const de: Texts = {
  language: 'Deutsch',
  account,
  api,
  browse,
  categories,
  checkout,
  credentials,
  developers,
  ended,
  form,
  frame,
  handing,
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
  sales,
  ticket,
  withdrawal,
};
