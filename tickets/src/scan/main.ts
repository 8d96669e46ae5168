import type { Barcode } from '../domain/codes';
import { typeOf } from './kinds';
import { readPass } from './pass';
import { readImage, readPdf } from './pictures';
import { Unusable, type Problem } from './unusable';

/**
 * A separate process for one untrusted file: it knows no secrets, and a decoder that
 * crashes, stalls or takes too much memory ends with it. Standard input is the file, standard output the verdict.
 */
export type Verdict = { type: 'pdf' | 'png' | 'jpeg' | 'pkpass'; barcodes: Barcode[] } | { problem: Problem };

async function read(bytes: Buffer): Promise<Verdict> {
  const type = typeOf(bytes);
  switch (type) {
    case undefined:
      return { problem: 'unknown' };
    case 'pkpass':
      return { type, barcodes: readPass(bytes) };
    case 'pdf':
      return { type, barcodes: await readPdf(bytes) };
    case 'png':
    case 'jpeg':
      return { type, barcodes: await readImage(type, bytes) };
  }
}

async function main() {
  const parts: Buffer[] = [];
  for await (const part of process.stdin) parts.push(part as Buffer);
  const verdict = await read(Buffer.concat(parts)).catch((error: unknown): Verdict => {
    return { problem: error instanceof Unusable ? error.problem : 'broken' };
  });
  process.stdout.write(JSON.stringify(verdict), () => process.exit(0));
}

void main();
