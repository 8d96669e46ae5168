import { sales } from './de.sales';
import type { Change } from '../../domain/facts';
import type { Fact } from '../letter';
import { placeOf, type Texts } from './types';

/** Was sich geändert hat → Betreff und erster Satz. */
const changes: Record<Change, [string, string]> = {
  password: ['Dein Passwort wurde geändert', 'Das Passwort deines Kontos wurde geändert.'],
  'passkey-added': [
    'Ein Passkey wurde hinzugefügt',
    'Zu deinem Konto wurde ein Passkey hinzugefügt. Mit ihm kann man sich ohne Passwort anmelden.',
  ],
  'passkey-removed': ['Ein Passkey wurde entfernt', 'Ein Passkey wurde aus deinem Konto entfernt.'],
  'two-step-on': [
    'Die Anmeldung in zwei Schritten ist an',
    'Wer sich mit deinem Passwort anmeldet, braucht ab jetzt einen zweiten Schritt.',
  ],
  'two-step-off': ['Die Anmeldung in zwei Schritten ist aus', 'Ab jetzt genügt dein Passwort, um sich anzumelden.'],
  'app-replaced': [
    'Deine Authenticator-App wurde ersetzt',
    'Für dein Konto wurde eine andere Authenticator-App eingerichtet.',
  ],
  'app-removed': [
    'Deine Authenticator-App wurde entfernt',
    'Codes deiner Authenticator-App gelten für dein Konto nicht mehr.',
  ],
  'codes-made': [
    'Du hast neue Wiederherstellungscodes',
    'Für dein Konto wurden neue Wiederherstellungscodes erstellt. Die alten gelten nicht mehr.',
  ],
  'code-used': [
    'Ein Wiederherstellungscode wurde benutzt',
    'Für dein Konto wurde ein Wiederherstellungscode benutzt. Er gilt nicht noch einmal.',
  ],
  leaving: [
    'Dein Konto wird gelöscht',
    'Du möchtest dein Konto löschen lassen. Das passiert, sobald deine Käufe und Verkäufe abgeschlossen sind. Bis dahin kannst du es noch behalten.',
  ],
  staying: [
    'Dein Konto bleibt bestehen',
    'Dein Konto wird doch nicht gelöscht. Deine Angebote waren schon zurückgezogen, du kannst sie neu einstellen.',
  ],
};

/** Was nicht aufgeführt ist. */
const andMore = (more: number): Fact => ['Und', more > 0 ? `${more} weitere` : null];

export const de: Texts = {
  footer: 'Du bekommst diese Nachricht, weil du ein Konto bei Ticketing hast.',
  confirm: async (_facts, { page, token }) => ({
    subject: 'Bestätige deine E-Mail-Adresse',
    words: ['Willkommen bei Ticketing. Ist das deine Adresse? Dann bestätige sie bitte.'],
    action: { label: 'Adresse bestätigen', url: page(`/auth/confirm#token=${await token('confirm')}`) },
    after: [
      'Der Link gilt einmal, 24 Stunden lang. Wenn du dich nicht registriert hast, kannst du diese Nachricht ignorieren.',
    ],
  }),
  welcome: (_facts, { page, unsubscribe }) => ({
    subject: 'Willkommen bei Ticketing',
    words: [
      'Deine Adresse ist bestätigt. Schön, dass du da bist.',
      'Wir reservieren ein Ticket für dich, während du bezahlst, und behalten das Geld, bis das Event vorbei ist. Wenn etwas nicht stimmt, bekommst du es zurück.',
    ],
    action: { label: 'Tickets finden', url: page('/') },
    after: [`So funktioniert’s: ${page('/how-it-works')}`, `Keine solchen Nachrichten mehr: ${unsubscribe()}`],
  }),
  reset: async (_facts, { page, token }) => ({
    subject: 'Neues Passwort setzen',
    words: ['Jemand, wahrscheinlich du, möchte ein neues Passwort für dein Konto setzen.'],
    action: { label: 'Neues Passwort setzen', url: page(`/auth/reset#token=${await token('reset')}`) },
    after: [
      'Der Link gilt einmal, 30 Minuten lang. Wenn du das nicht warst, ignoriere diese Nachricht: Es hat sich nichts geändert.',
    ],
  }),
  changed: ({ news, more }, { page, time }) => {
    const [first = { what: 'password' as const, at: '' }, ...others] = news;
    const isOne = others.length + more === 0;
    return {
      subject: isOne ? changes[first.what][0] : 'Änderungen an deinem Konto',
      words: [
        isOne ? changes[first.what][1] : 'Wie man sich bei deinem Konto anmeldet, wurde mehrmals geändert.',
        'Wenn du das warst, musst du nichts weiter tun.',
      ],
      facts: isOne ? [] : [...news.map(({ what, at }): Fact => [time(at, null), changes[what][0]]), andMore(more)],
      ...(isOne && first.what === 'password'
        ? {
            action: { label: 'Das war ich nicht', url: page('/auth/forgot') },
            after: ['Wenn du das nicht warst, setze dort gleich ein neues Passwort: Das meldet alle ab.'],
          }
        : {
            action: {
              label:
                isOne && (first.what === 'leaving' || first.what === 'staying')
                  ? 'Zu meinem Konto'
                  : 'Sehen, wie du dich anmeldest',
              url: page('/account'),
            },
            after: [
              'Wenn du das nicht warst, setze gleich ein neues Passwort, was alle abmeldet, und entferne aus deinem Konto, was nicht von dir ist.',
              page('/auth/forgot'),
            ],
          }),
    };
  },
  move: async (_facts, { page, token }) => ({
    subject: 'Bestätige deine neue E-Mail-Adresse',
    words: ['Dein Konto soll diese Adresse bekommen. Ist sie deine? Dann bestätige sie bitte.'],
    action: { label: 'Neue Adresse bestätigen', url: page(`/auth/confirm#token=${await token('confirm')}`) },
    after: [
      'Der Link gilt einmal, 24 Stunden lang. Wenn du das nicht angefordert hast, kannst du diese Nachricht ignorieren.',
    ],
  }),
  moved: async (_facts, { page, token }) => ({
    subject: 'Die E-Mail-Adresse deines Kontos wurde geändert',
    words: [
      'Dein Konto hat jetzt eine andere Adresse, und Nachrichten gehen dorthin.',
      'Wenn du das warst, musst du nichts weiter tun.',
    ],
    action: { label: 'Änderung rückgängig machen', url: page(`/auth/undo#token=${await token('undo')}`) },
    after: [
      'Wenn du das nicht warst, mach es innerhalb von 7 Tagen rückgängig: Das meldet alle ab. Setze dann ein neues Passwort.',
    ],
  }),
  exists: (_facts, { page }) => ({
    subject: 'Du hast schon ein Konto',
    words: ['Jemand, wahrscheinlich du, wollte mit dieser Adresse ein weiteres Konto anlegen. Du hast schon eins.'],
    action: { label: 'Anmelden', url: page('/auth/signin') },
    after: [
      'Passwort vergessen? Auf derselben Seite kannst du ein neues setzen. Wenn du das nicht warst, ignoriere diese Nachricht.',
    ],
  }),
  frozen: (_facts, { page }) => ({
    subject: 'Dein Konto ist gesperrt',
    words: [
      'Unser Support hat dein Konto gesperrt. Bis es wieder freigegeben ist, kann sich niemand damit anmelden, deine Angebote sind zurückgezogen, und Auszahlungen an dich warten. Tickets, die du gekauft hast, bleiben deine, und Erstattungen laufen weiter.',
      'Ist das ein Irrtum, oder hat jemand anderes dein Konto benutzt? Schreib uns.',
    ],
    action: { label: 'Support kontaktieren', url: page('/contact') },
  }),
  unfrozen: (_facts, { page }) => ({
    subject: 'Dein Konto ist wieder freigegeben',
    words: [
      'Unser Support hat dein Konto wieder freigegeben: Du kannst dich anmelden, und zurückgehaltene Auszahlungen werden überwiesen.',
    ],
    action: { label: 'Anmelden', url: page('/auth/signin') },
    after: ['Wenn du glaubst, dass jemand anderes dein Passwort kennt, setze auf derselben Seite ein neues.'],
  }),
  withdrawn: ({ listingId, title }, { page }) => ({
    subject: `Dein Angebot wurde zurückgezogen: ${title}`,
    words: ['Unser Support hat dein Angebot zurückgezogen. Das Ticket kann hier niemand mehr kaufen.'],
    facts: [['Angebot', title]],
    action: { label: 'Grund ansehen', url: page(`/tickets/${listingId}/edit`) },
    after: [`Ist das ein Irrtum? Schreib uns: ${page('/contact')}`],
  }),
  device: ({ news, more }, { page, time }) => {
    const [[first], count] = [news, news.length + more];
    const isOne = count === 1;
    return {
      subject: isOne ? 'Neue Anmeldung bei deinem Konto' : `${count} neue Anmeldungen bei deinem Konto`,
      words: [
        isOne
          ? 'Jemand hat sich mit einem Browser angemeldet, den du hier noch nicht benutzt hast.'
          : `Jemand hat sich ${count}-mal mit Browsern angemeldet, die du hier noch nicht benutzt hast.`,
      ],
      facts:
        isOne && first
          ? [
              ['Browser', first.browser],
              ['Netzwerk', first.network],
              ['Wann', time(first.at, null)],
            ]
          : [...news.map((each): Fact => [time(each.at, null), placeOf(each)]), andMore(more)],
      action: { label: 'Sehen, wo du angemeldet bist', url: page('/account') },
      after: [
        'Wenn du das warst, musst du nichts weiter tun. Wenn nicht, setze gleich ein neues Passwort: Das meldet alle ab.',
        page('/auth/forgot'),
      ],
    };
  },
  payoutTo: ({ news, more }, { page, time }) => ({
    subject:
      more > 0 || news.some(({ former }) => former)
        ? 'Deine Auszahlungen gehen auf ein anderes Bankkonto'
        : 'Deine Auszahlungen sind eingerichtet',
    words: ['Ab jetzt geht das Geld aus deinen Verkäufen auf dieses Bankkonto.'],
    facts: [...news.map(({ last4, at }): Fact => [time(at, null), `···· ${last4}`]), andMore(more)],
    action: { label: 'Zu deinen Verkäufen', url: page('/sales') },
    after: [
      'Wenn du das warst, musst du nichts weiter tun. Wenn nicht, setze gleich ein neues Passwort, was alle abmeldet, und berichtige das Bankkonto bei Stripe, über die Seite mit deinen Verkäufen.',
      page('/auth/forgot'),
    ],
  }),
  ...sales,
};
