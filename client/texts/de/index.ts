import type { Texts } from '../types';
import { api } from './api';
import { account, credentials } from './account';
import { browse, ticket } from './browse';
import { categories, form, problems } from './common';
import { frame } from './frame';
import { checkout, orders } from './purchase';
import { listingForm, listings } from './selling';


export const de: Texts = {
  language: 'Deutsch',
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
