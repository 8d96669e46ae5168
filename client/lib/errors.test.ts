import { AxiosError, AxiosHeaders } from 'axios';
import { Refusal, statusOf, toFormErrors } from './errors';

function answer(status: number, data: unknown): AxiosError {
  const config = { headers: new AxiosHeaders() };
  return new AxiosError('refused', undefined, config, {}, { status, statusText: '', headers: {}, config, data });
}

describe('toFormErrors', () => {
  it('puts the first message of a known field on that field, and the rest above them', () => {
    const error = answer(400, {
      errors: [
        { message: 'Email must be valid', field: 'email' },
        { message: 'Email is too long', field: 'email' },
        { message: 'Ticket is unknown', field: 'ticketId' },
        { message: 'Try later' },
      ],
    });
    expect(toFormErrors(error, ['email', 'password'])).toEqual({
      fields: { email: 'Email must be valid' },
      general: ['Ticket is unknown', 'Try later'],
    });
  });

  it('says that there was no answer', () => {
    expect(toFormErrors(new AxiosError('Network Error'), []).general).toEqual([expect.stringContaining('connection')]);
  });

  it.each([answer(502, '<html>Bad gateway'), answer(500, null), answer(400, { errors: [] }), new Error('a secret')])(
    'says something fit for people whatever else happened (%#)',
    (error) => {
      expect(toFormErrors(error, [])).toEqual({ fields: {}, general: [expect.stringContaining('on our side')] });
    },
  );

  it('passes on a refusal in its own words', () => {
    expect(toFormErrors(new Refusal('Your card number is incomplete.'), []).general).toEqual([
      'Your card number is incomplete.',
    ]);
  });
});

it('knows the status of an answer', () => {
  expect(statusOf(answer(401, null))).toBe(401);
  expect(statusOf(new AxiosError('Network Error'))).toBeUndefined();
  expect(statusOf(new Error('another'))).toBeUndefined();
});
