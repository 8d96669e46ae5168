import type { AuditBody } from '@ticketing/common/contract';
import { isService, services, type Service } from './services';

/** Where a page of the log begins: in each service, before the entry with this number. */
export type LogCursor = Partial<Record<Service, number>>;

/** Part of a service's log; its entries are undefined if it did not answer. */
export interface ServiceLog {
  service: Service;
  entries: AuditBody[] | undefined;
  /** Whether it has entries older than these. */
  hasMore: boolean;
}

/** An entry of the merged log. */
export type LogEntry = AuditBody & { service: Service };

/** Parses a cursor from a URL, such as `orders-12.users-3`; unreadable parts are ignored. */
export function readLogCursor(said: string | undefined): LogCursor {
  const cursor: LogCursor = {};
  for (const part of said?.split('.') ?? []) {
    const [name = '', number = ''] = part.split('-');
    if (isService(name) && /^[1-9]\d{0,14}$/.test(number)) cursor[name] = Number(number);
  }
  return cursor;
}

const written = (cursor: LogCursor): string =>
  services.flatMap((service) => (cursor[service] ? [`${service}-${cursor[service]}`] : [])).join('.');

/** The log whose first entry is the newest. */
const newestOf = (logs: LogEntry[][]): LogEntry[] | undefined =>
  logs.reduce<LogEntry[] | undefined>((found, log) => {
    const [entry] = log;
    return entry && !(found?.[0] && found[0].at >= entry.at) ? log : found;
  }, undefined);

/**
 * Merges the services' logs by time, newest first; entries of one service keep their order. Each service continues where
 * its entries ended on this page; one that did not respond, where it was.
 */
export function mergeLogs(
  logs: ServiceLog[],
  cursor: LogCursor,
  limit: number,
): { entries: LogEntry[]; next: string | undefined } {
  const left = logs.map(({ service, entries = [] }) => entries.map((entry) => ({ ...entry, service })));
  const entries: LogEntry[] = [];
  const next: LogCursor = { ...cursor };
  while (entries.length < limit) {
    const entry = newestOf(left)?.shift();
    if (!entry) break;
    entries.push(entry);
    next[entry.service] = entry.number;
  }
  const hasMore = left.some((log) => log.length > 0) || logs.some((log) => log.hasMore);
  return { entries, next: hasMore && entries.length > 0 ? written(next) : undefined };
}
