import type { Texts } from '../types';

export const receipt: Texts['receipt'] = {
  complete: 'Du bist dabei!',
  settled: 'Dein Ticket',
  proof: 'Kaufnachweis',
  proves:
    'Dieser Code zeigt, dass du dieses Ticket hier gekauft hast. Eingelassen wirst du damit nur, wo unsere Codes gescannt werden. Überall sonst brauchst du das Ticket selbst.',
  qr: 'QR-Code deines Kaufnachweises',
  section: 'Block',
  row: 'Reihe',
  seat: 'Platz',
  calendar: 'In den Kalender',
  print: 'Drucken',
  check: 'Vorschau für den Einlass',
  title: 'Beleg',
  order: 'Bestellung',
  placed: 'Bestellt',
  ticket: 'Ticket',
  buyer: 'Gekauft von',
  paid: 'Mit Karte bezahlt',
  allOrders: 'Alle deine Bestellungen',
};

export const handover: Texts['handover'] = {
  title: 'Dein Ticket',
  there: 'Dein Ticket ist da.',
  open: 'Ticket anzeigen',
  failed: 'Dein Ticket ließ sich gerade nicht öffnen.',
  retry: 'Noch einmal versuchen',
  waiting: 'Dein Ticket muss bis {at} übergeben werden.',
  asked: 'Dein Ticket wird gerade übergeben.',
  otherwise:
    'Ist es bis dahin nicht da, bekommst du dein Geld automatisch zurück. Diese Seite aktualisiert sich von selbst.',
  missed: 'Das Ticket wurde nicht rechtzeitig übergeben. Dein Geld ist auf dem Weg zurück.',
  arranged:
    'Wie du dieses Ticket bekommst, bestimmt der Verkäufer. Übergibt er es hier, sagen wir dir Bescheid. Kommt es nicht, melde unten ein Problem.',
  unknown: 'Dein Ticket lässt sich gerade nicht nachschlagen. Lade die Seite gleich noch einmal.',
  picture: 'Dein Ticket als Bild',
  pdfLead: 'Dein Ticket ist ein PDF.',
  walletLead: 'Dein Ticket ist ein Pass für Apple Wallet.',
  download: 'Herunterladen',
  downloadPdf: 'PDF herunterladen',
  wallet: 'Zur Wallet hinzufügen',
  link: 'Link',
  openAt: '{host} öffnen',
  code: 'Code',
  note: 'Vom Verkäufer',
};

export const arrival: Texts['arrival'] = { there: 'Dein Ticket ist da.' };

export const copying: Texts['copying'] = {
  copy: 'Kopieren',
  copied: 'Kopiert',
  failed: 'Kopieren ging nicht. Markiere den Code von Hand.',
};

export const guarantee: Texts['guarantee'] = {
  title: 'Deine Garantie',
  covers:
    'Sag uns Bescheid, wenn das Ticket nicht kommt, du damit nicht eingelassen wirst, es nicht der Beschreibung entspricht oder das Event ausfällt: Dann kannst du dein Geld zurückverlangen.',
  until: 'Du hast bis {at} Zeit. Vorher zahlen wir das Geld nicht aus.',
  untilPaid: 'Das geht, solange wir das Geld nicht ausgezahlt haben.',
  over: 'Bis {at} konntest du ein Problem melden.',
  overUndated: 'Die Zeit, ein Problem zu melden, ist vorbei.',
};

export const claiming: Texts['claiming'] = {
  question: 'Stimmt etwas nicht?',
  next: 'Wir leiten das weiter und halten das Geld zurück. Kommt nicht rechtzeitig eine Antwort, bekommst du dein Geld zurück. Sonst entscheiden wir.',
  reason: 'Was ist passiert?',
  choose: 'Grund wählen',
  reasons: {
    'not-delivered': 'Ich habe das Ticket nicht bekommen',
    'not-admitted': 'Ich wurde nicht eingelassen',
    'not-as-described': 'Das Ticket entspricht nicht der Beschreibung',
    'event-cancelled': 'Das Event ist ausgefallen',
  },
  text: 'Beschreibe es kurz',
  hint: 'Wer dir das Ticket verkauft hat, liest das auch.',
  send: 'Problem melden',
  sending: 'Wird gesendet …',
};

export const claimed: Texts['claimed'] = {
  titles: {
    open: 'Du hast ein Problem gemeldet',
    answered: 'Es gibt eine Antwort',
    refund: 'Zu deinen Gunsten entschieden',
    pay: 'Zugunsten der anderen Seite entschieden',
  },
  open: 'Die andere Seite hat bis {at} Zeit zu antworten. Sonst bekommst du dein Geld zurück. Bis dahin wird nichts ausgezahlt.',
  next: {
    answered: 'Wir sehen uns an, was ihr beide sagt, und entscheiden dann. Bis dahin wird nichts ausgezahlt.',
    refund: 'Du bekommst dein Geld zurück.',
    pay: 'Wir haben uns angesehen, was ihr beide sagt. Der Kauf bleibt bestehen, und das Geld wird ausgezahlt.',
  },
  yours: 'Du, {at}: {reason}',
  theirs: 'Vom Verkäufer',
};

export const refunded: Texts['refunded'] = {
  title: 'Bestellung erstattet',
  reasons: {
    'not-delivered': 'Das Ticket wurde nicht rechtzeitig übergeben.',
    claim: 'Deine Meldung war berechtigt.',
    seller: 'Der Verkäufer hat dir den Kauf erstattet.',
    support: 'Wir haben dir dein Geld zurückgegeben.',
    dispute: 'Deine Bank hat die Zahlung zurückgeholt.',
    dashboard: 'Deine Zahlung wurde erstattet.',
  },
  money: {
    us: '{price} sind auf dem Weg zurück auf deine Karte. Das kann bis zu 10 Tage dauern.',
    bank: 'Deine Bank gibt dir {price} zurück.',
  },
  void: 'Dein Ticket und der Kaufnachweis sind ungültig. Bitte verwende sie nicht mehr.',
  allOrders: 'Alle deine Bestellungen',
};

export const orders: Texts['orders'] = {
  title: 'Meine Bestellungen',
  empty: 'Noch keine Bestellungen. Deine Tickets und Belege erscheinen hier.',
  emptyAction: 'Tickets ansehen',
  payBy: '{status} bis',
  status: {
    created: 'Bezahlen',
    'awaiting:payment': 'Zahlung wird bestätigt',
    complete: 'Bezahlt',
    cancelled: 'Storniert',
    refunded: 'Erstattet',
  },
  reasons: {
    buyer: 'Von dir storniert',
    expired: 'Storniert: Zeit abgelaufen',
    'payment-failed': 'Storniert: Zahlung fehlgeschlagen',
    changed: 'Storniert: Angebot geändert',
    withdrawn: 'Storniert: Angebot zurückgezogen',
    'not-delivered': 'Erstattet: nicht übergeben',
    claim: 'Erstattet: Meldung berechtigt',
    seller: 'Vom Verkäufer erstattet',
    support: 'Von uns erstattet',
    dispute: 'Von deiner Bank erstattet',
    dashboard: 'Erstattet',
  },
  claimed: 'Problem gemeldet',
  groups: {
    open: 'An der Kasse',
    upcoming: 'Anstehend',
    past: 'Vergangen',
    cancelled: 'Storniert oder erstattet',
  },
  jump: 'Springen zu',
  noneUpcoming: 'Keine anstehenden Events.',
};

export const pass: Texts['pass'] = {
  title: 'Kaufnachweis',
  proves:
    'Dieser Kaufnachweis zeigt, dass dieses Ticket auf Ticketing gekauft wurde. Er ersetzt das Ticket nur, wo unsere Codes gescannt werden.',
  valid: 'Gültig',
  used: 'Schon benutzt',
  usedAt: 'Benutzt: {at}',
  markUsed: 'Als benutzt markieren',
  marking: 'Wird markiert …',
  preview:
    'Das sieht das Personal am Einlass, wo unsere Codes gescannt werden. Wenn du hineingehst, markiert es den Kaufnachweis als benutzt.',
  admits: 'Für eine Person.',
  invalid: 'Ungültig',
  invalidWhy: 'Dieser Code ist nicht von uns. Scanne ihn noch einmal. Bleibt er ungültig: kein Einlass.',
  today: 'Heute',
  otherDay: 'Nicht heute',
  noDate: 'Ohne Datum',
  order: 'Bestellung',
};
