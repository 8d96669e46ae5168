import type { Texts } from '../types';

export const listings: Texts['listings'] = {
  title: 'Meine Angebote',
  empty: 'Du verkaufst noch nichts.',
  emptyAction: 'Biete dein erstes Ticket an',
  status: { available: 'Zu verkaufen', held: 'Reserviert', sold: 'Verkauft', withdrawn: 'Zurückgezogen' },
  editTitle: 'Angebot bearbeiten',
  withdrawTitle: 'Nicht mehr zu verkaufen?',
  withdrawHint: 'Ein zurückgezogenes Ticket kann niemand kaufen. Um es später zu verkaufen, biete es neu an.',
  all: 'Alle deine Angebote',
  locked: {
    held: 'Gerade ist jemand dabei, dieses Ticket zu bezahlen. Geschieht das nicht rechtzeitig, kannst du es wieder bearbeiten.',
    sold: 'Dieses Ticket ist verkauft und lässt sich nicht mehr bearbeiten.',
    withdrawn: 'Du hast dieses Angebot zurückgezogen.',
  },
};

export const listingForm: Texts['listingForm'] = {
  newTitle: 'Ticket verkaufen',
  title: 'Titel',
  titleHint: 'Wofür es gilt: das Event, wo und wann, der Platz.',
  price: 'Preis',
  priceHint: 'In US-Dollar, zum Beispiel 49.50.',
  list: 'Ticket anbieten',
  listing: 'Wird angeboten …',
  save: 'Änderungen speichern',
  saving: 'Wird gespeichert …',
  withdraw: 'Angebot zurückziehen',
  withdrawing: 'Wird zurückgezogen …',
};
