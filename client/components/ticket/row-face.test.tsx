import { EventDetails } from '@ticketing/common/contract';
import { renderToString } from 'react-dom/server';
import { en } from '@/texts/en';
import { RowFace } from './row-face';

const details = EventDetails.parse({ category: 'concert', venue: 'Arena', city: 'Berlin' });

/** What a row of the visitor's own lists says of a ticket. */
function rowOf(where: { section: string | null; row: string | null; seat: string | null }) {
  const ticket = { id: '65f0a1c00000000000000000', title: 'Rammstein', ...details, ...where };
  const row = { locale: 'en-US', timeZone: undefined, categories: en.categories, seats: en.ticket };
  const html = renderToString(<RowFace ticket={ticket} {...row} />);
  return html
    .replace(/<svg.*?<\/svg>/gs, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

it('two seats of one event can be told apart', () => {
  expect(rowOf({ section: 'A', row: '3', seat: '12' })).toMatch(/Rammstein Concert A , row 3 , seat 12$/);
  expect(rowOf({ section: 'A', row: '3', seat: '13' })).toMatch(/seat 13$/);
  expect(rowOf({ section: null, row: null, seat: null })).toMatch(/Rammstein Concert$/);
});
