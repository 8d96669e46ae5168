import type { Texts } from '../types';

export const browse: Texts['browse'] = {
  title: 'Tickets zu kaufen',
  emptyTitle: 'Gerade gibt es keine Tickets',
  empty: 'Neue erscheinen hier, sobald jemand sie anbietet.',
  emptyAction: 'Biete deins an',
  endTitle: 'Das war alles',
  end: 'Auf dieser Seite gibt es keine weiteren Tickets.',
  toNewest: 'Zurück zu den neuesten',
  nextPage: 'Nächste Seite',
  pages: 'Seiten',
  dateOpen: 'Ohne Datum',
};

export const ticket: Texts['ticket'] = {
  own: 'Das ist dein Angebot.',
  edit: 'Angebot bearbeiten',
  allListings: 'Alle deine Angebote',
  bought: 'Du hast dieses Ticket gekauft.',
  heldForYou: 'Dieses Ticket ist für dich reserviert.',
  seeOrder: 'Zur Bestellung',
  toPayment: 'Weiter zur Zahlung',
  buy: 'Ticket kaufen',
  buying: 'Wird für dich reserviert …',
  promise: 'Es bleibt für dich reserviert, während du bezahlst. Vorher wird nichts abgebucht.',
  unavailable: {
    held: 'Gerade ist jemand dabei, dieses Ticket zu bezahlen. Geschieht das nicht rechtzeitig, ist es wieder zu haben.',
    sold: 'Dieses Ticket ist verkauft.',
    withdrawn: 'Dieses Angebot wurde zurückgezogen.',
  },
};
