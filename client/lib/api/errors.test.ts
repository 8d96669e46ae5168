import { refusals } from '@ticketing/common/contract';
import { de } from '@/texts/de';
import { en } from '@/texts/en';
import { ApiError, LocalRefusal, statusOf, toFormErrors } from './errors';

const form = { unreachable: 'no connection', broken: 'on our side' };
const texts = { form, api: en.api, locale: 'en-US', timeZone: 'UTC' };
const german = { form, api: de.api, locale: 'de-DE', timeZone: 'Europe/Berlin' };

describe('toFormErrors', () => {
  it('puts the first message of a known field on that field, and the rest above them', () => {
    const error = new ApiError(400, [
      { code: 'email-invalid', message: 'Email must be valid', field: 'email' },
      { code: 'email-in-use', message: 'Email in use', field: 'email' },
      { code: 'ticket-not-found', message: 'Ticket not found', field: 'ticketId' },
      { code: 'too-many-failed-sign-ins', message: 'Too many failed sign-ins', params: { minutes: 3 } },
    ]);
    expect(toFormErrors(error, ['email', 'password'], texts)).toEqual({
      fields: { email: 'Enter a valid email address.' },
      general: ['This ticket does not exist.', 'Too many failed sign-ins. Try again in 3 minutes.'],
    });
  });

  it('formats prices and times for the reader', () => {
    const error = new ApiError(400, [
      { code: 'price-out-of-range', message: '', params: { min: 0.5, max: 999_999.99 } },
      { code: 'listing-held', message: '', params: { until: '2026-01-01T20:15:00.000Z' } },
    ]);
    const [price, held] = toFormErrors(error, [], german).general;
    expect(price).toBe('Gib einen Preis von 0,50\u00a0$ bis 999.999,99\u00a0$ an.');
    expect(held).toContain('21:15');
  });

  it('formats numbers that are not money as what they are', () => {
    const error = new ApiError(400, [
      { code: 'price-above-cap', message: '', params: { max: 24, percent: 112.5 } },
      { code: 'text-too-long', message: '', params: { max: 2_000 } },
    ]);
    expect(toFormErrors(error, [], texts).general).toEqual([
      "Enter a price of at most $24.00: 112.5% of the ticket's face value.",
      'Use at most 2,000 characters.',
    ]);
    expect(toFormErrors(error, [], german).general[0]).toBe(
      'Höchstens 24,00\u00a0$ sind erlaubt: 112,5 % des aufgedruckten Preises.',
    );
  });

  it('has words for every code of the API, in every language', () => {
    const codes = Object.keys(refusals).sort();
    for (const { api } of [en, de]) expect(Object.keys(api).sort()).toEqual(codes);
  });

  it('passes on the message of an unknown code', () => {
    const error = new ApiError(400, [{ code: 'of-tomorrow' as never, message: 'Do it tomorrow' }]);
    expect(toFormErrors(error, [], texts).general).toEqual(['Do it tomorrow']);
  });

  it('says that there was no response', () => {
    expect(toFormErrors(new ApiError(0, []), [], texts).general).toEqual(['no connection']);
  });

  it.each([new ApiError(502, []), new Error('a secret'), 'a secret'])(
    'shows a readable message whatever else happened (%#)',
    (error) => {
      expect(toFormErrors(error, [], texts)).toEqual({ fields: {}, general: ['on our side'] });
    },
  );

  it("passes on a local refusal's own text", () => {
    expect(toFormErrors(new LocalRefusal('Your card number is incomplete.'), [], texts).general).toEqual([
      'Your card number is incomplete.',
    ]);
  });
});

it('knows the status of a response', () => {
  expect(statusOf(new ApiError(401, []))).toBe(401);
  expect(statusOf(new ApiError(0, []))).toBeUndefined();
  expect(statusOf(new Error('another'))).toBeUndefined();
});
