import type { Texts } from '../types';

export const words: Texts['words'] = {
  footer: 'Über Ticketing',
  titles: {
    'how-it-works': 'So funktioniert’s',
    fees: 'Gebühren',
    guarantee: 'Garantie',
    help: 'Hilfe',
    contact: 'Kontakt',
    terms: 'AGB',
    privacy: 'Datenschutz',
    cookies: 'Cookies',
    imprint: 'Impressum',
  },
  order: 'Bestellung',
  noName: 'Noch niemand: Das ist eine Kopie von Ticketing für die Entwicklung',
  noAddress: 'noch keine Adresse',
  howGuaranteed: 'So funktioniert die Garantie',
  contactUs: 'Schreib uns zu dieser Bestellung',
};
