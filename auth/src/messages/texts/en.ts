import { sales } from './en.sales';
import type { Change } from '../../domain/facts';
import type { Fact } from '../letter';
import { placeOf, type Texts } from './types';

/** What changed → subject, and the first sentence. */
const changes: Record<Change, [string, string]> = {
  password: ['Your password was changed', 'The password of your account was changed.'],
  'passkey-added': ['A passkey was added', 'A passkey was added to your account. It signs in without your password.'],
  'passkey-removed': ['A passkey was removed', 'A passkey was removed from your account.'],
  'two-step-on': ['Two-step sign-in is on', 'From now on, signing in with your password takes a second step.'],
  'two-step-off': ['Two-step sign-in is off', 'From now on, your password is enough to sign in.'],
  'app-replaced': ['Your authenticator app was replaced', 'A different authenticator app was set up for your account.'],
  'app-removed': [
    'Your authenticator app was removed',
    'Codes from your authenticator app no longer work for your account.',
  ],
  'codes-made': [
    'You have new recovery codes',
    'New recovery codes were created for your account. The old ones no longer work.',
  ],
  'code-used': ['A recovery code was used', "A recovery code was used for your account. It won't work again."],
  leaving: [
    'Your account will be deleted',
    "You asked us to delete your account. We'll do so once your orders and sales are complete. Until then, you can still keep it.",
  ],
  staying: [
    'You kept your account',
    "Your account won't be deleted after all. Your listings were already withdrawn; you can list the tickets again.",
  ],
};

/** What is not listed. */
const andMore = (more: number): Fact => ['And', more > 0 ? `${more} more` : null];

export const en: Texts = {
  footer: "You're getting this because you have an account with Ticketing.",
  confirm: async (_facts, { page, token }) => ({
    subject: 'Confirm your email address',
    words: ['Welcome to Ticketing. If this is your address, please confirm it.'],
    action: { label: 'Confirm my address', url: page(`/auth/confirm#token=${await token('confirm')}`) },
    after: ["The link works once, within 24 hours. If you didn't sign up, you can ignore this message."],
  }),
  welcome: (_facts, { page, unsubscribe }) => ({
    subject: 'Welcome to Ticketing',
    words: [
      'Your address is confirmed. Good to have you here.',
      'We hold a ticket for you while you pay, and keep the money until the event is over. If something is wrong, you get it back.',
    ],
    action: { label: 'Find a ticket', url: page('/') },
    after: [`How it works: ${page('/how-it-works')}`, `No more messages like this: ${unsubscribe()}`],
  }),
  reset: async (_facts, { page, token }) => ({
    subject: 'Set a new password',
    words: ['Someone, probably you, asked to set a new password for your account.'],
    action: { label: 'Set a new password', url: page(`/auth/reset#token=${await token('reset')}`) },
    after: ["The link works once, within 30 minutes. If it wasn't you, ignore this message: nothing has changed."],
  }),
  changed: ({ news, more }, { page, time }) => {
    const [first = { what: 'password' as const, at: '' }, ...others] = news;
    const isOne = others.length + more === 0;
    return {
      subject: isOne ? changes[first.what][0] : 'Changes to your account',
      words: [
        isOne ? changes[first.what][1] : 'Your sign-in settings were changed more than once.',
        "If this was you, there's nothing to do.",
      ],
      facts: isOne ? [] : [...news.map(({ what, at }): Fact => [time(at, null), changes[what][0]]), andMore(more)],
      ...(isOne && first.what === 'password'
        ? {
            action: { label: "It wasn't me", url: page('/auth/forgot') },
            after: ["If it wasn't you, set a new password there right away: that signs everyone out."],
          }
        : {
            action: {
              label:
                isOne && (first.what === 'leaving' || first.what === 'staying')
                  ? 'Go to my account'
                  : 'See how you sign in',
              url: page('/account'),
            },
            after: [
              "If it wasn't you, set a new password right away, which signs everyone out, and remove anything that isn't yours from your account.",
              page('/auth/forgot'),
            ],
          }),
    };
  },
  move: async (_facts, { page, token }) => ({
    subject: 'Confirm your new email address',
    words: ['This is to be the new address of your account. If it is yours, please confirm it.'],
    action: { label: 'Confirm my new address', url: page(`/auth/confirm#token=${await token('confirm')}`) },
    after: ["The link works once, within 24 hours. If you didn't ask for this, you can ignore this message."],
  }),
  moved: async (_facts, { page, token }) => ({
    subject: 'Your email address was changed',
    words: [
      'Your account now has a different email address, and messages go there.',
      "If this was you, there's nothing to do.",
    ],
    action: { label: 'Undo the change', url: page(`/auth/undo#token=${await token('undo')}`) },
    after: ["If it wasn't you, undo it within 7 days: that signs everyone out. Then set a new password."],
  }),
  exists: (_facts, { page }) => ({
    subject: 'You already have an account',
    words: ['Someone, probably you, tried to use this address for another account. You have one already.'],
    action: { label: 'Sign in', url: page('/auth/signin') },
    after: ["Forgot your password? Set a new one from the same page. If it wasn't you, ignore this message."],
  }),
  frozen: (_facts, { page }) => ({
    subject: 'Your account is frozen',
    words: [
      'Our support has frozen your account. Until it is open again, nobody can sign in to it, your listings are withdrawn, and payouts to you wait. Tickets that you bought remain yours, and refunds go on.',
      'Is this a mistake, or has someone else used your account? Write to us.',
    ],
    action: { label: 'Contact our support', url: page('/contact') },
  }),
  unfrozen: (_facts, { page }) => ({
    subject: 'Your account is open again',
    words: ['Our support has opened your account again: you can sign in, and payouts that waited are sent.'],
    action: { label: 'Sign in', url: page('/auth/signin') },
    after: ['If you think that someone else knows your password, set a new one from the same page.'],
  }),
  withdrawn: ({ listingId, title }, { page }) => ({
    subject: `Your listing was withdrawn: ${title}`,
    words: ['Our support has withdrawn your listing, so nobody can buy the ticket here any more.'],
    facts: [['Listing', title]],
    action: { label: 'See why', url: page(`/tickets/${listingId}/edit`) },
    after: [`Is this a mistake? Write to us: ${page('/contact')}`],
  }),
  device: ({ news, more }, { page, time }) => {
    const [[first], count] = [news, news.length + more];
    const isOne = count === 1;
    return {
      subject: isOne ? 'New sign-in to your account' : `${count} new sign-ins to your account`,
      words: [
        isOne
          ? "Someone signed in to your account with a browser you haven't used here before."
          : `Someone signed in to your account ${count} times with browsers you haven't used here before.`,
      ],
      facts:
        isOne && first
          ? [
              ['Browser', first.browser],
              ['Network', first.network],
              ['When', time(first.at, null)],
            ]
          : [...news.map((each): Fact => [time(each.at, null), placeOf(each)]), andMore(more)],
      action: { label: 'See where you are signed in', url: page('/account') },
      after: [
        "If this was you, there's nothing to do. If not, set a new password right away: that signs everyone out.",
        page('/auth/forgot'),
      ],
    };
  },
  payoutTo: ({ news, more }, { page, time }) => ({
    subject:
      more > 0 || news.some(({ former }) => former)
        ? 'Your payouts now go to a different bank account'
        : 'Your payouts are set up',
    words: ['From now on, the money from your sales goes to this bank account.'],
    facts: [...news.map(({ last4, at }): Fact => [time(at, null), `···· ${last4}`]), andMore(more)],
    action: { label: 'See your sales', url: page('/sales') },
    after: [
      "If this was you, there's nothing to do. If not, set a new password right away, which signs everyone out, and correct the bank account at Stripe, from your sales page.",
      page('/auth/forgot'),
    ],
  }),
  ...sales,
};
