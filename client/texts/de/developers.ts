import type { Texts } from '../types';

export const developers: Texts['developers'] = {
  title: 'API',
  intro: 'Alles, was diese Website tut, tut sie über diese API. Was du hier sendest, sendest du in deinem Namen.',
  file: 'Beschreibung nach OpenAPI 3.1',
  isPrivate: 'Melde dich zuerst an.',
  body: 'Body (JSON)',
  send: 'Senden',
  answers: 'Antworten',
};
