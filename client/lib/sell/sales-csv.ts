import type { PayoutBody, SaleBody } from '@ticketing/common/contract';
import { moneyOfSale, type SaleMoney } from './payouts';

/** Sales as a table for spreadsheets (RFC 4180). */

type Cell = string | number | null | undefined;

/** Spreadsheets run a text that begins like this as a formula, also after spaces or in full-width forms. */
const FORMULA = /^\s*[=+\-@＝＋－＠]|^[\t\r]/;

function cell(value: Cell): string {
  if (typeof value !== 'string') return value === null || value === undefined ? '' : String(value);
  // Where lists are separated by semicolons, spreadsheets divide a cell there, also within quotes.
  const text = (FORMULA.test(value) ? `'${value}` : value).replace(/;(?=\s*[=+\-@＝＋－＠])/g, ";'");
  return /[",;\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

export const csvLine = (cells: readonly Cell[]): string => `${cells.map(cell).join(',')}\r\n`;

/** A time as spreadsheets read it, in UTC: "2026-11-26 01:49". */
const timeCell = (iso: string | null | undefined) => iso?.slice(0, 16).replace('T', ' ') ?? '';

/** The columns, in order; their headings are texts. */
export const columns = [
  'order',
  'soldAt',
  'title',
  'startsAt',
  'venue',
  'city',
  'price',
  'fee',
  'settled',
  'amount',
  'currency',
  'state',
  'dueAt',
  'paidAt',
] as const;

interface SaleLine {
  sale: SaleBody;
  /** Its money is left out if payments do not tell. */
  payout?: PayoutBody;
  /** ISO 4217. */
  currency: string;
  states: Record<SaleMoney['is'], string>;
  now: number;
}

export function saleLine({ sale, payout, currency, states, now }: SaleLine): string {
  const { id, ticket } = sale;
  const { title, startsAt, venue, city } = ticket;
  const money = moneyOfSale(sale, payout, now);
  const isOver = money.is === 'refunded';
  return csvLine([
    ...[id, timeCell(sale.completedAt), title, timeCell(startsAt), venue, city],
    ...[ticket.price, isOver ? 0 : payout?.fee, isOver ? 0 : payout?.settled, isOver ? 0 : payout?.amount],
    ...[currency.toUpperCase(), states[money.is], timeCell(sale.releaseAt), timeCell(payout?.paidAt)],
  ]);
}
