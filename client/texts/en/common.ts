/** Shared by several parts of the site. */
export const categories = {
  concert: 'Concert',
  sport: 'Sport',
  theatre: 'Theatre',
  comedy: 'Comedy',
  festival: 'Festival',
  other: 'Event',
};

export const form = {
  strength: 'Password strength',
  strengths: { weak: 'Longer is safer: a few words, for example.', fair: 'Good', strong: 'Strong' },
  sendLink: 'Send the link again',
  linkSent: 'A new link is on its way. Open it, then try again.',
  linkNotSent: 'The link could not be sent. Try again later.',
  keepAccount: 'Keep my account',
  unreachable: "We couldn't reach Ticketing. Check your connection and try again.",
  broken: 'Something went wrong on our side. Please try again in a moment.',
  required: 'Please fill this in.',
  restored: 'We kept what you typed.',
  leaveTitle: 'Leave without saving?',
  leave: "Your changes aren't saved yet.",
  stay: 'Stay here',
  discard: 'Leave',
  show: 'Show',
  hide: 'Hide',
  showPassword: 'Show password',
};

export const pager = {
  pages: 'Pages',
  first: 'Newest',
  older: 'Show older',
};

export const problems = {
  notFoundTitle: 'Page not found',
  notFound: "This page doesn't exist, or it belongs to another account.",
  notFoundAction: 'Browse tickets',
  brokenTitle: 'Something went wrong on our side',
  broken: "You haven't lost anything. Try again in a moment.",
  retry: 'Try again',
  home: 'Home',
};
