import { createHash } from 'node:crypto';
import { once } from 'node:events';
import fs from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { findFreePort } from '../ports';
import { download } from './download.cjs';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'download-'));
const server = http.createServer((request, response) => {
  response.statusCode = request.url === '/archive' ? 200 : 404;
  response.end('the archive');
});
let address: string;

beforeAll(async () => {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
  fs.rmSync(folder, { recursive: true });
});

const sha256 = createHash('sha256').update('the archive').digest('hex');
const file = path.join(folder, 'file');

test('keeps the bytes that were requested', async () => {
  await download(`${address}/archive`, file, sha256);
  expect(fs.readFileSync(file, 'utf8')).toBe('the archive');
});

test('rejects other bytes, an error page and a host that does not respond, with a clear message', async () => {
  await expect(download(`${address}/archive`, file, sha256.replace(/^./, '-'))).rejects.toThrow(
    'the checksum of what arrived is',
  );
  await expect(download(`${address}/gone`, file, sha256)).rejects.toThrow('/gone answered 404');
  await expect(download(`http://127.0.0.1:${await findFreePort()}`, file, sha256)).rejects.toThrow('ECONNREFUSED');
});
