import { sales } from './de.sales';
import type { Texts } from './types';

export const de: Texts = {
  footer: 'Du bekommst diese Nachricht, weil du ein Konto bei Ticketing hast.',
  confirm: async (_facts, { page, token }) => ({
    subject: 'Bestätige deine E-Mail-Adresse',
    words: ['Willkommen bei Ticketing. Ist das deine Adresse? Dann bestätige sie bitte.'],
    action: { label: 'Adresse bestätigen', url: page(`/auth/confirm?token=${await token()}`) },
    after: [
      'Der Link gilt einmal, 24 Stunden lang. Wenn du dich nicht registriert hast, kannst du diese Nachricht ignorieren.',
    ],
  }),
  ...sales,
};
