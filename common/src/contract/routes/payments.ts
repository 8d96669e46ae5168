import { z } from 'zod';
import { PaymentBody } from '../api';
import { PaymentInput } from '../bodies';
import { PayoutBody, SellerBody, SellerProfileBody } from '../payouts';
import { ofOrders } from './orders';
import { ofPages, pages, type ApiRoute } from './route';

export const payments: ApiRoute[] = [
  {
    method: 'post',
    path: '/api/payments',
    aliases: ['/api/payments/create'],
    summary: 'Pay for my order',
    isPrivate: true,
    body: PaymentInput,
    answers: { 201: PaymentBody },
    refusals: [
      ...ofOrders,
      'card-declined',
      'card-expired',
      'card-funds',
      'card-limit',
      'card-malformed',
      'card-missing',
      'card-not-supported',
      'card-security-code',
      'card-try-again',
      'card-unconfirmed',
      'card-unknown',
      'id-malformed',
      'order-cancelled',
      'order-ended',
      'order-expired',
      'order-paid',
      'too-many-attempts',
      'too-many-declines',
      'too-many-payments',
    ],
  },
  {
    method: 'post',
    path: '/api/payments/seller',
    summary: 'Set up my payouts',
    isPrivate: true,
    answers: { 200: z.object({ url: z.url() }) },
    refusals: ['email-unconfirmed'],
  },
  {
    method: 'get',
    path: '/api/payments/seller',
    summary: 'My account for payouts',
    isPrivate: true,
    answers: { 200: SellerBody },
  },
  {
    method: 'get',
    path: '/api/payments/sellers/{id}',
    summary: 'Whether Stripe has confirmed who a seller is',
    answers: { 200: SellerProfileBody },
  },
  {
    method: 'get',
    path: '/api/payments/payouts',
    summary: 'My shares of my sales, newest first',
    isPrivate: true,
    query: {
      orderIds: z.string().meta({ description: 'Only those of these orders: up to 100 ids, separated by commas' }),
      ...pages,
    },
    answers: { 200: z.array(PayoutBody) },
    isPaged: true,
    refusals: [...ofPages, 'id-malformed'],
  },
  {
    method: 'get',
    path: '/api/payments/{orderId}',
    summary: 'The payment of my order',
    isPrivate: true,
    answers: { 200: PaymentBody },
    refusals: [...ofOrders, 'payment-not-found'],
  },
  {
    method: 'post',
    path: '/api/payments/webhook',
    summary: "Stripe's events, signed",
    answers: { 200: z.object({ received: z.literal(true) }) },
    refusals: ['webhook-signature'],
  },
];
