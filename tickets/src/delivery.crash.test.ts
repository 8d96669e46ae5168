import type { TicketBody, UploadBody } from '@ticketing/common';
import {
  answers,
  cookieOf,
  freePort,
  newId,
  refusal,
  startMongoWith,
  startNats,
  startProcess,
  TEST_KEY,
  until,
} from '@ticketing/common/testing';
import mongoose from 'mongoose';
import { Chunks, Counts, Files, Reports, Tickets } from './store';
import { aCaller, concert } from './testing';
import { aPng } from './testing/files';
import { partsIn } from './testing/uploads';

/**
 * The service as deployed, killed with SIGKILL during the writes of a delivery: MongoDB holds a write back, and the
 * service dies. Its seller continues where they were.
 */

const HOUR = 3_600_000;
/** How long judging a file may take, in milliseconds: its process has low priority, which is slow on a busy machine. */
const PATIENCE = 50_000;
let mongo: Awaited<ReturnType<typeof startMongoWith>>;
let nats: Awaited<ReturnType<typeof startNats>>;
let service: ReturnType<typeof startProcess> | undefined;
let url: string;
let env: Record<string, string>;
beforeAll(async () => {
  const models = [Tickets, Files, Chunks, Reports, Counts];
  [mongo, nats] = await Promise.all([
    startMongoWith(['--setParameter', 'enableTestCommands=1'], ...models),
    startNats(),
  ]);
  const port = String(await freePort());
  url = `http://127.0.0.1:${port}`;
  const servers = { MONGO_URI: mongo.uri, NATS_URL: `nats://127.0.0.1:${nats.port}`, PORT: port, LOG_LEVEL: 'error' };
  env = { ...servers, JWT_KEY: TEST_KEY, DELIVERY_KEY: 'the former key', BARCODE_KEY: 'another key' };
});
afterAll(async () => {
  await service?.stop();
  await Promise.all([mongo.stop(), nats.stop()]);
});

const seller = aCaller();
const http = async (method: string, path: string, body?: object) => {
  const isBinary = Buffer.isBuffer(body);
  const type = isBinary ? 'application/octet-stream' : 'application/json';
  return fetch(`${url}/api/tickets${path}`, {
    method,
    headers: { Cookie: cookieOf(seller), 'Content-Type': type },
    ...(body && { body: isBinary ? new Uint8Array(body) : JSON.stringify(body) }),
  });
};
const isReady = () => answers(`${url}/readyz`);
async function restart() {
  await service?.stop();
  service = startProcess(__dirname, env);
  await until(isReady, PATIENCE);
}

const admin = (command: object) =>
  mongoose.connection
    .getClient()
    .db('admin')
    .command(command, { timeoutMS: 2 * PATIENCE });
/** Holds back the service's writes to a collection, after `skip` of them; waits until one is held back. */
async function holdBack(collection: string, skip: number, doing: () => Promise<unknown>) {
  const { count } = (await admin({
    configureFailPoint: 'failCommand',
    mode: { skip },
    data: {
      failCommands: ['update'],
      namespace: `test.${collection}`,
      appName: 'tickets',
      blockConnection: true,
      blockTimeMS: 3_000,
    },
  })) as { count: number };
  const done = doing().catch(() => undefined);
  await admin({ waitForFailPoint: 'failCommand', timesEntered: count + 1, maxTimeMS: PATIENCE });
  await service?.stop();
  await admin({ configureFailPoint: 'failCommand', mode: 'off' });
  await done;
}

async function begun(file: Buffer) {
  const { id } = (await (await http('POST', '', { ...concert, delivery: 'later' })).json()) as TicketBody;
  await until(async () => (await Tickets.findById(id).lean())?.outbox.length === 0);
  const path = `/${id}/delivery`;
  const upload = (await (await http('POST', `${path}/uploads`, { size: file.length })).json()) as UploadBody;
  const ofUpload = `${path}/uploads/${upload.id}`;
  const put = (part: number) => http('PUT', `${ofUpload}/parts/${part}`, partsIn(file)[part]);
  return { path, ofUpload, put, upload: upload.id };
}

test(
  'codes are still recognized, and files readable, after the deliveries key was replaced',
  async () => {
    await restart();
    const code = `CODE ${newId()}`;
    const [first, second] = [await aPng(code), Buffer.concat([await aPng(code), Buffer.of(0)])];
    const complete = async (file: Buffer) => {
      const { path, ofUpload, put } = await begun(file);
      expect((await put(0)).status).toBe(204);
      return { path, answer: await http('POST', `${ofUpload}/complete`) };
    };
    const { path, answer } = await complete(first);
    expect(answer.status).toBe(200);
    env['DELIVERY_KEY'] = 'the current key,the former key';
    await restart();
    const { answer: again } = await complete(second);
    expect([again.status, await again.json()]).toEqual([409, refusal('content-listed')]);
    expect(first.equals(Buffer.from(await (await http('GET', path)).arrayBuffer()))).toBe(true);
  },
  4 * PATIENCE,
);

test.each([
  ['the part', 'deliveries.chunks', 0],
  ['what closes it', 'deliveries.files', 0],
  ['the listing', 'tickets', 0],
  ['what finishes it', 'deliveries.files', 1],
])(
  'killed before %s is written: what arrived is stored, and the rest can be repeated',
  async (_what, collection, skip) => {
    if (!service) await restart();
    const file = Buffer.concat([await aPng(`CODE ${newId()}`), Buffer.alloc(600_000)]);
    const { path, ofUpload, put, upload } = await begun(file);
    expect((await put(0)).status).toBe(204);
    const isPart = collection === 'deliveries.chunks';
    if (!isPart) expect((await put(1)).status).toBe(204);
    await holdBack(collection, skip, () => (isPart ? put(1) : http('POST', `${ofUpload}/complete`)));
    await restart();
    if (isPart) {
      const { parts } = (await (await http('GET', ofUpload)).json()) as UploadBody;
      expect(parts).toContain(0);
      expect((await put(1)).status).toBe(204);
    }
    // A minute later, the process that was judging it is presumed dead.
    await Files.updateOne({ _id: upload, isOpen: false }, { checkAt: new Date(Date.now() + HOUR - 61_000) });
    const completed = await until(async () => {
      const answer = await http('POST', `${ofUpload}/complete`);
      return [429, 503].includes(answer.status) ? undefined : answer;
    }, PATIENCE);
    expect(completed.status).toBe(200);
    // The next upload is started and abandoned: the listing's content stays.
    expect((await http('POST', `${path}/uploads`, { size: 3 })).status).toBe(201);
    const read = await http('GET', path);
    expect(file.equals(Buffer.from(await read.arrayBuffer()))).toBe(true);
  },
  4 * PATIENCE,
);
