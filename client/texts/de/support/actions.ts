import type { Texts } from '../../types';

export const supportActions: Texts['supportActions'] = {
  reason: 'Begründung',
  reasonHint: 'Sie steht mit deinem Namen im Protokoll.',
  reasonMissing: 'Sag, warum.',
  cancel: 'Abbrechen',
  sending: 'Einen Moment …',
  about: '{button}: {about}',
  proposed: 'Vorgeschlagen. Eine zweite Person muss zustimmen, bevor Geld fließt.',
  actions: {
    'claim-refund': {
      button: 'Für den Käufer entscheiden',
      title: 'Für den Käufer entscheiden?',
      effect:
        'Der Käufer bekommt {price} zurück, das Ticket wird ungültig, und der Verkäufer bekommt nichts. Beide erfahren davon. Ab einer bestimmten Summe, für eine Bestellung oder am selben Tag, muss erst eine zweite Person zustimmen. Das lässt sich nicht rückgängig machen.',
      done: 'Für den Käufer entschieden.',
    },
    'claim-pay': {
      button: 'Für den Verkäufer entscheiden',
      title: 'Für den Verkäufer entscheiden?',
      effect:
        'Der Verkauf bleibt bestehen, und der Verkäufer wird ausgezahlt. Beide erfahren davon. Ab einer bestimmten Summe, für eine Bestellung oder am selben Tag, muss erst eine zweite Person zustimmen. Das lässt sich nicht rückgängig machen.',
      done: 'Für den Verkäufer entschieden.',
    },
    refund: {
      button: 'Erstatten',
      title: '{price} erstatten?',
      effect:
        'Der Käufer bekommt {price} zurück, das Ticket wird ungültig, und der Verkäufer bekommt nichts oder schuldet uns, was er schon bekommen hat. Ab einer bestimmten Summe, für eine Bestellung oder am selben Tag, muss erst eine zweite Person zustimmen. Das lässt sich nicht rückgängig machen.',
      done: 'Erstattet.',
    },
    'refund-agree': {
      button: 'Der Erstattung zustimmen',
      title: '{price} erstatten?',
      effect:
        'Du bist die zweite Person: Der Käufer bekommt {price} zurück, das Ticket wird ungültig, und der Verkäufer bekommt nichts oder schuldet uns, was er schon bekommen hat. Das lässt sich nicht rückgängig machen.',
      done: 'Erstattet.',
    },
    'pay-agree': {
      button: 'Der Entscheidung für den Verkäufer zustimmen',
      title: 'Für den Verkäufer entscheiden?',
      effect:
        'Du bist die zweite Person: Der Verkauf bleibt bestehen, und der Verkäufer wird ausgezahlt. Beide erfahren davon. Das lässt sich nicht rückgängig machen.',
      done: 'Für den Verkäufer entschieden.',
    },
    'refund-withdraw': {
      button: 'Vorschlag zurückziehen',
      title: 'Den Vorschlag zurückziehen?',
      effect: 'Es fließt kein Geld. Jeder im Support kann dasselbe wieder vorschlagen.',
      done: 'Der Vorschlag ist zurückgezogen.',
    },
    'payout-freeze': {
      button: 'Auszahlung zurückhalten',
      title: 'Die Auszahlung zurückhalten?',
      effect: 'Der Verkäufer bekommt für diese Bestellung kein Geld, bis jemand im Support sie wieder freigibt.',
      done: 'Die Auszahlung wird zurückgehalten.',
    },
    'payout-unfreeze': {
      button: 'Auszahlung freigeben',
      title: 'Die Auszahlung freigeben?',
      effect: 'Der Verkäufer wird ausgezahlt, sobald nichts anderes mehr dagegensteht.',
      done: 'Die Auszahlung ist freigegeben.',
    },
    'listing-withdraw': {
      button: 'Angebot zurückziehen',
      title: '„{about}“ zurückziehen?',
      effect:
        'Niemand kann es mehr kaufen. Der Verkäufer erfährt davon und liest deine Begründung, und die Meldungen dazu werden geschlossen. Es lässt sich nicht zurückholen, nur neu einstellen.',
      done: 'Das Angebot ist zurückgezogen.',
    },
    'listing-show': {
      button: 'Beschreibung zeigen',
      title: 'Diese Beschreibung zeigen?',
      effect: 'Ab jetzt können alle sie lesen.',
      done: 'Die Beschreibung wird gezeigt.',
    },
    'listing-hide': {
      button: 'Beschreibung verbergen',
      title: 'Diese Beschreibung verbergen?',
      effect:
        'Das Angebot bleibt ohne sie im Verkauf. Der Verkäufer liest deine Begründung und kann eine andere schreiben.',
      done: 'Die Beschreibung ist verborgen.',
    },
    'reports-close': {
      button: 'Alle Meldungen schließen',
      title: 'Alle Meldungen zu „{about}“ schließen?',
      effect: 'Sie gelten als erledigt. Am Angebot ändert sich nichts.',
      done: 'Die Meldungen sind geschlossen.',
    },
    'report-close': {
      button: 'Meldung schließen',
      title: 'Diese Meldung schließen?',
      effect: 'Sie gilt als erledigt. Am Angebot ändert sich nichts.',
      done: 'Die Meldung ist geschlossen.',
    },
    'person-freeze': {
      button: 'Konto sperren',
      title: '{about} sperren?',
      effect:
        'Die Person wird überall abgemeldet, kann sich nicht mehr anmelden und bekommt nichts ausgezahlt, bis jemand das Konto entsperrt.',
      done: 'Das Konto ist gesperrt.',
    },
    'person-unfreeze': {
      button: 'Konto entsperren',
      title: '{about} entsperren?',
      effect: 'Die Person kann sich wieder anmelden und bekommt ausgezahlt, was ihr zusteht.',
      done: 'Das Konto ist entsperrt.',
    },
    'person-confirm': {
      button: 'Adresse bestätigen',
      title: 'Die Adresse von {about} bestätigen?',
      effect:
        'Ab jetzt gilt die Adresse als bestätigt, so als wäre der Link geöffnet worden. Sei sicher, dass sie stimmt.',
      done: 'Die Adresse ist bestätigt.',
    },
    'person-sign-out': {
      button: 'Überall abmelden',
      title: '{about} überall abmelden?',
      effect: 'Alle Sitzungen enden sofort. Die Person kann sich wieder anmelden.',
      done: 'Überall abgemeldet.',
    },
    'message-send': {
      button: 'Noch einmal senden',
      title: 'Diese Nachricht noch einmal senden?',
      effect:
        'Sie geht an die jetzige Adresse des Empfängers. Links darin sind neu, die früher gesendeten gelten nicht mehr.',
      done: 'Die Nachricht ist unterwegs.',
    },
    redrive: {
      button: 'Noch einmal verarbeiten',
      title: 'Dieses Ereignis noch einmal verarbeiten?',
      effect: 'Der Dienst verarbeitet es noch einmal. Gelingt das, ist es nicht mehr geparkt.',
      done: 'Das Ereignis ist verarbeitet.',
    },
  },
};
