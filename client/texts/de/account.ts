import type { Texts } from '../types';

export const credentials: Texts['credentials'] = {
  signInTitle: 'Anmelden',
  signUpTitle: 'Registrieren',
  newHere: 'Neu hier?',
  createAccount: 'Konto anlegen',
  beenHere: 'Schon einmal hier gewesen?',
  haveAccount: 'Ich habe schon ein Konto',
  email: 'E-Mail',
  password: 'Passwort',
  passwordHint: '8 bis 128 Zeichen.',
  signIn: 'Anmelden',
  signingIn: 'Wird angemeldet …',
  signUp: 'Registrieren',
  signingUp: 'Wird registriert …',
};

export const account: Texts['account'] = {
  title: 'Konto',
  email: 'E-Mail',
  newPassword: 'Neues Passwort',
  newPasswordHint: 'Lass es leer, um das alte zu behalten.',
  currentPassword: 'Jetziges Passwort',
  currentPasswordHint: 'Für jede Änderung hier nötig.',
  save: 'Änderungen speichern',
  saving: 'Wird gespeichert …',
  saved: 'Dein Konto ist gespeichert.',
};
