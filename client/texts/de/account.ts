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
  signInInstead: 'Mit dieser E-Mail anmelden',
  cookieRefused:
    'Dein Browser hat unser Cookie blockiert. Erlaube Cookies für diese Seite und versuche es noch einmal.',
  toBuy: 'Dein Ticket',
  signingIn: 'Wird angemeldet …',
  signUp: 'Registrieren',
  signingUp: 'Wird registriert …',
};

export const account: Texts['account'] = {
  title: 'Konto',
  email: 'E-Mail',
  emailHint: 'Für die Anmeldung und für Belege.',
  newPassword: 'Neues Passwort',
  newPasswordHint: '8 bis 128 Zeichen. Leer lassen, um das aktuelle zu behalten.',
  currentPassword: 'Aktuelles Passwort',
  currentPasswordHint: 'Zum Speichern erforderlich.',
  currentPasswordMissing: 'Gib dein aktuelles Passwort ein.',
  save: 'Änderungen speichern',
  saving: 'Wird gespeichert …',
  saved: 'Änderungen gespeichert.',
};
