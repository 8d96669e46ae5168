/** The dialogs of actions. */
export const supportActions = {
  reason: 'Reason',
  reasonHint: 'It is kept in the log with your name.',
  reasonMissing: 'Say why.',
  cancel: 'Cancel',
  sending: 'One moment…',
  about: '{button}: {about}',
  proposed: 'Proposed. A second person has to agree before money moves.',
  actions: {
    'claim-refund': {
      button: 'Decide for the buyer',
      title: 'Decide for the buyer?',
      effect:
        'The buyer gets {price} back, the ticket is void, and the seller is not paid. Both are told. Above a limit, for one order or for one day, a second person has to agree first. It cannot be undone.',
      done: 'Decided for the buyer.',
    },
    'claim-pay': {
      button: 'Decide for the seller',
      title: 'Decide for the seller?',
      effect:
        'The sale stands, and the seller is paid. Both are told. Above a limit, for one order or for one day, a second person has to agree first. It cannot be undone.',
      done: 'Decided for the seller.',
    },
    refund: {
      button: 'Refund',
      title: 'Refund {price}?',
      effect:
        'The buyer gets {price} back, the ticket is void, and the seller is not paid or owes what they were paid. Above a limit, for one order or for one day, a second person has to agree first. It cannot be undone.',
      done: 'Refunded.',
    },
    'refund-agree': {
      button: 'Agree to the refund',
      title: 'Refund {price}?',
      effect:
        'You are the second person: the buyer gets {price} back, the ticket is void, and the seller is not paid or owes what they were paid. It cannot be undone.',
      done: 'Refunded.',
    },
    'pay-agree': {
      button: 'Agree to decide for the seller',
      title: 'Decide for the seller?',
      effect: 'You are the second person: the sale stands, and the seller is paid. Both are told. It cannot be undone.',
      done: 'Decided for the seller.',
    },
    'refund-withdraw': {
      button: 'Withdraw the proposal',
      title: 'Withdraw the proposal?',
      effect: 'No money moves. Anyone at the support desk can propose it again.',
      done: 'The proposal is withdrawn.',
    },
    'payout-freeze': {
      button: 'Withhold the payout',
      title: 'Withhold the payout?',
      effect: 'The seller is not paid for this order until someone at the support desk lifts it.',
      done: 'The payout is withheld.',
    },
    'payout-unfreeze': {
      button: 'Stop withholding the payout',
      title: 'Stop withholding the payout?',
      effect: 'The seller is paid as soon as nothing else stands against it.',
      done: 'The payout is no longer withheld.',
    },
    'listing-withdraw': {
      button: 'Withdraw the listing',
      title: 'Withdraw “{about}”?',
      effect:
        'Nobody can buy it any more. Its seller is told and reads your reason, and its reports are closed. It cannot be put back, only listed again.',
      done: 'The listing is withdrawn.',
    },
    'listing-show': {
      button: 'Show the description',
      title: 'Show this description?',
      effect: 'Everybody can read it from now on.',
      done: 'The description is shown.',
    },
    'listing-hide': {
      button: 'Hide the description',
      title: 'Hide this description?',
      effect: 'The listing stays for sale without it. Its seller reads your reason and can write another one.',
      done: 'The description is hidden.',
    },
    'reports-close': {
      button: 'Close all reports',
      title: 'Close all reports of “{about}”?',
      effect: 'They count as dealt with. Nothing happens to the listing.',
      done: 'The reports are closed.',
    },
    'report-close': {
      button: 'Close the report',
      title: 'Close this report?',
      effect: 'It counts as dealt with. Nothing happens to the listing.',
      done: 'The report is closed.',
    },
    'person-freeze': {
      button: 'Freeze the account',
      title: 'Freeze {about}?',
      effect: "They are signed out everywhere, can't sign in, and are not paid until someone lifts it.",
      done: 'The account is frozen.',
    },
    'person-unfreeze': {
      button: 'Unfreeze the account',
      title: 'Unfreeze {about}?',
      effect: 'They can sign in again, and what they are owed is paid.',
      done: 'The account is no longer frozen.',
    },
    'person-confirm': {
      button: 'Confirm the address',
      title: 'Confirm the address of {about}?',
      effect: 'The address counts as theirs from now on, as if they had followed the link. Be sure that it is.',
      done: 'The address is confirmed.',
    },
    'person-sign-out': {
      button: 'Sign out everywhere',
      title: 'Sign {about} out everywhere?',
      effect: 'All their sessions end at once. They can sign in again.',
      done: 'They are signed out everywhere.',
    },
    'message-send': {
      button: 'Send again',
      title: 'Send this message again?',
      effect: 'It is sent to the address that its recipient has now. Links in it are new, those sent before are void.',
      done: 'The message is on its way.',
    },
    redrive: {
      button: 'Handle again',
      title: 'Handle this event again?',
      effect: 'The service handles it once more. If it works, it is no longer parked.',
      done: 'The event was handled.',
    },
  },
};
