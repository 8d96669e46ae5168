import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';

const WITHIN_MS = 300_000;

/**
 * Downloads a file, drawing a bar on a terminal.
 * @throws Error if it cannot be had within five minutes, or is not the one with this SHA-256
 */
export async function download(address: string, file: string, sha256: string): Promise<void> {
  const response = await fetch(address, { signal: AbortSignal.timeout(WITHIN_MS) }).catch((error: Error) => {
    throw new Error((error.cause as Error | undefined)?.message ?? error.message);
  });
  if (!response.ok || !response.body) throw new Error(`${address} answered ${response.status}`);
  const progress = drawBar(Number(response.headers.get('content-length')));
  await pipeline(Readable.from(response.body), progress, fs.createWriteStream(file));
  checkSum(file, sha256);
}

/** Throws unless a file is the one with this SHA-256. */
export function checkSum(file: string, sha256: string): void {
  const found = createHash('sha256').update(fs.readFileSync(file)).digest('hex');
  if (found !== sha256) throw new Error(`the checksum of what arrived is ${found}, not ${sha256}`);
}

/** Lets bytes through, and shows how many of them have passed. */
function drawBar(size: number): Transform {
  const draw = process.stderr.isTTY && size > 0;
  let received = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      received += chunk.length;
      if (draw) process.stderr.write(`\r    ${bar(received / size)}`);
      done(null, chunk);
    },
    flush(done) {
      if (draw) process.stderr.write('\n');
      done();
    },
  });
}

function bar(share: number): string {
  const done = Math.round(share * 30);
  return `[${'#'.repeat(done)}${'.'.repeat(30 - done)}] ${Math.round(share * 100)} %`;
}
