import type { ErrorItem } from '@ticketing/common/contract';
import { ApiError } from '@/lib/api/errors';
import { changedListing, seenOf } from './seen-listing';

const refusal = (code: string, params?: ErrorItem['params']) =>
  new ApiError(409, [{ code: code as ErrorItem['code'], message: 'x', params }]);

it("reads the listing's current state", () => {
  expect(changedListing(refusal('listing-changed', { price: 49.5, edition: 3 }))).toEqual({ price: 49.5, edition: 3 });
  expect(changedListing(refusal('listing-changed', { price: 49.5 }))).toEqual({ price: 49.5 });
});

it.each([new Error('x'), refusal('ticket-reserved'), refusal('listing-changed'), new ApiError(0, [])])(
  'treats %s as a different refusal',
  (error) => {
    expect(changedListing(error)).toBeUndefined();
  },
);

it("remembers a ticket's price and edition", () => {
  const ticket = { id: '1', title: 'Rigoletto', price: 80, edition: 2 };
  expect(seenOf(ticket)).toEqual({ price: 80, edition: 2 });
});
