import type { PayoutBody, SaleBody } from '@ticketing/common/contract';
import { moneyOfSale, type SaleMoney } from './payouts';

/** Sales as a table for spreadsheets (RFC 4180, except for the reader's separator). */

type Cell = string | number | null | undefined;

/** Spreadsheets run a text that begins like this as a formula, even after spaces or in full-width forms. */
const FORMULA = /^\s*[=+\-@＝＋－＠]|^[\t\r]/;

/** A locale's decimal mark, and the cell separator of its spreadsheets: a semicolon where the mark is a comma. */
export interface CsvStyle {
  decimal: string;
  separator: ',' | ';';
}

export function csvStyle(locale: string): CsvStyle {
  const parts = new Intl.NumberFormat(locale).formatToParts(0.5);
  const decimal = parts.find(({ type }) => type === 'decimal')?.value ?? '.';
  return { decimal, separator: decimal === ',' ? ';' : ',' };
}

function cell(value: Cell, { decimal }: CsvStyle): string {
  if (typeof value === 'number') return String(value).replace('.', decimal);
  if (value === null || value === undefined) return '';
  // Where lists are separated by semicolons, spreadsheets split a cell there, even within quotes.
  const text = (FORMULA.test(value) ? `'${value}` : value).replace(/;(?=\s*[=+\-@＝＋－＠])/g, ";'");
  return /[",;\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

export const csvLine = (cells: readonly Cell[], style: CsvStyle): string =>
  `${cells.map((value) => cell(value, style)).join(style.separator)}\r\n`;

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
  'section',
  'row',
  'seat',
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
  /** Its money is left out if payments does not know it. */
  payout?: PayoutBody;
  /** ISO 4217. */
  currency: string;
  states: Record<SaleMoney['is'], string>;
  now: number;
  style: CsvStyle;
}

export function saleLine({ sale, payout, currency, states, now, style }: SaleLine): string {
  const { id, ticket } = sale;
  const { title, startsAt, venue, city, section, row, seat } = ticket;
  const money = moneyOfSale(sale, payout, now);
  const isOver = money.is === 'refunded';
  const cells = [
    ...[id, timeCell(sale.completedAt), title, timeCell(startsAt), venue, city, section, row, seat],
    ...[ticket.price, isOver ? 0 : payout?.fee, isOver ? 0 : payout?.settled, isOver ? 0 : payout?.amount],
    ...[currency.toUpperCase(), states[money.is], timeCell(sale.releaseAt), timeCell(payout?.paidAt)],
  ];
  return csvLine(cells, style);
}
