/** @jest-environment @happy-dom/jest-environment */
import { noteHold, readHold } from '@/lib/buy/open-hold';
import { forgetVisitor } from './forget';

it('leaves no data of a visitor in the browser', () => {
  sessionStorage.setItem('draft new', '{"title":"Row 7"}');
  noteHold('65f000000000000000000001', Date.now() + 60_000);
  expect(readHold()).not.toBeNull();
  forgetVisitor();
  expect([sessionStorage.length, readHold()]).toEqual([0, null]);
});
