import { redirect } from 'next/navigation';
import { signInPath } from '@/lib/account/next-path';
import { allMySales, type SalesPage } from '@/lib/api/selling';
import { currency } from '@/lib/config';
import { columns, csvLine, csvStyle, saleLine, type CsvStyle } from '@/lib/sell/sales-csv';
import { preferences } from '@/lib/visitor';
import { getTexts } from '@/texts';
import type { Texts } from '@/texts/types';

/** Spreadsheets read a file without it in an encoding of their own. */
const BYTE_ORDER_MARK = '\ufeff';

function* linesOf({ sales, payouts }: SalesPage, t: Texts['sales'], style: CsvStyle): Generator<string> {
  const now = Date.now();
  for (const sale of sales)
    yield saleLine({ sale, payout: payouts[sale.id], currency: currency(), states: t.states, now, style });
}

async function* tableOf(
  first: SalesPage,
  others: AsyncGenerator<SalesPage, void>,
  t: Texts['sales'],
  style: CsvStyle,
): AsyncGenerator<string, void> {
  yield (
    BYTE_ORDER_MARK +
    csvLine(
      columns.map((column) => t.columns[column]),
      style,
    )
  );
  yield [...linesOf(first, t, style)].join('');
  for await (const page of others) yield [...linesOf(page, t, style)].join('');
}

/** The visitor's sales as a table, streamed page by page. A page that cannot be read ends the download as failed. */
export async function GET(): Promise<Response> {
  const pages = allMySales();
  const [{ sales: t }, { locale }] = await Promise.all([getTexts(), preferences()]);
  const { value: first } = await pages.next();
  if (!first) redirect(signInPath('/sales'));
  const table = tableOf(first, pages, t, csvStyle(locale));
  const encoder = new TextEncoder();
  const stream = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const next = await table.next();
      if (next.done) controller.close();
      else controller.enqueue(encoder.encode(next.value));
    },
    async cancel() {
      await table.return();
    },
  });
  return new Response(stream, {
    headers: {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': `attachment; filename="sales.csv"`,
      'Cache-Control': 'private, no-store',
    },
  });
}
