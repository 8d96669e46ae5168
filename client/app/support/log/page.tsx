import type { Metadata } from 'next';
import { Link } from '@/components/link';
import { Desk } from '@/components/support/desk';
import { Log } from '@/components/support/log';
import { Unavailable } from '@/components/support/part';
import { asCursor } from '@/lib/api/paging';
import { auditLog } from '@/lib/api/support';
import { mergeLogs, readLogCursor } from '@/lib/support/log';
import { services } from '@/lib/support/services';
import { requireSupport } from '@/lib/visitor';
import { getTexts } from '@/texts';

export async function generateMetadata(): Promise<Metadata> {
  await requireSupport('/support/log');
  return { title: (await getTexts()).support.log.title, robots: 'noindex' };
}

const PAGE = 50;

/** What the support desk did in all services, newest first. */
export default async function SupportLog({ searchParams }: { searchParams: Promise<{ cursor?: string | string[] }> }) {
  const visitor = await requireSupport('/support/log');
  const cursor = readLogCursor(asCursor((await searchParams).cursor));
  const [{ support, pager }, logs] = await Promise.all([
    getTexts(),
    Promise.all(services.map((service) => auditLog(service, cursor[service], PAGE))),
  ]);
  const { log: t } = support;
  const { entries, next } = mergeLogs(logs, cursor, PAGE);
  const isFirst = Object.keys(cursor).length === 0;
  return (
    <Desk title={t.title} here="log">
      <p>{t.lead}</p>
      {logs.map((log) => !log.entries && <Unavailable key={log.service} service={log.service} />)}
      <Log entries={entries} visitor={visitor.id} />
      {(next ?? !isFirst) && (
        <nav className="pager" aria-label={pager.pages}>
          {!isFirst && (
            <Link className="btn btn-outline-primary" href="/support/log">
              {pager.first}
            </Link>
          )}
          {next && (
            <Link className="btn btn-outline-primary" href={`/support/log?cursor=${next}`} rel="next">
              {pager.older}
            </Link>
          )}
        </nav>
      )}
    </Desk>
  );
}
