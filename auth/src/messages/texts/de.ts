import type { Sale } from '../../domain/messages';
import { factsOf } from './sale';
import type { Texts, Tools } from './types';

const about = (sale: Sale, tools: Tools) => factsOf(sale, tools, ['Veranstaltung', 'Wann', 'Wo', 'Platz']);

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
  bought: (sale, tools) => ({
    subject: `Dein Ticket: ${sale.title}`,
    words: ['Du hast bezahlt, und das Ticket gehört dir.'],
    facts: [...about(sale, tools), ['Bezahlt', tools.price(sale.price)], ['Bestellung', sale.orderId]],
    action: { label: 'Ticket ansehen', url: tools.page(`/orders/${sale.orderId}`) },
    after: ['Wenn damit etwas nicht stimmt, sag es uns auf derselben Seite.'],
  }),
  sold: (sale, tools) => ({
    subject: `Verkauft: ${sale.title}`,
    words: ['Dein Ticket ist verkauft.'],
    facts: [...about(sale, tools), ['Preis', tools.price(sale.price)], ['Bestellung', sale.orderId]],
    action: { label: 'Verkäufe ansehen', url: tools.page('/sales') },
    after: ['Wenn du es noch nicht übergeben hast, tu das bitte dort.'],
  }),
};
