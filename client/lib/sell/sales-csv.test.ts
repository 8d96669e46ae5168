import { EventDetails, type PayoutBody, type SaleBody } from '@ticketing/common/contract';
import { en } from '@/texts/en';
import { columns, csvLine as lineIn, csvStyle, saleLine as saleLineIn, type CsvStyle } from './sales-csv';

const style = csvStyle('en-US');
const csvLine = (cells: Parameters<typeof lineIn>[0], its: CsvStyle = style) => lineIn(cells, its);
const saleLine = (line: Omit<Parameters<typeof saleLineIn>[0], 'style'>) => saleLineIn({ ...line, style });

const sale: SaleBody = {
  id: '6b0150640000000000000000',
  status: 'complete',
  reason: null,
  completedAt: '2026-11-26T01:49:00.000Z',
  refundedAt: null,
  deliverBy: null,
  deliveredAt: null,
  releaseAt: '2026-12-25T19:30:00.000Z',
  releasedAt: null,
  claim: null,
  ticket: {
    ...EventDetails.parse({}),
    id: '6b0150640000000000000001',
    title: '=HYPERLINK("http://evil")',
    description: null,
    price: 1080.5,
    edition: 0,
    startsAt: '2026-12-24T19:30:00.000Z',
    venue: 'Semperoper, Dresden',
    seat: '12',
  },
  version: 3,
};
const payout: PayoutBody = {
  orderId: sale.id,
  ticketId: sale.ticket.id,
  title: sale.ticket.title,
  price: 1080.5,
  fee: 54.02,
  settled: 10,
  amount: 1016.48,
  status: 'paid',
  wait: null,
  refusal: null,
  releaseAt: sale.releaseAt,
  paidAt: '2026-12-25T20:00:00.000Z',
};
const line = (more: Partial<SaleBody> = {}, known?: PayoutBody) =>
  saleLine({ sale: { ...sale, ...more }, payout: known, currency: 'eur', states: en.sales.states, now: 0 });

it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '  =1', '＝1'])('disarms formulas: %j', (text) => {
  expect(csvLine([text])).toMatch(/^"?'/);
});

it('disarms formulas after a semicolon, where that separates cells', () => {
  expect(csvLine(['x;=1+1; @SUM(A1);a-1'])).toBe(`"x;'=1+1;' @SUM(A1);a-1"\r\n`);
});

it('quotes what would end a cell, and leaves numbers alone', () => {
  expect(csvLine(['a,b', 'say "hi"', 'two\nlines', 'a;b', -1.5, null, undefined, ''])).toBe(
    '"a,b","say ""hi""","two\nlines","a;b",-1.5,,,\r\n',
  );
});

it('has one line per sale, with amounts as plain numbers', () => {
  expect(line({}, payout)).toBe(
    [
      '6b0150640000000000000000,2026-11-26 01:49,',
      `"'=HYPERLINK(""http://evil"")",2026-12-24 19:30,"Semperoper, Dresden",,,,12,`,
      '1080.5,54.02,10,1016.48,EUR,Paid,2026-12-25 19:30,2026-12-25 20:00\r\n',
    ].join(''),
  );
});

it('leaves cells empty without payments, and has no amounts for a refunded sale', () => {
  expect(line()).toContain(',1080.5,,,,EUR,Waiting,');
  expect(line({ status: 'refunded', reason: 'seller' }, payout)).toContain(',1080.5,0,0,0,EUR,Refunded,');
});

it('has a cell for every column', () => {
  expect(line({ ticket: { ...sale.ticket, title: 'a', venue: 'b' } }).split(',')).toHaveLength(columns.length);
});

test("separators and decimals are what the reader's spreadsheet expects", () => {
  expect(csvLine(['a;b', 'c,d', 49.5, null])).toBe('"a;b","c,d",49.5,\r\n');
  expect(csvLine(['a;b', 'c', 49.5, null], csvStyle('de-DE'))).toBe('"a;b";c;49,5;\r\n');
});
