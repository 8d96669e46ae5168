/** The pages of words (see `words/`): the texts of links to them, and what they say where nothing is configured. */
export const words = {
  footer: 'About Ticketing',
  titles: {
    'how-it-works': 'How it works',
    fees: 'Fees',
    guarantee: 'Guarantee',
    help: 'Help',
    contact: 'Contact',
    terms: 'Terms',
    privacy: 'Privacy',
    cookies: 'Cookies',
    imprint: 'Imprint',
  },
  order: 'Order',
  noName: 'Nobody yet: this is a copy of Ticketing for development',
  noAddress: 'no address yet',
  /** Links from an order. */
  howGuaranteed: 'How the guarantee works',
  contactUs: 'Contact us about this order',
};
