/** Sign-in, sign-up and the account page. */
export const credentials = {
  signInTitle: 'Sign in',
  signUpTitle: 'Sign up',
  sessionEnded: 'Your session has ended. Sign in to pick up where you left off.',
  newHere: 'New here?',
  createAccount: 'Create an account',
  beenHere: 'Already have an account?',
  haveAccount: 'Sign in',
  email: 'Email',
  emailMissing: 'Enter your email address.',
  emailWrong: 'Enter a complete email address.',
  password: 'Password',
  passwordMissing: 'Enter your password.',
  passwordHint: '8 to 128 characters.',
  passwordLength: 'Use 8 to 128 characters.',
  signIn: 'Sign in',
  forgot: 'Forgot your password?',
  signInInstead: 'Sign in with this email',
  cookieRefused: 'Your browser blocked our cookie. Allow cookies for this site and try again.',
  toBuy: 'Your ticket',
  signingIn: 'Signing in…',
  signUp: 'Sign up',
  signingUp: 'Signing up…',
};

/** The page that the link in the message to a new address leads to. */
export const confirm = {
  title: 'Confirm your email address',
  question: 'Is this your address? Confirm it with one tap.',
  press: 'Confirm my address',
  busy: 'Confirming…',
  doneTitle: 'Address confirmed',
  done: "Thank you. We'll reach you at",
  goOn: 'To my account',
};

/** The page that the link in the message to a former address leads to. */
export const undo = {
  title: 'Undo the change of address',
  question: 'Put this address back on your account? Everyone is signed out then.',
  press: 'Put my address back',
  busy: 'Putting it back…',
  doneTitle: 'Your address is back',
  done: 'Everyone was signed out. Set a new password now, so that nobody else has it. Your account is again at',
  goOn: 'Set a new password',
};

/** The page that the link at the end of a message leads to which nobody is owed. */
export const unsubscribing = {
  title: 'Unsubscribe',
  question: "Stop messages that aren't about your account or your tickets, such as our welcome?",
  press: 'Stop them',
  busy: 'Stopping…',
  doneTitle: "You're unsubscribed",
  done: 'You still hear from us about your account, your tickets and your money. You can change this on your account page.',
  goOn: 'To my account',
};

/** The pages for those who forgot their password. */
export const recovery = {
  forgotTitle: 'Forgot your password?',
  forgot: 'Enter your email address. We send you a link to set a new password.',
  send: 'Send the link',
  sending: 'Sending…',
  sentTitle: 'Check your mail',
  sent: 'If there is an account with this address, a link is on its way. It works for 30 minutes:',
  toSignIn: 'Back to signing in',
  resetTitle: 'Set a new password',
  newPassword: 'New password',
  save: 'Save password',
  saving: 'Saving…',
  doneTitle: 'Password changed',
  done: 'Everyone was signed out. Sign in with your new password.',
  again: 'Ask for a new link',
};

export const account = {
  title: 'Account',
  name: 'Name',
  nameTitle: 'How others see you',
  nameHint: 'Buyers see it next to your tickets. Leave it empty to show none.',
  saveName: 'Save name',
  nameSaved: 'Name saved.',
  unconfirmed: 'We sent a link to this address. Open it to confirm that the address is yours:',
  sendLink: 'Send the link again',
  sendingLink: 'Sending…',
  linkSent: 'A new link is on its way to',
  pending: 'We sent a link to your new address. Open it, and your account moves to:',
  keepEmail: 'Keep my present address',
  signInTitle: 'Signing in',
  email: 'Email',
  emailHint: 'For signing in and for receipts. A new one counts once you open the link we send there.',
  newPassword: 'New password',
  newPasswordHint: '8 to 128 characters. Leave empty to keep your current one.',
  currentPassword: 'Current password',
  currentPasswordHint: 'Required to save changes.',
  currentPasswordMissing: 'Enter your current password.',
  save: 'Save changes',
  saving: 'Saving…',
  saved: 'Changes saved.',
  sessionsTitle: 'Where you are signed in',
  thisDevice: 'This device',
  unknownDevice: 'Unknown device',
  lastUsed: 'Last used',
  endSession: 'Sign out there',
  endingSession: 'Signing out…',
  endOtherSessions: 'Sign out everywhere else',
  onlyHere: 'You are signed in nowhere else.',
  messagesTitle: 'Messages',
  subscribed:
    'You get the messages that are not about your account, your tickets or your money, too, such as our welcome.',
  unsubscribed: 'You get only messages about your account, your tickets and your money.',
  unsubscribe: 'Stop the other messages',
  subscribe: 'Get the other messages, too',
  subscribing: 'Saving…',
};
