import type { TicketBody, UploadBody } from '@ticketing/common/contract';
import { ApiError } from '@/lib/api/errors';
import { uploadFile, type Deliveries } from './upload';

const PART = 4;
const file = new Blob(['0123456789']);
const done = { id: 't', isScanned: true } as TicketBody;
const refused = (status: number, code?: 'file-broken' | 'storage-full' | 'upload-not-found') =>
  new ApiError(status, code ? [{ code, message: code }] : []);

/** A service that stores parts, and records its requests. `lose` may refuse a request before or after it is served. */
function aService() {
  const parts = new Map<number, string>();
  const asked: string[] = [];
  const failures: { request: string; error: Error; isServed?: boolean }[] = [];
  async function serve<T>(request: string, act: () => T | Promise<T>): Promise<T> {
    asked.push(request);
    const index = failures.findIndex((failure) => failure.request === request);
    const [failure] = index < 0 ? [] : failures.splice(index, 1);
    if (failure && !failure.isServed) throw failure.error;
    const answer = await act();
    if (failure) throw failure.error;
    return answer;
  }
  const body = (): UploadBody => ({
    id: 'u',
    size: file.size,
    partSize: PART,
    parts: [...parts.keys()],
    expiresAt: '2026-11-27T00:00:00.000Z',
  });
  const api: Deliveries = {
    begin: () => serve('begin', body),
    find: (id) => serve(`find ${id}`, body),
    sendPart: (_id, part, content) => serve(`part ${part}`, async () => void parts.set(part, await content.text())),
    complete: () => serve('complete', () => done),
  };
  return { api, asked, failures, parts };
}

const pauses: number[] = [];
const pause = (milliseconds: number) => Promise.resolve(pauses.push(milliseconds));
const options = () => ({ signal: new AbortController().signal, pause });
beforeEach(() => void pauses.splice(0));

it('sends all parts, the last one smaller, and reports progress', async () => {
  const { api, asked, parts } = aService();
  const told: number[] = [];
  const upload = uploadFile(file, api, { ...options(), onProgress: (bytes) => told.push(bytes) });
  await expect(upload).resolves.toBe(done);
  expect(asked).toEqual(['begin', 'part 0', 'part 1', 'part 2', 'complete']);
  expect([...parts.values()]).toEqual(['0123', '4567', '89']);
  expect(told).toEqual([0, 4, 8, 10]);
});

it('after a dropped connection asks which parts have arrived, and sends none of them again', async () => {
  const { api, asked, failures } = aService();
  failures.push({ request: 'part 1', error: refused(0), isServed: true });
  await expect(uploadFile(file, api, options())).resolves.toBe(done);
  expect(asked).toEqual(['begin', 'part 0', 'part 1', 'find u', 'part 2', 'complete']);
});

it('waits longer after each failure, and starts over with every part that arrives', async () => {
  const { api, failures } = aService();
  for (const request of ['part 0', 'find u', 'part 0', 'part 2']) failures.push({ request, error: refused(503) });
  await expect(uploadFile(file, api, options())).resolves.toBe(done);
  expect(pauses).toEqual([500, 1_000, 2_000, 500]);
});

it('fails after five pauses, and resumes on the next attempt', async () => {
  const { api, asked, failures, parts } = aService();
  failures.push({ request: 'part 1', error: refused(0) });
  for (let count = 0; count < 5; count++) failures.push({ request: 'find u', error: refused(0) });
  let begun = '';
  const first = uploadFile(file, api, { ...options(), onBegun: (id) => (begun = id) });
  await expect(first).rejects.toMatchObject({ status: 0 });
  expect(pauses).toHaveLength(5);

  asked.splice(0);
  await expect(uploadFile(file, api, { ...options(), known: begun })).resolves.toBe(done);
  expect(asked).toEqual(['find u', 'part 1', 'part 2', 'complete']);
  expect([...parts.keys()]).toEqual([0, 1, 2]);
});

it('starts over if the known upload has expired', async () => {
  const { api, asked, failures } = aService();
  failures.push({ request: 'find gone', error: refused(404, 'upload-not-found') });
  await expect(uploadFile(file, api, { ...options(), known: 'gone' })).resolves.toBe(done);
  expect(asked.slice(0, 3)).toEqual(['find gone', 'begin', 'part 0']);
});

it('starts over if the known upload has another size', async () => {
  const { api, asked } = aService();
  await uploadFile(new Blob(['01']), api, { ...options(), known: 'u' });
  expect(asked.slice(0, 2)).toEqual(['find u', 'begin']);
});

it('does not retry a rejected file', async () => {
  const { api, asked, failures } = aService();
  failures.push({ request: 'complete', error: refused(400, 'file-broken') });
  await expect(uploadFile(file, api, options())).rejects.toMatchObject({ status: 400 });
  expect(asked.filter((request) => request === 'complete')).toHaveLength(1);
});

it('does not wait in vain for a full disk', async () => {
  const { api, asked, failures } = aService();
  failures.push({ request: 'begin', error: refused(503, 'storage-full') });
  await expect(uploadFile(file, api, options())).rejects.toMatchObject({ status: 503 });
  expect([asked, pauses]).toEqual([['begin'], []]);
});

it('completes again if the response was lost', async () => {
  const { api, failures } = aService();
  failures.push({ request: 'complete', error: refused(0), isServed: true });
  await expect(uploadFile(file, api, options())).resolves.toBe(done);
});

it('stops when cancelled, during a part or a pause', async () => {
  for (const place of ['part', 'pause']) {
    const { api, asked, failures } = aService();
    const cancel = new AbortController();
    const cancelled = new Error('cancelled');
    failures.push({ request: 'part 1', error: refused(0) });
    const { sendPart } = api;
    api.sendPart = (id, part, content, signal) => {
      if (part === 1 && place === 'part') cancel.abort(cancelled);
      return sendPart(id, part, content, signal);
    };
    let paused = 0;
    const stop = () => {
      paused++;
      cancel.abort(cancelled);
      return Promise.resolve();
    };
    const upload = uploadFile(file, api, { signal: cancel.signal, pause: stop });
    await expect(upload).rejects.toBe(cancelled);
    expect(asked).toEqual(['begin', 'part 0', 'part 1']);
    expect(paused).toBe(place === 'pause' ? 1 : 0);
  }
});
