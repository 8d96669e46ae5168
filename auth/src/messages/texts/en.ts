import type { Sale } from '../../domain/messages';
import { factsOf } from './sale';
import type { Texts, Tools } from './types';

const about = (sale: Sale, tools: Tools) => factsOf(sale, tools, ['Event', 'When', 'Where', 'Seat']);

export const en: Texts = {
  footer: 'You get this because you have an account at Ticketing.',
  confirm: async (_facts, { page, token }) => ({
    subject: 'Confirm your email address',
    words: ['Welcome to Ticketing. Is this your address? Then please confirm it.'],
    action: { label: 'Confirm my address', url: page(`/auth/confirm?token=${await token()}`) },
    after: ['The link works once, within 24 hours. If you did not sign up, you can ignore this message.'],
  }),
  bought: (sale, tools) => ({
    subject: `Your ticket: ${sale.title}`,
    words: ['You have paid, and the ticket is yours.'],
    facts: [...about(sale, tools), ['Paid', tools.price(sale.price)], ['Order', sale.orderId]],
    action: { label: 'See your ticket', url: tools.page(`/orders/${sale.orderId}`) },
    after: ['If something is wrong with it, tell us on the same page.'],
  }),
  sold: (sale, tools) => ({
    subject: `Sold: ${sale.title}`,
    words: ['Your ticket has been sold.'],
    facts: [...about(sale, tools), ['Price', tools.price(sale.price)], ['Order', sale.orderId]],
    action: { label: 'See your sales', url: tools.page('/sales') },
    after: ['If you have not handed it over yet, please do so there.'],
  }),
};
