import type { Texts } from '../types';

export const developers: Texts['developers'] = {
  title: 'API',
  intro: 'Alles auf dieser Website läuft über diese API. Was du hier sendest, gilt für dein Konto.',
  file: 'Beschreibung nach OpenAPI 3.1',
  isPrivate: 'Melde dich zuerst an.',
  body: 'Body (JSON)',
  send: 'Senden',
  answers: 'Antworten',
};
