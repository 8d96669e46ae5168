/** Signing in and up, and the account. */
export const credentials = {
  signInTitle: 'Sign in',
  signUpTitle: 'Sign up',
  newHere: 'New here?',
  createAccount: 'Create an account',
  beenHere: 'Been here before?',
  haveAccount: 'I already have an account',
  email: 'Email',
  password: 'Password',
  passwordHint: 'From 8 to 128 characters.',
  signIn: 'Sign in',
  signingIn: 'Signing in…',
  signUp: 'Sign up',
  signingUp: 'Signing up…',
};

export const account = {
  title: 'Account',
  email: 'Email',
  newPassword: 'New password',
  newPasswordHint: 'Leave it empty to keep the one you have.',
  currentPassword: 'Current password',
  currentPasswordHint: 'Needed to change anything here.',
  save: 'Save changes',
  saving: 'Saving…',
  saved: 'Your account has been saved.',
};
