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
  strength: 'Passwortstärke',
  strengths: { weak: 'Länger ist sicherer: zum Beispiel ein paar Wörter.', fair: 'Gut', strong: 'Stark' },
  sendLink: 'Link noch einmal senden',
  linkSent: 'Ein neuer Link ist unterwegs. Öffne ihn und versuche es dann noch einmal.',
  linkNotSent: 'Der Link konnte nicht gesendet werden. Versuche es später noch einmal.',
  keepAccount: 'Konto behalten',
  unreachable: 'Ticketing ist nicht erreichbar. Prüfe deine Verbindung und versuche es noch einmal.',
  broken: 'Bei uns ist etwas schiefgegangen. Bitte versuche es gleich noch einmal.',
  required: 'Bitte ausfüllen.',
  restored: 'Deine Eingaben sind noch da.',
  leaveTitle: 'Seite ohne Speichern verlassen?',
  leave: 'Deine Änderungen sind noch nicht gespeichert.',
  stay: 'Hier bleiben',
  discard: 'Verlassen',
  show: 'Zeigen',
  hide: 'Verbergen',
  showPassword: 'Passwort zeigen',
};

export const pager: Texts['pager'] = {
  pages: 'Seiten',
  first: 'Neueste',
  older: 'Ältere anzeigen',
};

export const problems: Texts['problems'] = {
  notFoundTitle: 'Seite nicht gefunden',
  notFound: 'Die Seite gibt es nicht, oder sie gehört zu einem anderen Konto.',
  notFoundAction: 'Tickets ansehen',
  brokenTitle: 'Bei uns ist etwas schiefgegangen',
  broken: 'Es ist nichts verloren gegangen. Versuche es gleich noch einmal.',
  retry: 'Noch einmal versuchen',
  home: 'Startseite',
};
