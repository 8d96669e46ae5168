/** The API's English words → German; # stands for a number. What is not here is shown as it came. */
export const api: Record<string, string> = {
  'Invalid credentials': 'E-Mail oder Passwort stimmt nicht',
  'Email in use': 'Mit dieser E-Mail gibt es schon ein Konto',
  'Email must be valid': 'Gib eine gültige E-Mail-Adresse an',
  'Password must have # to # characters': 'Das Passwort braucht # bis # Zeichen',
  'New password must have # to # characters': 'Das neue Passwort braucht # bis # Zeichen',
  'You must supply a password': 'Gib dein Passwort an',
  'Current password is wrong': 'Das jetzige Passwort stimmt nicht',
  'Current password is needed for any change': 'Für jede Änderung ist das jetzige Passwort nötig',
  'Give a new email, a new password or both': 'Gib eine neue E-Mail, ein neues Passwort oder beides an',
  'Too many people are signing in: try again in a moment':
    'Gerade melden sich zu viele an: Versuche es gleich noch einmal',
  'Too many failed sign-ins: try again in # minutes': 'Zu viele Fehlversuche: Versuche es in # Minuten noch einmal',
  'Title must have # to # characters': 'Der Titel braucht # bis # Zeichen',
  'Price must be a number above # and at most #,#.#, with two decimals at most':
    'Der Preis ist eine Zahl über # bis #.#,#, mit höchstens zwei Nachkommastellen',
  'Description must be a text of at most # characters': 'Die Beschreibung darf höchstens # Zeichen haben',
  'Venue must be a text of at most # characters': 'Der Ort darf höchstens # Zeichen haben',
  'City must be a text of at most # characters': 'Die Stadt darf höchstens # Zeichen haben',
  'Section must be a text of at most # characters': 'Der Block darf höchstens # Zeichen haben',
  'Row must be a text of at most # characters': 'Die Reihe darf höchstens # Zeichen haben',
  'Seat must be a text of at most # characters': 'Der Platz darf höchstens # Zeichen haben',
  'The event must begin in the future': 'Das Event muss in der Zukunft beginnen',
  'You cannot buy your own ticket': 'Dein eigenes Ticket kannst du nicht kaufen',
  'Ticket is no longer for sale': 'Das Ticket ist nicht mehr zu haben',
  'Ticket is already reserved': 'Das Ticket ist schon reserviert',
  'Ticket has been withdrawn: list it anew to sell it': 'Das Angebot ist zurückgezogen: Biete das Ticket neu an',
  'Ticket is reserved: it can be changed again if the buyer does not pay':
    'Das Ticket ist reserviert: Es lässt sich wieder ändern, wenn nicht bezahlt wird',
  'Ticket is reserved: it can be changed again if the buyer does not pay by #-#-#T#:#:#.#Z':
    'Das Ticket ist reserviert: Es lässt sich wieder ändern, wenn nicht bezahlt wird',
  'Ticket is reserved: it has been sold': 'Das Ticket ist verkauft',
  'Ticket not found': 'Dieses Ticket gibt es nicht',
  'Order not found': 'Diese Bestellung gibt es nicht',
  'Order was cancelled: nothing was charged': 'Die Bestellung ist storniert: Es wurde nichts abgebucht',
  'Order is paid already': 'Die Bestellung ist schon bezahlt',
  'Order has expired: nothing was charged': 'Die Zeit ist abgelaufen: Es wurde nichts abgebucht',
  'Order has expired or was cancelled: nothing was charged':
    'Die Bestellung ist abgelaufen oder storniert: Es wurde nichts abgebucht',
  'Not authorized': 'Dafür musst du angemeldet sein',
  'A part of us is out of reach: try again in a moment':
    'Ein Teil von uns ist nicht erreichbar: Versuche es gleich noch einmal',
  'Something went wrong on our side: try again in a moment':
    'Bei uns ist etwas schiefgegangen: Versuche es gleich noch einmal',
};
