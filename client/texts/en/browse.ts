/** The list of tickets and the page of one. */
export const browse = {
  title: 'Tickets for sale',
  emptyTitle: 'No tickets for sale right now',
  empty: 'New ones show up here the moment a seller lists them.',
  emptyAction: 'List yours',
  endTitle: 'That was all',
  end: 'There are no more tickets on this page.',
  toNewest: 'Back to the newest',
  nextPage: 'Next page',
  pages: 'Pages',
  dateOpen: 'Date not given',
};

export const ticket = {
  own: 'This is your listing.',
  edit: 'Edit listing',
  allListings: 'All your listings',
  bought: 'You have bought this ticket.',
  heldForYou: 'This ticket is held for you.',
  seeOrder: 'See your order',
  toPayment: 'Go on to payment',
  buy: 'Buy ticket',
  buying: 'Holding it for you…',
  promise: 'It is held for you while you pay. Nothing is charged before that.',
  /** Why it cannot be bought, by status. */
  unavailable: {
    held: 'Someone is checking out with this ticket right now. If they do not pay in time, it is for sale again.',
    sold: 'This ticket has been sold.',
    withdrawn: 'The seller has withdrawn this listing.',
  },
};
