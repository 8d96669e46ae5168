import { sales } from './en.sales';
import type { Texts } from './types';

export const en: Texts = {
  footer: 'You get this because you have an account at Ticketing.',
  confirm: async (_facts, { page, token }) => ({
    subject: 'Confirm your email address',
    words: ['Welcome to Ticketing. Is this your address? Then please confirm it.'],
    action: { label: 'Confirm my address', url: page(`/auth/confirm?token=${await token()}`) },
    after: ['The link works once, within 24 hours. If you did not sign up, you can ignore this message.'],
  }),
  ...sales,
};
