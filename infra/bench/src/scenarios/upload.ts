import { randomUUID } from 'node:crypto';
import { setInterval } from 'node:timers';
import { post, send, type Call } from '../http';
import { cpuMs, residentMb } from '../processes';
import { say } from '../progress';
import type { Bench, Result } from '../result';
import { median } from '../statistics';
import { partsOf } from '../target';

const SIZE = 5 * 1024 * 1024;
const PART = 512 * 1024;
const SAMPLE_MS = 5;

/** Uploads of 5 MB, one after another: what each costs the service's process, not counting the one that reads barcodes. */
export async function upload({ options, target, market }: Bench): Promise<Result> {
  const pid = target.stack && partsOf(target.stack, 'tickets')[0]?.pid;
  if (!pid) throw new Error('Uploads are measured on a stack of our own');
  const [origin] = target.origins('tickets');
  const headers = { cookie: market.buyers[0]?.cookie ?? '' };
  const once = async () => {
    const file = aPdf();
    const listed = await send(origin, post('/api/tickets', { title: 'Bench', price: 20, delivery: 'later' }, headers));
    const path = `/api/tickets/${(JSON.parse(listed.body) as { id: string }).id}/delivery/uploads`;
    const begun = await send(origin, post(path, { size: SIZE }, headers));
    const ofUpload = `${path}/${(JSON.parse(begun.body) as { id: string }).id}`;
    for (let part = 0; part * PART < SIZE; part++) {
      const body = file.subarray(part * PART, (part + 1) * PART);
      await send(origin, put(`${ofUpload}/parts/${part}`, body, headers));
    }
    await send(origin, post(`${ofUpload}/complete`, {}, headers, [200]));
  };
  // The first ones warm up the JIT.
  for (let round = 0; round < 5; round++) await once();
  await target.untilQuiet();
  const costs: number[] = [];
  const before = residentMb(pid);
  let peak = before;
  const sampling = setInterval(() => (peak = Math.max(peak, residentMb(pid))), SAMPLE_MS);
  for (let round = 0; round < options.rounds; round++) {
    say(`uploads, round ${round + 1} of ${options.rounds}`);
    const started = cpuMs(pid);
    await once();
    costs.push(cpuMs(pid) - started);
  }
  clearInterval(sampling);
  return {
    figures: [
      { name: 'upload of 5 MB: CPU', unit: 'ms', measured: median(costs), aim: { of: 'measured', atMost: 300 } },
      { name: 'upload of 5 MB: memory', unit: 'MB', measured: peak - before, aim: { of: 'measured', atMost: 40 } },
    ],
    wrong: {},
    raw: { costs, before, peak },
  };
}

function put(path: string, body: Buffer, headers: Record<string, string>): Call {
  return {
    method: 'PUT',
    path,
    body,
    headers: { 'content-type': 'application/octet-stream', ...headers },
    expect: [204],
  };
}

/** An empty page, and comments up to the size; no two are the same. */
function aPdf(): Buffer {
  const page = '/Type /Page /Parent 2 0 R /MediaBox [0 0 300 300]';
  const objects = ['/Type /Catalog /Pages 2 0 R', '/Type /Pages /Kids [3 0 R] /Count 1', page];
  const text = objects.map((object, index) => `${index + 1} 0 obj << ${object} >> endobj\n`).join('');
  const file = Buffer.alloc(SIZE, '%\n');
  file.write(`%PDF-1.4\n${text}trailer << /Size 4 /Root 1 0 R >>\n%${randomUUID()}\n`);
  return file;
}
