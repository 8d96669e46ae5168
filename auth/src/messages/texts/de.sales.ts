import { salesIn } from './sales';

export const sales = salesIn({
  labels: {
    event: 'Event',
    when: 'Wann',
    where: 'Wo',
    seat: 'Platz',
    order: 'Bestellung',
    paid: 'Bezahlt',
    price: 'Preis',
    refunded: 'Erstattet',
    sent: 'Überwiesen',
    kept: 'Für frühere Erstattungen einbehalten',
    share: 'Dein Anteil',
  },
  place: { row: (row) => `Reihe ${row}`, seat: (seat) => `Platz ${seat}` },
  actions: {
    ticket: 'Ticket ansehen',
    order: 'Bestellung ansehen',
    sales: 'Verkäufe ansehen',
    handOver: 'Jetzt übergeben',
    answer: 'Antworten',
    readAnswer: 'Antwort lesen',
  },
  bought: {
    subject: 'Dein Ticket',
    words: 'Deine Zahlung ist eingegangen, das Ticket gehört dir.',
    after: 'Das ist dein Beleg. Wenn mit dem Ticket etwas nicht stimmt, melde es auf derselben Seite.',
  },
  sold: {
    subject: 'Verkauft',
    words: 'Dein Ticket ist verkauft.',
    by: (time) => `Übergib es bis ${time}. Sonst bekommt der Käufer sein Geld zurück.`,
    now: 'Hast du es hier schon übergeben, musst du nichts weiter tun. Sonst übergib es bitte jetzt.',
  },
  delivered: { subject: 'Dein Ticket ist da', words: 'Der Verkäufer hat dir dein Ticket übergeben.' },
  missing: {
    subject: 'Übergib dein Ticket',
    by: (time) => `Der Käufer wartet noch auf das Ticket. Übergib es bis ${time}.`,
    after: 'Danach bekommt er automatisch sein Geld zurück.',
  },
  refunded: {
    subject: 'Erstattet',
    reasons: {
      'not-delivered': {
        buyer: 'Dein Ticket wurde nicht rechtzeitig übergeben.',
        seller: 'Du hast das Ticket nicht rechtzeitig übergeben.',
      },
      seller: { buyer: 'Dein Kauf wurde vom Verkäufer erstattet.', seller: 'Du hast den Kauf erstattet.' },
      support: {
        buyer: 'Unser Support hat dir dein Geld zurückgegeben.',
        seller: 'Unser Support hat dem Käufer das Geld zurückgegeben.',
      },
      dispute: {
        buyer: 'Deine Bank hat die Zahlung zurückgeholt.',
        seller: 'Die Bank des Käufers hat die Zahlung zurückgeholt.',
      },
    },
    otherwise: 'Die Zahlung wurde erstattet.',
    after: {
      buyer:
        'Du bekommst den vollen Preis auf die Karte zurück, mit der du bezahlt hast, meist in fünf bis zehn Tagen. Das Ticket gilt nicht mehr.',
      seller: 'Der Verkauf ist damit aufgehoben, das Geld geht an den Käufer zurück.',
    },
  },
  claimed: {
    subject: 'Ein Käufer meldet ein Problem',
    reasons: {
      'not-delivered': 'Das Ticket ist nicht angekommen.',
      'not-admitted': 'Mit dem Ticket gab es keinen Einlass.',
      'not-as-described': 'Das Ticket ist nicht wie beschrieben.',
      'event-cancelled': 'Das Event ist abgesagt.',
    },
    by: (time) => `Antworte bis ${time} oder erstatte den Kauf. Ohne Antwort bekommt der Käufer sein Geld zurück.`,
  },
  answered: {
    subject: 'Der Verkäufer hat geantwortet',
    words:
      'Zu dem Problem, das du gemeldet hast, gibt es eine Antwort. Wir sehen uns den Fall jetzt an und entscheiden.',
  },
  decided: {
    subject: 'Entschieden',
    refund: {
      buyer:
        'Wir haben zu deinen Gunsten entschieden: Du bekommst den vollen Preis auf die Karte zurück, mit der du bezahlt hast, meist in fünf bis zehn Tagen.',
      seller:
        'Über das gemeldete Problem wurde zugunsten des Käufers entschieden: Er bekommt sein Geld zurück, und du erhältst für diesen Verkauf keines.',
    },
    pay: {
      buyer:
        'Wir haben das gemeldete Problem geprüft und zugunsten des Verkäufers entschieden. Das Ticket bleibt deins.',
      seller: 'Über das gemeldete Problem wurde zu deinen Gunsten entschieden. Du bekommst dein Geld wie geplant.',
    },
  },
  paid: {
    subject: (amount) => `${amount} sind unterwegs zu dir`,
    settledSubject: (title) => `Dein Anteil: ${title}`,
    sent: 'Wir haben deinen Anteil an einem Verkauf an dein Konto bei Stripe überwiesen. Von dort geht er auf dein Bankkonto.',
    settled: 'Mit deinem Anteil an einem Verkauf wurde beglichen, was von früheren Erstattungen offen war.',
  },
  unpaid: {
    subject: 'Wir konnten dich noch nicht bezahlen',
    words: [
      'Stripe hat die Überweisung deines Anteils an einem Verkauf abgelehnt. Wir versuchen es weiter.',
      'Sieh bitte auf der Seite deiner Verkäufe nach, ob Stripe noch etwas von dir braucht.',
    ],
  },
});
