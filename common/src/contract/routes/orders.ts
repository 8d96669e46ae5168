import { z } from 'zod';
import { OrderBody, PassBody, SaleBody } from '../sales';
import { AnswerInput, ClaimInput, OrderInput } from '../bodies';
import type { RefusalCode } from '../refusals';
import { ofPages, pages, type ApiRoute } from './route';

export const ofOrders: RefusalCode[] = ['order-not-found', 'order-not-yours'];

const ofSales: RefusalCode[] = ['order-not-complete', 'order-refunded', 'order-released'];
const ofTexts: RefusalCode[] = ['text-characters', 'text-length'];

export const orders: ApiRoute[] = [
  {
    method: 'post',
    path: '/api/orders',
    aliases: ['/api/orders/create'],
    summary: 'Hold a ticket',
    isPrivate: true,
    body: OrderInput,
    answers: { 201: OrderBody },
    refusals: [
      'account-leaving',
      'edition-malformed',
      'event-begun',
      'hold-again-later',
      'id-malformed',
      'listing-changed',
      'own-ticket',
      'price-out-of-range',
      'promise-too-late',
      'ticket-not-for-sale',
      'ticket-not-found',
      'ticket-reserved',
      'too-many-holds',
    ],
  },
  {
    method: 'get',
    path: '/api/orders',
    summary: 'My orders, newest first',
    isPrivate: true,
    query: {
      status: z.enum(['open']).meta({ description: 'Only those that are still to be paid' }),
      ...pages,
    },
    answers: { 200: z.array(OrderBody) },
    isPaged: true,
    refusals: [...ofPages, 'option-unknown'],
  },
  {
    method: 'get',
    path: '/api/orders/sales',
    summary: 'My sales, newest first, refunded ones included',
    isPrivate: true,
    query: pages,
    answers: { 200: z.array(SaleBody) },
    isPaged: true,
    refusals: ofPages,
  },
  {
    method: 'get',
    path: '/api/orders/sales/events',
    summary: 'My sales as they change: event `sale`, without what was written in claims',
    isPrivate: true,
    answers: { 200: 'stream' },
    refusals: ['streams-full'],
  },
  {
    method: 'get',
    path: '/api/orders/passes/{pass}',
    summary: 'What a pass admits to',
    answers: { 200: PassBody },
    refusals: ['pass-invalid'],
  },
  {
    method: 'post',
    path: '/api/orders/passes/{pass}/use',
    summary: 'Use up a pass at the entrance',
    answers: { 200: PassBody },
    refusals: ['pass-invalid', 'pass-used'],
  },
  {
    method: 'get',
    path: '/api/orders/{id}/events',
    summary: 'My order, now and as it changes: event `order`. 204 once it is final: cancelled, refunded or released',
    isPrivate: true,
    answers: { 200: 'stream', 204: null },
    refusals: [...ofOrders, 'streams-full'],
  },
  {
    method: 'get',
    path: '/api/orders/{id}',
    summary: 'My order',
    isPrivate: true,
    answers: { 200: OrderBody },
    refusals: ofOrders,
  },
  {
    method: 'delete',
    path: '/api/orders/{id}',
    summary: 'Cancel my order',
    isPrivate: true,
    answers: { 204: null },
    refusals: [...ofOrders, 'order-being-paid', 'order-complete'],
  },
  {
    method: 'post',
    path: '/api/orders/{id}/claim',
    summary: 'Report a problem with my order: its seller is not paid until that is settled',
    isPrivate: true,
    body: ClaimInput,
    answers: { 200: OrderBody },
    refusals: [...ofOrders, ...ofSales, ...ofTexts, 'claim-exists', 'option-unknown'],
  },
  {
    method: 'post',
    path: '/api/orders/{id}/claim/answer',
    summary: "Answer a buyer's claim on my sale",
    isPrivate: true,
    body: AnswerInput,
    answers: { 200: SaleBody },
    refusals: [...ofOrders, ...ofTexts, 'claim-closed', 'claim-not-found'],
  },
  {
    method: 'post',
    path: '/api/orders/{id}/refund',
    summary: 'Refund the buyer of my sale',
    isPrivate: true,
    answers: { 200: SaleBody },
    refusals: [...ofOrders, 'order-not-complete', 'order-released'],
  },
];
