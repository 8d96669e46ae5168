import type { Sale } from '../../domain/facts';
import { calendarOf, factsOf } from './sale';
import type { SaleTexts, Tools } from './types';

const about = (sale: Sale, tools: Tools) => [
  ...factsOf(sale, tools, ['Veranstaltung', 'Wann', 'Wo', 'Platz']),
  ['Bestellung', sale.orderId] satisfies [string, string],
];
const toOrder = ({ orderId }: Sale, { page }: Tools, label: string) => ({ label, url: page(`/orders/${orderId}`) });
const toSales = ({ page }: Tools, label = 'Verkäufe ansehen') => ({ label, url: page('/sales') });
const forReader = (sale: Sale, tools: Tools) =>
  sale.role === 'buyer' ? toOrder(sale, tools, 'Bestellung ansehen') : toSales(tools);

const claims = {
  'not-delivered': 'Das Ticket ist nicht angekommen.',
  'not-admitted': 'Mit dem Ticket gab es keinen Einlass.',
  'not-as-described': 'Das Ticket ist nicht wie beschrieben.',
  'event-cancelled': 'Die Veranstaltung ist abgesagt.',
};

/** Warum ein Verkauf rückgängig ist, für Käufer und Verkäufer. */
const reasons: Partial<Record<NonNullable<Sale['reason']>, Record<Sale['role'], string>>> = {
  'not-delivered': {
    buyer: 'Dein Ticket wurde nicht rechtzeitig übergeben.',
    seller: 'Du hast das Ticket nicht rechtzeitig übergeben.',
  },
  seller: { buyer: 'Dein Kauf wurde vom Verkäufer erstattet.', seller: 'Du hast den Kauf erstattet.' },
  dispute: {
    buyer: 'Deine Bank hat die Zahlung zurückgeholt.',
    seller: 'Die Bank des Käufers hat die Zahlung zurückgeholt.',
  },
};

export const sales: SaleTexts = {
  bought: (sale, tools) => ({
    subject: `Dein Ticket: ${sale.title}`,
    words: ['Deine Zahlung ist eingegangen, das Ticket gehört dir.'],
    facts: [...about(sale, tools), ['Bezahlt', tools.price(sale.price)]],
    action: toOrder(sale, tools, 'Ticket ansehen'),
    after: ['Das ist dein Beleg. Wenn mit dem Ticket etwas nicht stimmt, melde es auf derselben Seite.'],
    calendar: calendarOf(sale, tools, 'Platz'),
  }),
  sold: (sale, tools) => ({
    subject: `Verkauft: ${sale.title}`,
    words: [
      'Dein Ticket ist verkauft.',
      sale.deliverBy
        ? `Übergib es bis ${tools.time(sale.deliverBy, sale.timeZone)}. Sonst bekommt der Käufer sein Geld zurück.`
        : 'Falls du es noch nicht übergeben hast, tu das bitte jetzt.',
    ],
    facts: [...about(sale, tools), ['Preis', tools.price(sale.price)]],
    action: toSales(tools),
  }),
  delivered: (sale, tools) => ({
    subject: `Dein Ticket ist da: ${sale.title}`,
    words: ['Der Verkäufer hat dir dein Ticket übergeben.'],
    facts: about(sale, tools),
    action: toOrder(sale, tools, 'Ticket ansehen'),
  }),
  missing: (sale, tools) => ({
    subject: `Übergib dein Ticket: ${sale.title}`,
    words: [
      `Der Käufer wartet noch auf das Ticket. Übergib es bis ${tools.time(sale.deliverBy ?? '', sale.timeZone)}.`,
      'Danach bekommt er automatisch sein Geld zurück.',
    ],
    facts: about(sale, tools),
    action: toSales(tools, 'Jetzt übergeben'),
  }),
  refunded: (sale, tools) => ({
    subject: `Erstattet: ${sale.title}`,
    words: [
      reasons[sale.reason as 'seller']?.[sale.role] ?? 'Die Zahlung wurde erstattet.',
      sale.role === 'buyer'
        ? 'Du bekommst den vollen Preis auf die Karte zurück, mit der du bezahlt hast, meist in fünf bis zehn Tagen. Das Ticket gilt nicht mehr.'
        : 'Der Verkauf ist damit aufgehoben, das Geld geht an den Käufer zurück.',
    ],
    facts: [...about(sale, tools), ['Erstattet', tools.price(sale.price)]],
    action: forReader(sale, tools),
  }),
  claimed: (sale, tools) => ({
    subject: `Ein Käufer meldet ein Problem: ${sale.title}`,
    words: [
      sale.claim ? claims[sale.claim.reason] : '',
      sale.claim
        ? `Antworte bis ${tools.time(sale.claim.answerBy, sale.timeZone)} oder erstatte den Kauf. Ohne Antwort bekommt der Käufer sein Geld zurück.`
        : '',
    ],
    facts: about(sale, tools),
    action: toSales(tools, 'Antworten'),
  }),
  answered: (sale, tools) => ({
    subject: `Der Verkäufer hat geantwortet: ${sale.title}`,
    words: [
      'Zu dem Problem, das du gemeldet hast, gibt es eine Antwort. Wir sehen uns den Fall jetzt an und entscheiden.',
    ],
    facts: about(sale, tools),
    action: toOrder(sale, tools, 'Antwort lesen'),
  }),
  decided: (sale, tools) => {
    const isRefund = sale.claim?.status === 'refund';
    const words = {
      buyer: isRefund
        ? 'Wir haben zu deinen Gunsten entschieden: Du bekommst den vollen Preis auf die Karte zurück, mit der du bezahlt hast, meist in fünf bis zehn Tagen.'
        : 'Wir haben das gemeldete Problem geprüft und zugunsten des Verkäufers entschieden. Das Ticket bleibt deins.',
      seller: isRefund
        ? 'Über das gemeldete Problem wurde zugunsten des Käufers entschieden: Er bekommt sein Geld zurück, und du erhältst für diesen Verkauf keines.'
        : 'Über das gemeldete Problem wurde zu deinen Gunsten entschieden. Du bekommst dein Geld wie geplant.',
    };
    return {
      subject: `Entschieden: ${sale.title}`,
      words: [words[sale.role]],
      facts: [...about(sale, tools), [isRefund ? 'Erstattet' : 'Preis', tools.price(sale.price)]],
      action: forReader(sale, tools),
    };
  },
  paid: ({ title, amount, settled, orderId }, tools) => ({
    subject: amount > 0 ? `${tools.price(amount)} sind unterwegs zu dir` : `Dein Anteil: ${title}`,
    words: [
      amount > 0
        ? 'Wir haben deinen Anteil an einem Verkauf an dein Konto bei Stripe überwiesen. Von dort geht er auf dein Bankkonto.'
        : 'Mit deinem Anteil an einem Verkauf wurde beglichen, was von früheren Erstattungen offen war.',
    ],
    facts: [
      ['Veranstaltung', title],
      ['Überwiesen', amount > 0 ? tools.price(amount) : null],
      ['Für frühere Erstattungen einbehalten', settled > 0 ? tools.price(settled) : null],
      ['Bestellung', orderId],
    ],
    action: toSales(tools),
  }),
  unpaid: ({ title, amount, orderId }, tools) => ({
    subject: 'Wir konnten dich noch nicht bezahlen',
    words: [
      'Stripe hat die Überweisung deines Anteils an einem Verkauf abgelehnt. Wir versuchen es weiter.',
      'Sieh bitte auf der Seite deiner Verkäufe nach, ob Stripe noch etwas von dir braucht.',
    ],
    facts: [
      ['Veranstaltung', title],
      ['Dein Anteil', tools.price(amount)],
      ['Bestellung', orderId],
    ],
    action: toSales(tools),
  }),
};
