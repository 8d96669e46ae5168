import { CancelReason, ClaimStatus, RefundReason, type ClaimBody, type OrderBody } from '@ticketing/common/contract';
import {
  cancelReasonOf,
  claimableUntil,
  claimStateOf,
  isAhead,
  isClaimed,
  moneyFrom,
  refundReasonOf,
} from './after-sale';

const at = '2026-11-26T12:00:00.000Z';
const claim = (status: ClaimStatus): ClaimBody => ({
  reason: 'not-admitted',
  text: 'The gate was closed',
  status,
  openedAt: at,
  answerBy: at,
  answeredAt: null,
  decidedAt: null,
  answer: null,
});

it('offers to report a problem once, until the release', () => {
  expect(claimStateOf({ status: 'complete', claim: null, releasedAt: null })).toBe('possible');
  expect(claimStateOf({ status: 'complete', claim: null, releasedAt: at })).toBe('closed');
  expect(claimStateOf({ status: 'refunded', claim: null, releasedAt: null })).toBe('closed');
});

it.each(ClaimStatus.options)('says that a claim is %s, also after the release', (status) => {
  expect(claimStateOf({ status: 'complete', claim: claim(status), releasedAt: null })).toBe(status);
  expect(claimStateOf({ status: 'complete', claim: claim(status), releasedAt: at })).toBe(status);
});

it('a claim is unsettled until it is decided', () => {
  const unsettled = ClaimStatus.options.filter((status) => isClaimed({ status: 'complete', claim: claim(status) }));
  expect(unsettled).toEqual(['open', 'answered']);
  expect(isClaimed({ status: 'refunded', claim: claim('open') })).toBe(false);
  expect(isClaimed({ status: 'complete', claim: null })).toBe(false);
});

it('does not promise money that a bank has already taken back', () => {
  const from = RefundReason.options.map((reason) => [reason, moneyFrom({ status: 'refunded', reason })]);
  expect(Object.fromEntries(from)).toEqual({
    'not-delivered': 'us',
    claim: 'us',
    seller: 'us',
    dispute: 'bank',
    dashboard: 'us',
    support: 'us',
  });
  expect(moneyFrom({ status: 'refunded', reason: null })).toBe('us');
  expect(moneyFrom({ status: 'cancelled', reason: 'expired' })).toBeUndefined();
});

it('shows a deadline for reports only while it is in the future', () => {
  const now = Date.parse(at);
  expect(claimableUntil({ releaseAt: at }, now - 1)).toBe(at);
  expect(claimableUntil({ releaseAt: at }, now)).toBeUndefined();
  expect(claimableUntil({ releaseAt: null }, now)).toBeUndefined();
});

it('has words for every refund reason, and uses none for a cancelled order', () => {
  for (const reason of RefundReason.options) {
    expect(refundReasonOf({ reason })).toBe(reason);
    expect(cancelReasonOf({ reason })).toBeNull();
  }
  for (const reason of CancelReason.options) expect(cancelReasonOf({ reason })).toBe(reason);
  expect(refundReasonOf({ reason: null })).toBe('dashboard');
});

it('is upcoming until it begins or a problem is reported', () => {
  const begins = (startsAt: string | null, reported: ClaimBody | null = null) =>
    isAhead({ claim: reported, ticket: { startsAt } as OrderBody['ticket'] }, Date.parse(at));
  expect(begins('2026-11-26T12:00:01.000Z')).toBe(true);
  expect(begins(null)).toBe(true);
  expect(begins(at)).toBe(false);
  expect(begins(null, claim('open'))).toBe(false);
});
