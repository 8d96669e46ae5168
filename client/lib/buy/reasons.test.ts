import { ClaimReason, ReportReason } from '@ticketing/common/contract';
import { claimReasons, reportReasons } from './reasons';

it('offers every reason that the API knows, and no other', () => {
  expect([...claimReasons].sort()).toEqual([...ClaimReason.options].sort());
  expect([...reportReasons].sort()).toEqual([...ReportReason.options].sort());
});
