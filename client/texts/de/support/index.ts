import type { Texts } from '../../types';
import { desk } from './desk';
import { money, order } from './order';
import { listing, message, person } from './others';
import { story } from './story';

export { supportActions } from './actions';

export const support: Texts['support'] = { ...desk, order, money, listing, person, message, story };
