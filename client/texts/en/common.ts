/** What several parts of the site say. */
export const categories = {
  concert: 'Concert',
  sport: 'Sport',
  theatre: 'Theatre',
  comedy: 'Comedy',
  festival: 'Festival',
  other: 'Event',
};

export const form = {
  unreachable: 'We could not reach Ticketing. Check your connection and try again.',
  broken: 'Something went wrong on our side. Please try again in a moment.',
  required: 'Please fill this in.',
  restored: 'What you typed is still here.',
  leaveTitle: 'Leave without saving?',
  leave: 'What you typed on this page is not saved yet.',
  stay: 'Stay here',
  discard: 'Leave',
  show: 'Show',
  hide: 'Hide',
  showPassword: 'Show password',
};

export const problems = {
  notFoundTitle: 'We could not find that',
  notFound: 'The page does not exist, or it belongs to another account.',
  notFoundAction: 'See the tickets for sale',
  brokenTitle: 'Something went wrong on our side',
  broken: 'Nothing that you did is lost. It usually works again in a moment.',
  retry: 'Try again',
  home: 'Home',
};
