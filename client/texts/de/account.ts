import type { Texts } from '../types';

export const credentials: Texts['credentials'] = {
  signInTitle: 'Anmelden',
  signUpTitle: 'Registrieren',
  sessionEnded: 'Deine Sitzung ist abgelaufen. Melde dich an, dann geht es dort weiter, wo du warst.',
  newHere: 'Neu hier?',
  createAccount: 'Konto anlegen',
  beenHere: 'Schon einmal hier gewesen?',
  haveAccount: 'Ich habe schon ein Konto',
  email: 'E-Mail',
  emailMissing: 'Gib deine E-Mail-Adresse an.',
  emailWrong: 'Diese E-Mail-Adresse ist nicht vollständig.',
  password: 'Passwort',
  passwordMissing: 'Gib dein Passwort an.',
  passwordHint: '8 bis 128 Zeichen.',
  passwordLength: 'Das Passwort braucht 8 bis 128 Zeichen.',
  signIn: 'Anmelden',
  signingIn: 'Wird angemeldet …',
  signUp: 'Registrieren',
  signingUp: 'Wird registriert …',
};

export const account: Texts['account'] = {
  title: 'Konto',
  email: 'E-Mail',
  emailHint: 'Damit meldest du dich an, und dorthin gehen Belege.',
  newPassword: 'Neues Passwort',
  newPasswordHint: '8 bis 128 Zeichen. Lass es leer, um das alte zu behalten.',
  currentPassword: 'Jetziges Passwort',
  currentPasswordHint: 'Für jede Änderung hier nötig.',
  currentPasswordMissing: 'Gib dein jetziges Passwort an.',
  save: 'Änderungen speichern',
  saving: 'Wird gespeichert …',
  saved: 'Dein Konto ist gespeichert.',
};
