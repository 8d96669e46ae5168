import { ApiError, Refusal, statusOf, toFormErrors } from './errors';

const texts = {
  form: { unreachable: 'no connection', broken: 'on our side' },
  api: { 'Try in # minutes': 'In # Minuten' },
};

describe('toFormErrors', () => {
  it('puts the first message of a known field on that field, and the rest above them', () => {
    const error = new ApiError(400, [
      { message: 'Email must be valid', field: 'email' },
      { message: 'Email is too long', field: 'email' },
      { message: 'Ticket is unknown', field: 'ticketId' },
      { message: 'Try in 3 minutes' },
    ]);
    expect(toFormErrors(error, ['email', 'password'], texts)).toEqual({
      fields: { email: 'Email must be valid' },
      general: ['Ticket is unknown', 'In 3 Minuten'],
    });
  });

  it('says that there was no answer', () => {
    expect(toFormErrors(new ApiError(0, []), [], texts).general).toEqual(['no connection']);
  });

  it.each([new ApiError(502, []), new Error('a secret'), 'a secret'])(
    'says something fit for people whatever else happened (%#)',
    (error) => {
      expect(toFormErrors(error, [], texts)).toEqual({ fields: {}, general: ['on our side'] });
    },
  );

  it('passes on a refusal in its own words', () => {
    expect(toFormErrors(new Refusal('Your card number is incomplete.'), [], texts).general).toEqual([
      'Your card number is incomplete.',
    ]);
  });
});

it('knows the status of an answer', () => {
  expect(statusOf(new ApiError(401, []))).toBe(401);
  expect(statusOf(new ApiError(0, []))).toBeUndefined();
  expect(statusOf(new Error('another'))).toBeUndefined();
});
