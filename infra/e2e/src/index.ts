export { Bank } from './bank';
export { eventually } from './eventually';
export { Mailbox } from './mailbox';
export { newEmail, Person, Refused } from './people';
export { reach } from './reach';
