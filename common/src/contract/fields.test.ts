import { AccountInput, OrderInput, PaymentInput } from './bodies';
import { ListingInput } from './listing';

const ID = 'a'.repeat(24);
const codesIn = (result: { error?: { issues: { path: PropertyKey[]; message: string }[] } }) =>
  Object.fromEntries(result.error?.issues.map(({ path, message }) => [path.join('.'), message]) ?? []);

test('an omitted optional field reads as null, undefined or its default', () => {
  expect(ListingInput.parse({ title: ' Jazz ', price: '49.50' })).toEqual({
    title: 'Jazz',
    price: 4_950,
    description: null,
    category: 'other',
    venue: null,
    city: null,
    startsAt: null,
    timeZone: null,
    section: null,
    row: null,
    seat: null,
    delivery: null,
    faceValue: null,
  });
  expect(PaymentInput.parse({ orderId: ID.toUpperCase(), token: 'tok_visa' })).toEqual({
    orderId: ID,
    token: 'tok_visa',
  });
  expect(AccountInput.parse({ currentPassword: 'x', email: 'a@b.co' })).toMatchObject({ email: 'a@b.co' });
  expect(OrderInput.parse({ ticketId: ID })).toEqual({ ticketId: ID });
});

test('ligatures count as the letters they stand for: each would be expanded for every search', () => {
  const ligatures = { title: '\ufdfa'.repeat(200), description: '\ufdfa'.repeat(2_000), price: 1 };
  expect(codesIn(ListingInput.safeParse(ligatures))).toEqual({ title: 'text-length', description: 'text-too-long' });
});

test('a missing required field is reported by its code', () => {
  expect(codesIn(ListingInput.safeParse({}))).toEqual({ title: 'text-length', price: 'price-out-of-range' });
  expect(codesIn(PaymentInput.safeParse({}))).toEqual({ orderId: 'id-malformed' });
  expect(codesIn(PaymentInput.safeParse({ orderId: ID }))).toEqual({ token: 'card-missing' });
  expect(codesIn(AccountInput.safeParse({ currentPassword: 'x' }))).toEqual({ email: 'account-unchanged' });
});
