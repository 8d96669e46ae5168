import type { Texts } from '../types';

export const categories: Texts['categories'] = {
  concert: 'Konzert',
  sport: 'Sport',
  theatre: 'Theater',
  comedy: 'Comedy',
  festival: 'Festival',
  other: 'Event',
};

export const form: Texts['form'] = {
  unreachable: 'Ticketing ist nicht erreichbar. Prüfe deine Verbindung und versuche es noch einmal.',
  broken: 'Bei uns ist etwas schiefgegangen. Bitte versuche es gleich noch einmal.',
  required: 'Bitte fülle das aus.',
  restored: 'Was du eingegeben hast, ist noch da.',
  leaveTitle: 'Ohne Speichern gehen?',
  leave: 'Was du hier eingegeben hast, ist noch nicht gespeichert.',
  stay: 'Hier bleiben',
  discard: 'Verwerfen',
  show: 'Zeigen',
  hide: 'Verbergen',
  showPassword: 'Passwort zeigen',
};

export const problems: Texts['problems'] = {
  notFoundTitle: 'Das haben wir nicht gefunden',
  notFound: 'Die Seite gibt es nicht, oder sie gehört zu einem anderen Konto.',
  notFoundAction: 'Tickets ansehen',
  brokenTitle: 'Bei uns ist etwas schiefgegangen',
  broken: 'Nichts von dem, was du getan hast, ist verloren. Meist geht es gleich wieder.',
  retry: 'Noch einmal versuchen',
  home: 'Startseite',
};
