/** @jest-environment @happy-dom/jest-environment */
import { isOutdated, noteSignOut } from './signed-out';

beforeEach(() => {
  localStorage.clear();
});
afterEach(() => jest.restoreAllMocks());

it('a page that began to load before a sign-out is outdated, one that began afterwards is not', () => {
  expect(isOutdated()).toBe(false);
  noteSignOut();
  expect(isOutdated()).toBe(true);
  const later = Date.now() + 60_000;
  jest.spyOn(Date, 'now').mockReturnValue(later);
  jest.spyOn(performance, 'now').mockReturnValue(1_000);
  expect(isOutdated()).toBe(false);
});

it('a sign-out in the future, after the clock was set back, makes no page outdated', () => {
  const earlier = Date.now() - 3_600_000;
  noteSignOut();
  jest.spyOn(Date, 'now').mockReturnValue(earlier);
  expect(isOutdated()).toBe(false);
});
