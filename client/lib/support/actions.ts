/** An action of the support desk: where it is sent, and with what, besides its reason. */
interface Action {
  path: (id: string) => string;
  values?: (id: string) => Record<string, string>;
  /** It takes something from someone. */
  isGrave?: true;
}

const decide = (decision: 'refund' | 'pay'): Action => ({
  path: (id) => `/orders/support/orders/${id}/decide`,
  values: () => ({ decision }),
});

const review = (decision: 'show' | 'hide'): Action => ({
  path: (id) => `/tickets/support/listings/${id}/review`,
  values: () => ({ decision }),
});

const refund: Action = { path: (id) => `/orders/support/orders/${id}/refund`, isGrave: true };
const ofPerson = (what: string) => (id: string) => `/users/support/people/${id}/${what}`;
const ofPayment = (what: string) => (id: string) => `/payments/support/payments/${id}/${what}`;

/** What the support desk can do. The id is that of the order, listing, report, account or message it applies to. */
export const actions = {
  'claim-refund': decide('refund'),
  'claim-pay': decide('pay'),
  refund,
  'refund-agree': refund,
  'pay-agree': decide('pay'),
  'refund-withdraw': { path: (id) => `/orders/support/orders/${id}/refund/withdraw` },
  'payout-freeze': { path: ofPayment('freeze'), isGrave: true },
  'payout-unfreeze': { path: ofPayment('unfreeze') },
  'listing-withdraw': { path: (id) => `/tickets/support/listings/${id}/withdraw`, isGrave: true },
  'listing-show': review('show'),
  'listing-hide': review('hide'),
  'reports-close': { path: (id) => `/tickets/support/listings/${id}/reports/close` },
  'report-close': { path: (id) => `/tickets/support/reports/${id}/close` },
  'person-freeze': { path: ofPerson('freeze'), isGrave: true },
  'person-unfreeze': { path: ofPerson('unfreeze') },
  'person-confirm': { path: ofPerson('confirm') },
  'person-sign-out': { path: ofPerson('sessions/end'), isGrave: true },
  'message-send': { path: () => '/users/support/messages/send', values: (id) => ({ id }) },
  /** The id is preceded by its service: `orders/ID`. */
  redrive: { path: (id) => `/${id.replace('/', '/support/deadletters/')}/redrive` },
} as const satisfies Record<string, Action>;

export type ActionName = keyof typeof actions;

export const actionOf = (name: ActionName): Action => actions[name];
