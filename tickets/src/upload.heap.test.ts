import { UPLOAD_PART } from '@ticketing/common';
import {
  answers,
  cookieOf,
  freePort,
  startMongo,
  startNats,
  startProcess,
  TEST_KEY,
  until,
} from '@ticketing/common/testing';
import { Tickets } from './store';
import { aCaller } from './testing';
import { promised } from './testing/uploads';

/** The service as deployed, with its heap. */
let url: string;
let stop: () => Promise<void>;
beforeAll(async () => {
  const [mongo, nats, port] = await Promise.all([startMongo(Tickets), startNats(), freePort()]);
  const service = startProcess(__dirname, {
    NODE_OPTIONS: '--max-semi-space-size=8 --max-old-space-size=96',
    PORT: String(port),
    MONGO_URI: mongo.uri,
    NATS_URL: `nats://127.0.0.1:${nats.port}`,
    JWT_KEY: TEST_KEY,
    DELIVERY_KEY: TEST_KEY,
    BARCODE_KEY: TEST_KEY,
  });
  stop = async () => {
    await service.stop();
    await Promise.all([mongo.stop(), nats.stop()]);
  };
  url = `http://127.0.0.1:${port}`;
  await until(() => answers(`${url}/readyz`), 30_000);
});
afterAll(() => stop());

const Cookie = cookieOf(aCaller());
const post = async (path: string, body: object) => {
  const headers = { Cookie, 'Content-Type': 'application/json' };
  const response = await fetch(`${url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
  return (await response.json()) as { id: string };
};

/** How often the whole heap was collected. */
async function collections() {
  const metrics = await (await fetch(`${url}/metrics`)).text();
  return Number(/^nodejs_gc_duration_seconds_count\{kind="major"\} (\d+)$/m.exec(metrics)?.[1] ?? 0);
}

const [UPLOADS, PARTS] = [5, 10];

test('parts pass through without the whole heap being collected for each upload', async () => {
  const send = async () => {
    const { id } = await post('/api/tickets', promised);
    const path = `/api/tickets/${id}/delivery/uploads`;
    const upload = await post(path, { size: PARTS * UPLOAD_PART });
    for (let part = 0; part < PARTS; part++) {
      const headers = { Cookie, 'Content-Type': 'application/octet-stream' };
      const body = new Uint8Array(UPLOAD_PART);
      const { status } = await fetch(`${url}${path}/${upload.id}/parts/${part}`, { method: 'PUT', headers, body });
      expect(status).toBe(204);
    }
  };
  const before = await collections();
  for (let upload = 0; upload < UPLOADS; upload++) await send();
  expect((await collections()) - before).toBeLessThan(UPLOADS);
});
