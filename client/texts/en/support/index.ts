import { desk } from './desk';
import { money, order } from './order';
import { listing, message, person } from './others';
import { story } from './story';

export { supportActions } from './actions';

/** What people at the support desk read. */
export const support = { ...desk, order, money, listing, person, message, story };
