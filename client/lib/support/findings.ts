import type { PersonBody, SupportListingBody, SupportOrderBody, SupportPaymentBody } from '@ticketing/common/contract';
import type { Part } from './part';

/** What each service found. */
export interface Findings {
  people: Part<PersonBody[]>;
  orders: Part<SupportOrderBody[]>;
  listings: Part<SupportListingBody[]>;
  payments: Part<SupportPaymentBody[]>;
}

/** What was found by one query and by further ones; undefined if one of them was not answered and none found anything. */
export function joined<T extends { id: string } | { ticket: { id: string } }>(parts: Part<T[]>[]): Part<T[]> {
  const all = parts.flatMap((part) => part ?? []);
  if (all.length === 0 && parts.includes(undefined)) return undefined;
  const byId = new Map(all.map((each) => ['id' in each ? each.id : each.ticket.id, each]));
  return [...byId.values()];
}
