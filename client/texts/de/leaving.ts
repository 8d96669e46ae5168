import type { Texts } from '../types';

export const leaving: Texts['leaving'] = {
  dataTitle: 'Deine Daten',
  data: 'Alles, was wir über dich gespeichert haben, in einer Datei: Konto, Angebote, Käufe und Verkäufe, Zahlungen und Auszahlungen.',
  download: 'Meine Daten herunterladen',
  downloading: 'Deine Daten werden gesammelt …',
  downloaded: 'Du findest deine Daten in deinen Downloads.',
  missing:
    'Wir konnten nicht alles abrufen. Es fehlt: {parts}. Versuche es noch einmal: Was schon da ist, bleibt erhalten.',
  parts: {
    account: 'dein Konto',
    tickets: 'deine Angebote',
    orders: 'deine Bestellungen',
    payments: 'deine Zahlungen',
  },
  title: 'Konto löschen',
  intro: 'Wir löschen es, sobald deine Käufe und Verkäufe abgeschlossen sind.',
  begin: 'Konto löschen …',
  question: 'Konto löschen?',
  happens: 'Was passiert',
  steps: [
    'Deine Angebote werden sofort zurückgezogen. Wer gerade eines kauft, kann den Kauf noch abschließen.',
    'Du kannst nichts Neues kaufen oder anbieten. Du kannst weiterhin Tickets übergeben, bekommst dein Geld und kannst Probleme melden.',
    'Sobald nichts mehr offen ist, löschen wir dein Konto und melden dich überall ab. Deine E-Mail-Adresse ist dann für ein neues Konto frei.',
    'Bis dahin kannst du es dir anders überlegen.',
  ],
  kept: 'Was bleibt',
  keeps:
    'Bestellungen, Zahlungen und Auszahlungen, weil wir sie für die Buchhaltung behalten müssen: ohne deinen Namen und deine E-Mail-Adresse. Niemand sieht mehr, dass sie von dir sind, auch du nicht. Gekaufte Tickets sind dann nicht mehr hier. Sichere vorher, was du brauchst.',
  confirm: 'Mein Konto löschen',
  confirming: 'Einen Moment …',
  cancel: 'Abbrechen',
  leaving: 'Dein Konto wird gelöscht',
  since: 'Du hast am {at} darum gebeten.',
  nothing: 'Es ist nichts mehr offen. In ein paar Minuten ist es gelöscht.',
  waits: 'Noch offen:',
  holds: { one: '{count} reserviertes Ticket', other: '{count} reservierte Tickets' },
  purchases: {
    one: '{count} gekauftes Ticket, solange du ein Problem melden kannst',
    other: '{count} gekaufte Tickets, solange du ein Problem melden kannst',
  },
  sales: {
    one: '{count} Verkauf, bis er ausgezahlt ist',
    other: '{count} Verkäufe, bis sie ausgezahlt sind',
  },
  money: 'dein Geld aus Verkäufen: Dafür müssen deine Auszahlungen eingerichtet sein',
  debt: 'was du uns aus erstatteten Verkäufen schuldest',
  until: 'Das letzte davon ist am {at} abgeschlossen, wenn nichts dazwischenkommt.',
  keep: 'Konto behalten',
  keeping: 'Einen Moment …',
};
