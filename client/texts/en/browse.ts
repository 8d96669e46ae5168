/** The ticket list and the ticket page. */
export const browse = {
  title: 'Tickets for sale',
  emptyTitle: 'No tickets for sale right now',
  empty: "New ones appear here as soon as they're listed. Have one to spare?",
  emptyAction: 'Sell a ticket',
  endTitle: "You've seen everything",
  end: 'There are no more tickets to show.',
  toFirst: 'Back to the first page',
  nextPage: 'More tickets',
  pages: 'Pages',
  category: 'Category',
  allCategories: 'All',
  categories: {
    concert: 'Concerts',
    sport: 'Sport',
    theatre: 'Theatre',
    comedy: 'Comedy',
    festival: 'Festivals',
    other: 'Other',
  },
  city: 'City',
  anyCity: 'Any city',
  /** Number of tickets for sale. */
  count: { one: '1 ticket', other: '{count} tickets' },
  countOver: 'More than {count} tickets',
  days: 'Date',
  spans: { today: 'Today', weekend: 'This weekend', week: 'Next 7 days', month: 'This month' },
  from: 'From',
  to: 'Until',
  price: 'Price',
  minPrice: 'From {sign}',
  maxPrice: 'Up to {sign}',
  apply: 'Show tickets',
  sorts: { newest: 'Newest', soonest: 'Soonest', price: 'Lowest price', '-price': 'Highest price' },
  sort: 'Sort by',
  chosen: 'Filters',
  quoted: '“{words}”',
  daysChosen: { from: 'From {days}', to: 'Until {days}', both: '{days}' },
  priceChosen: { from: 'From {min}', to: 'Up to {max}', both: '{min} to {max}' },
  remove: 'Remove {what}',
  clear: 'Clear all',
  /** Shown for search parameters that are ignored. */
  wrong: {
    q: 'Your search was too long and was ignored. Use at most 100 characters.',
    category: "“{typed}” isn't a category, so it was ignored.",
    city: 'That city name was too long and was ignored.',
    from: "“{typed}” isn't a valid start date, so it was ignored.",
    to: "“{typed}” isn't a valid end date, so it was ignored.",
    minPrice: "“{typed}” isn't a valid price, so it was ignored.",
    maxPrice: "“{typed}” isn't a valid price, so it was ignored.",
    sort: "“{typed}” isn't a sort order, so tickets are sorted by date.",
  },
  pageGone: 'That page is no longer available. Here is the first one.',
  nothingTitle: 'No tickets match your search',
  nothing: 'Try removing a filter:',
  nothingOne: 'New tickets are added all the time. In the meantime:',
  nothingYetTitle: 'No matches yet',
  nothingYet: 'There are more tickets to search.',
  lookOn: 'Keep searching',
  /** Filters to drop when a search finds nothing. */
  widen: { q: 'Any keywords', category: 'Any category', city: 'Any city', days: 'Any date', price: 'Any price' },
  all: 'All tickets for sale',
  describe: "Tickets for {what}, from people who can't go. We hold yours while you pay.",
};

export const ticket = {
  own: 'This is your listing.',
  edit: 'Edit listing',
  allListings: 'All your listings',
  bought: 'You bought this ticket.',
  heldForYou: 'This ticket is held for you.',
  seeOrder: 'See your order',
  toPayment: 'Continue to payment',
  buy: 'Buy ticket',
  buying: 'Holding it for you…',
  promise: "We'll hold it while you check out. You're charged only when you pay.",
  row: 'row {row}',
  seat: 'seat {seat}',
  yourTime: '{time} your time',
  when: 'When',
  where: 'Where',
  whichSeat: 'Seat',
  description: 'From the seller',
  over: 'This event has started, so its tickets are no longer for sale.',
  overTitle: 'Expired',
  more: 'See other tickets',
  describe: '{what} for {price}. We hold it while you pay.',
  /** The status, in a few words. */
  status: { held: 'Someone is checking out', sold: 'Sold', withdrawn: 'No longer for sale' },
  /** Why it cannot be bought, by status. */
  unavailable: {
    held: "If they don't pay in time, it's for sale again. This page updates by itself.",
    sold: 'This ticket is sold.',
    withdrawn: 'The seller withdrew this listing.',
  },
  /** When a held ticket may be for sale again. */
  back: { one: 'May be back in a minute', other: 'May be back in {count} minutes' },
  backSoon: 'May be back any moment',
  /** Announced to screen readers when it changes. */
  said: {
    available: '{title} is for sale again.',
    held: 'Someone is checking out with {title}.',
    sold: '{title} has been sold.',
    withdrawn: '{title} is no longer for sale.',
  },
};

/** What a buyer gets: how, from whom, and how they are protected. */
export const terms = {
  delivery: 'Delivery',
  hours: { one: 'one hour', other: '{count} hours' },
  /** How a ticket reaches its buyer. */
  deliveries: {
    scanned: 'Instant download, barcode checked',
    unscanned: 'Instant download',
    transfer: 'Link or code right after you pay',
    later: 'Sent by the seller within {hours} of the sale',
    arranged: 'Arranged with the seller',
  },
  notes: {
    scanned: 'The barcode was read, and no other ticket listed here has it.',
    unscanned: 'No barcode could be read in this file.',
    transfer: 'The seller has already left it with us.',
    later: "If it isn't here in time, you get your money back automatically.",
    arranged: "This ticket isn't handed over through Ticketing.",
  },
  /** On a card in the list. */
  instant: 'Instant download',
  guarantee: 'Guarantee',
  guaranteed:
    "You can claim your money back if the ticket doesn't arrive, doesn't get you in or isn't as described, or if the event is cancelled.",
  paidAfter: {
    event: 'The seller is paid only after the event.',
    sale: 'The seller is paid only some days after the sale.',
  },
  seller: 'Seller',
  /** A seller who has not chosen a name. */
  someone: 'A seller',
  deleted: 'Deleted account',
  memberSince: 'Member since {month}',
  sold: { one: '1 ticket sold', other: '{count} tickets sold' },
  soldOver: 'More than {count} tickets sold',
  confirmed: 'Identity confirmed by Stripe',
  noFees: 'No fees added',
  faceValue: 'Face value {price}',
};

export const sharing = {
  share: 'Share',
  link: 'Link to your ticket',
  copy: 'Copy link',
  copied: 'Link copied',
  failed: 'Copy this link:',
};

export const reporting = {
  report: 'Report this listing',
  title: 'Report this listing',
  reason: "What's wrong with it?",
  choose: 'Choose a reason',
  reasons: {
    fake: "The ticket isn't genuine",
    'not-theirs': "It isn't the seller's to sell",
    misleading: 'The details are wrong or misleading',
    offensive: 'It is offensive',
    other: 'Something else',
  },
  text: 'Details (optional)',
  hint: 'Only we see this, not the seller.',
  send: 'Send report',
  sending: 'Sending…',
  cancel: 'Cancel',
  thanks: "Thank you. We'll look into it.",
};
