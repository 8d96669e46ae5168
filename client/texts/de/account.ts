import type { Texts } from '../types';

export const credentials: Texts['credentials'] = {
  signInTitle: 'Anmelden',
  signUpTitle: 'Registrieren',
  sessionEnded: 'Deine Sitzung ist abgelaufen. Melde dich an, um weiterzumachen.',
  newHere: 'Neu hier?',
  createAccount: 'Konto anlegen',
  beenHere: 'Schon ein Konto?',
  haveAccount: 'Anmelden',
  email: 'E-Mail',
  emailMissing: 'Gib deine E-Mail-Adresse ein.',
  emailWrong: 'Diese E-Mail-Adresse ist nicht vollständig.',
  password: 'Passwort',
  passwordMissing: 'Gib dein Passwort ein.',
  passwordHint: '8 bis 128 Zeichen.',
  passwordLength: 'Verwende 8 bis 128 Zeichen.',
  signIn: 'Anmelden',
  forgot: 'Passwort vergessen?',
  signInInstead: 'Mit dieser E-Mail anmelden',
  cookieRefused:
    'Dein Browser hat unser Cookie blockiert. Erlaube Cookies für diese Seite und versuche es noch einmal.',
  toBuy: 'Dein Ticket',
  signingIn: 'Wird angemeldet …',
  signUp: 'Registrieren',
  signingUp: 'Wird registriert …',
};

export const confirm: Texts['confirm'] = {
  title: 'E-Mail-Adresse bestätigen',
  question: 'Ist das deine Adresse? Bestätige sie mit einem Klick.',
  press: 'Adresse bestätigen',
  busy: 'Wird bestätigt …',
  doneTitle: 'Adresse bestätigt',
  done: 'Danke. Wir erreichen dich unter',
  goOn: 'Zu meinem Konto',
  otherwise: 'Schon benutzt oder zu alt? Sieh in deinem Konto nach',
};

/** Die Seite hinter dem Link in der Nachricht an eine frühere Adresse. */
export const undo: Texts['undo'] = {
  title: 'Adressänderung rückgängig machen',
  question: 'Soll dein Konto diese Adresse wiederbekommen? Dabei werden alle abgemeldet.',
  press: 'Adresse wiederherstellen',
  busy: 'Wird wiederhergestellt …',
  doneTitle: 'Deine Adresse ist wieder da',
  done: 'Alle wurden abgemeldet. Setze jetzt ein neues Passwort, das sonst niemand kennt. Deine Adresse ist wieder',
  goOn: 'Neues Passwort setzen',
  otherwise: 'Funktioniert der Link nicht? Schreib uns',
};

/** Die Seiten für alle, die ihr Passwort vergessen haben. */
export const unsubscribing: Texts['unsubscribing'] = {
  title: 'Abbestellen',
  question:
    'Keine Nachrichten mehr, in denen es nicht um dein Konto oder deine Tickets geht, zum Beispiel unsere Begrüßung?',
  press: 'Abbestellen',
  busy: 'Wird abbestellt …',
  doneTitle: 'Abbestellt',
  done: 'Über dein Konto, deine Tickets und dein Geld hörst du weiter von uns. Du kannst das auf deiner Kontoseite ändern.',
  goOn: 'Zu meinem Konto',
  otherwise: 'Funktioniert der Link nicht? Sieh in deinem Konto nach',
};

export const recovery: Texts['recovery'] = {
  forgotTitle: 'Passwort vergessen?',
  forgot: 'Gib deine E-Mail-Adresse ein. Wir schicken dir einen Link, mit dem du ein neues Passwort setzt.',
  send: 'Link senden',
  sending: 'Wird gesendet …',
  sentTitle: 'Sieh in deinem Postfach nach',
  sent: 'Wenn es zu dieser Adresse ein Konto gibt, ist ein Link unterwegs. Er gilt 30 Minuten lang:',
  toSignIn: 'Zurück zur Anmeldung',
  resetTitle: 'Neues Passwort setzen',
  newPassword: 'Neues Passwort',
  save: 'Passwort speichern',
  saving: 'Wird gespeichert …',
  doneTitle: 'Passwort geändert',
  done: 'Alle wurden abgemeldet. Melde dich mit deinem neuen Passwort an.',
  again: 'Neuen Link anfordern',
};

export const account: Texts['account'] = {
  title: 'Konto',
  name: 'Name',
  nameTitle: 'Wie andere dich sehen',
  nameHint: 'Käufer sehen ihn bei deinen Tickets. Leer lassen, um keinen zu zeigen.',
  saveName: 'Namen speichern',
  nameSaved: 'Name gespeichert.',
  unconfirmed: 'Wir haben einen Link an diese Adresse geschickt. Öffne ihn, um zu bestätigen, dass sie dir gehört:',
  sendLink: 'Link noch einmal senden',
  sendingLink: 'Wird gesendet …',
  linkSent: 'Ein neuer Link ist unterwegs an',
  pending: 'Wir haben einen Link an deine neue Adresse geschickt. Öffne ihn, dann ist die Adresse deines Kontos:',
  keepEmail: 'Bisherige Adresse behalten',
  signInTitle: 'Anmeldung',
  email: 'E-Mail',
  emailHint:
    'Für die Anmeldung und für Belege. Eine neue Adresse gilt, sobald du den Link öffnest, den wir dorthin schicken.',
  newPassword: 'Neues Passwort',
  newPasswordHint: '8 bis 128 Zeichen. Leer lassen, um das aktuelle zu behalten.',
  currentPassword: 'Aktuelles Passwort',
  currentPasswordHint: 'Zum Speichern erforderlich.',
  currentPasswordMissing: 'Gib dein aktuelles Passwort ein.',
  save: 'Änderungen speichern',
  saving: 'Wird gespeichert …',
  saved: 'Änderungen gespeichert.',
  sessionsTitle: 'Wo du angemeldet bist',
  thisDevice: 'Dieses Gerät',
  unknownDevice: 'Unbekanntes Gerät',
  lastUsed: 'Zuletzt benutzt',
  endSession: 'Dort abmelden',
  endingSession: 'Wird abgemeldet …',
  endOtherSessions: 'Überall sonst abmelden',
  onlyHere: 'Sonst bist du nirgends angemeldet.',
  messagesTitle: 'Nachrichten',
  subscribed:
    'Du bekommst auch Nachrichten, in denen es nicht um dein Konto, deine Tickets oder dein Geld geht, zum Beispiel unsere Begrüßung.',
  unsubscribed: 'Du bekommst nur Nachrichten über dein Konto, deine Tickets und dein Geld.',
  unsubscribe: 'Die anderen Nachrichten abbestellen',
  subscribe: 'Die anderen Nachrichten auch bekommen',
  subscribing: 'Wird gespeichert …',
};
