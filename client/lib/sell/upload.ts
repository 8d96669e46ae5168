import type { TicketBody, UploadBody } from '@ticketing/common/contract';
import { ApiError, hasCode } from '@/lib/api/errors';

/** The API as far as an upload needs it, for one listing. */
export interface Deliveries {
  begin: (size: number, signal: AbortSignal) => Promise<UploadBody>;
  find: (id: string, signal: AbortSignal) => Promise<UploadBody>;
  sendPart: (id: string, part: number, content: Blob, signal: AbortSignal) => Promise<unknown>;
  complete: (id: string, signal: AbortSignal) => Promise<TicketBody>;
}

interface UploadOptions {
  /** An unfinished upload of the same file, to be resumed. */
  known?: string;
  /** Aborts it: the upload can be resumed later. */
  signal: AbortSignal;
  /** Called with the upload's id as soon as it is known. */
  onBegun?: (id: string) => void;
  /** Called with the bytes that have arrived. */
  onProgress?: (bytes: number) => void;
  /** Waits some milliseconds. */
  pause?: (milliseconds: number) => Promise<unknown>;
}

/** Pauses before the next try, in milliseconds; after the last one the upload fails, and can be resumed. */
const PAUSES = [500, 1_000, 2_000, 4_000, 8_000];

const sleep = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Whether a failure may pass soon: no answer, an overload, or a fault of the server's. */
const mayPass = (error: unknown): boolean =>
  error instanceof ApiError &&
  (error.status === 0 || error.status === 429 || error.status >= 500) &&
  !hasCode(error, 'storage-full');

/**
 * Uploads a file part by part and hands it over. After a temporary failure it asks which parts have arrived, and
 * continues with the others. Rejects with the signal's reason when aborted.
 */
export async function uploadFile(file: Blob, api: Deliveries, options: UploadOptions): Promise<TicketBody> {
  const { known, signal, onBegun, onProgress, pause = sleep } = options;
  let failures = 0;
  /** Retries, unless that is useless or has been done often enough; every part that arrives resets the count. */
  async function patiently<T>(attempt: () => Promise<T>): Promise<T> {
    for (;;) {
      signal.throwIfAborted();
      try {
        return await attempt();
      } catch (error) {
        signal.throwIfAborted();
        const wait = PAUSES[failures++];
        if (wait === undefined || !mayPass(error)) throw error;
        await pause(wait);
      }
    }
  }

  const begun =
    (await resumed(known, file, api, signal, patiently)) ?? (await patiently(() => api.begin(file.size, signal)));
  onBegun?.(begun.id);
  const { id, size, partSize } = begun;
  const arrived = new Set(begun.parts);
  const bytesOf = (part: number) => Math.min(partSize, size - part * partSize);
  const tell = () => onProgress?.([...arrived].reduce((sum, part) => sum + bytesOf(part), 0));
  tell();
  for (let part = 0; part * partSize < size; part++) {
    await patiently(async () => {
      // A part whose response was lost may have arrived.
      if (failures > 0) for (const there of (await api.find(id, signal)).parts) arrived.add(there);
      if (!arrived.has(part))
        await api.sendPart(id, part, file.slice(part * partSize, part * partSize + bytesOf(part)), signal);
    });
    failures = 0;
    arrived.add(part);
    tell();
  }
  return patiently(() => api.complete(id, signal));
}

/** The known upload, if it still exists and fits the file. */
async function resumed(
  known: string | undefined,
  file: Blob,
  api: Deliveries,
  signal: AbortSignal,
  patiently: <T>(attempt: () => Promise<T>) => Promise<T>,
): Promise<UploadBody | undefined> {
  if (known === undefined) return undefined;
  const found = await patiently(() =>
    api.find(known, signal).catch((error: unknown) => {
      if (hasCode(error, 'upload-not-found')) return undefined;
      throw error;
    }),
  );
  return found?.size === file.size ? found : undefined;
}
