/** What sellers read: their listings and the form of one. */
export const listings = {
  title: 'My listings',
  empty: 'You are not selling anything yet.',
  emptyAction: 'List your first ticket',
  status: { available: 'For sale', held: 'On hold', sold: 'Sold', withdrawn: 'Withdrawn' },
  editTitle: 'Edit listing',
  withdrawTitle: 'No longer selling it?',
  withdrawHint: 'Nobody can buy a withdrawn ticket. To sell it later, list it again.',
  all: 'All your listings',
  /** Why a listing cannot be edited, by status. */
  locked: {
    held: 'A buyer is checking out with this ticket. You can edit it again if they do not pay in time.',
    sold: 'This ticket has been sold, so it can no longer be edited.',
    withdrawn: 'You have withdrawn this listing.',
  },
};

export const listingForm = {
  newTitle: 'Sell a ticket',
  title: 'Title',
  titleHint: 'What it admits to: the event, where and when, the seat.',
  price: 'Price',
  priceHint: 'In US dollars, such as 49.50.',
  list: 'List ticket',
  listing: 'Listing…',
  save: 'Save changes',
  saving: 'Saving…',
  withdraw: 'Withdraw listing',
  withdrawing: 'Withdrawing…',
};
