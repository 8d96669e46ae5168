import { deflateSync } from 'node:zlib';
import { aJpeg, aPass, aPdf, aPng, ENCRYPTED } from '../testing/files';
import { fromSources, scan as scanParts } from '.';

const CODE = 'TICKET-0123456789';
const scan = (file: Buffer, limits?: Parameters<typeof scanParts>[1]) => scanParts([file], limits);

test.each(['QRCode', 'Aztec', 'PDF417', 'Code128'] as const)('reads %s', async (format) => {
  expect(await scan(await aPng(CODE, format))).toEqual({
    type: 'png',
    barcodes: [{ text: CODE, isLinear: format === 'Code128' }],
  });
});

test('reads a PDF, a JPEG and a pass', async () => {
  expect(await scan(await aPdf(CODE))).toEqual({ type: 'pdf', barcodes: [{ text: CODE, isLinear: false }] });
  expect(await scan(await aJpeg(CODE))).toEqual({ type: 'jpeg', barcodes: [{ text: CODE, isLinear: false }] });
  expect(await scan(aPass(CODE))).toEqual({ type: 'pkpass', barcodes: [{ text: CODE, isLinear: false }] });
});

test('accepts a file without a barcode', async () => {
  expect(await scan(await aPdf())).toEqual({ type: 'pdf', barcodes: [] });
  expect(await scan(aPass())).toEqual({ type: 'pkpass', barcodes: [] });
});

test('reads the first four pages of a PDF, and draws no more', async () => {
  expect(await scan(await aPdf(CODE, { blank: 3 }))).toEqual({
    type: 'pdf',
    barcodes: [{ text: CODE, isLinear: false }],
  });
  expect(await scan(await aPdf(CODE, { blank: 4 }))).toEqual({ type: 'pdf', barcodes: [] });
  // As bad as it gets: it would be refused if it were drawn.
  expect(await scan(await aPdf(CODE, { blank: 4, box: [14_000, 14_000] }))).toEqual({ type: 'pdf', barcodes: [] });
});

/** A PNG's header with other dimensions; its checksum is wrong, but no decoder gets that far. */
async function sized(width: number, height: number) {
  const png = await aPng();
  png.writeUInt32BE(width, 16);
  png.writeUInt32BE(height, 20);
  return png;
}

/** An archive that declares fewer bytes than an entry has. */
function lying() {
  const bomb = aPass(CODE, { 'logo.png': new Uint8Array(4_000_000) });
  for (let at = 0; (at = bomb.indexOf(Uint8Array.from([0x00, 0x09, 0x3d, 0x00]), at)) > 0; at++)
    bomb.writeUInt32LE(10, at);
  return bomb;
}

test.each([
  ['HTML', 'unknown', () => Buffer.from('<!doctype html><script>alert(1)</script>')],
  ['SVG', 'unknown', () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')],
  ['an archive that is not a pass', 'unknown', () => Buffer.from('504b0506'.padEnd(44, '0'), 'hex')],
  ['a header without content', 'broken', () => Buffer.from('%PDF-1.7 and nothing')],
  ['half a PNG', 'broken', async () => (await aPng(CODE)).subarray(0, 60)],
  ['half a pass', 'broken', () => aPass(CODE).subarray(0, 100)],
  ['a PDF with a password', 'encrypted', () => aPdf(CODE, { more: ENCRYPTED })],
  ['a page of millions of points', 'too-large', () => aPdf(CODE, { box: [14_000, 14_000] })],
  ['a picture of billions of pixels', 'too-large', () => sized(60_000, 60_000)],
  ['a pass that unpacks to 30 MB', 'too-large', () => aPass(CODE, { 'logo.png': new Uint8Array(30_000_000) })],
  [
    'a pass of a hundred files',
    'too-large',
    () =>
      aPass(CODE, Object.fromEntries(Array.from({ length: 100 }, (_, index) => [`${index}.png`, new Uint8Array(1)]))),
  ],
  ['a pass that declares too small a size', 'broken', lying],
  ['a pass that does not match its manifest', 'broken', () => aPass(CODE, {}, { 'pass.json': '00' })],
] as const)('refuses %s: %s', async (_what, problem, file) => {
  expect(await scan(await file())).toEqual({ problem });
});

test('stops what takes too long or too much memory', async () => {
  const pdf = await aPdf(CODE);
  expect(await scan(pdf, { time: 1 })).toEqual({ problem: 'broken' });
  expect(await scan(pdf, { memory: 1 })).toEqual({ problem: 'broken' });
});

test('the kernel refuses memory before we could see it grow', async () => {
  const allocate =
    'try { Buffer.alloc(1e9, 1); } catch { process.stdout.write(JSON.stringify({ problem: "too-large" })); }';
  const busy = { args: ['-e', allocate], memory: 200_000_000 };
  expect(await scan(Buffer.from('x'), busy)).toEqual({ problem: 'too-large' });
});

test('stops what takes too much CPU time', async () => {
  expect(await scan(Buffer.from('x'), { args: ['-e', 'for (;;);'], cpu: 1 })).toEqual({ problem: 'broken' });
});

test('also reads without compiled code', async () => {
  expect(await scan(await aPng(CODE), fromSources)).toEqual({
    type: 'png',
    barcodes: [{ text: CODE, isLinear: false }],
  });
});

test.each([
  ['a page of 300 MB', async () => bomb(await aPdf(CODE))],
  ['a picture cut off after its header', async () => (await aPng(CODE)).subarray(0, 40)],
])('ends with %s, without harm', async (_what, file) => {
  const verdict = await scan(await file());
  expect(verdict).not.toHaveProperty('barcodes', [{ text: CODE, isLinear: false }]);
});

/** A PDF whose page content is 300 MB, compressed. */
function bomb(pdf: Buffer): Buffer {
  const packed = deflateSync(Buffer.alloc(300_000_000, ' '), { level: 1 });
  const text = pdf.toString('latin1').replace(/4 0 obj[^]*?endobj/, () => {
    const stream = `<< /Filter /FlateDecode /Length ${packed.length} >>\nstream\n${packed.toString('latin1')}\nendstream`;
    return `4 0 obj\n${stream}\nendobj`;
  });
  return Buffer.from(text, 'latin1');
}
