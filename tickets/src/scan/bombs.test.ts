import { deflateSync } from 'node:zlib';
import { unzipSync, zipSync } from 'fflate';
import * as bombs from '../testing/bombs';
import { aPass, aPng } from '../testing/files';
import { scan } from '.';

/** Whatever a file demands of its decoder, there is a verdict, and the reading process stays within its limits. */

const CODE = 'TICKET-0123456789';
const packed = deflateSync(Buffer.alloc(1 << 29), { level: 1 });
const { CATALOG } = bombs;

test.each<[string, () => Buffer | Promise<Buffer>]>([
  ['a progressive JPEG of 60,000 scans', () => bombs.scansOf(60_000)],
  ['pages that contain themselves', () => bombs.pdfOf([CATALOG, '<< /Type /Pages /Kids [2 0 R] /Count 1 >>'])],
  ['a billion missing pages', () => bombs.pdfOf([CATALOG, '<< /Type /Pages /Kids [] /Count 1000000000 >>'])],
  ['a tree of pages 20,000 deep', () => bombs.deepPages(20_000)],
  ['a table of objects that follows itself', () => bombs.pdfOf([CATALOG], '/Prev 9')],
  ['arrays 100,000 deep', () => bombs.pdfOf([`<< /X ${'['.repeat(100_000)}${']'.repeat(100_000)} >>`])],
  ['a form that draws itself', () => bombs.drawsItself()],
  ['forms that are drawn 10²⁰ times', () => bombs.formsOf(20, 10)],
  ['200 groups within each other', () => bombs.formsOf(200, 1, '/Group << /S /Transparency /I true >>')],
  ['40 images of 16 million pixels', () => bombs.imagesOf(40)],
  ['a pattern finer than pixels', () => bombs.finePattern()],
  ['content compressed three times', () => bombs.packedThrice()],
])('ends with %s', async (_what, file) => {
  const verdict = await scan([await file()], { cpu: 1 });
  expect('problem' in verdict ? verdict.problem : verdict.barcodes).toEqual(
    'problem' in verdict ? expect.stringMatching(/^(broken|too-large)$/) : [],
  );
});

/** A pass that is readable except for its archive. */
const files = () => unzipSync(aPass(CODE));

test.each<[string, () => Buffer]>([
  ['for large files', () => bombs.zip64Of(files())],
  ['that declares a terabyte per file', () => bombs.zip64Of(files(), 1e12)],
  ['that does not declare its file sizes', () => bombs.zip64Of(files(), null)],
])('a pass in an archive %s is broken', async (_what, bomb) => {
  expect(await scan([bomb()], { cpu: 1 })).toEqual({ problem: 'broken' });
});

test('an archive inside a pass is not opened', async () => {
  const bomb = zipSync({ 'zeros.bin': new Uint8Array(1 << 24) });
  const nested = { 'another.pkpass': aPass('ANOTHER CODE'), 'bomb.zip': zipSync({ 'bomb.zip': bomb }) };
  expect(await scan([aPass(CODE, nested)], { cpu: 1 })).toEqual({
    type: 'pkpass',
    barcodes: [{ text: CODE, isLinear: false }],
  });
});

test.each<[string, (png: Buffer) => Buffer]>([
  ['a text of 512 MB', (png) => bombs.withChunks(png, 'zTXt', Buffer.concat([Buffer.from('a\0\0'), packed]))],
  ['a profile of 512 MB', (png) => bombs.withChunks(png, 'iCCP', Buffer.concat([Buffer.from('a\0\0'), packed]))],
  ['300,000 chunks', (png) => bombs.withChunks(png, 'tEXt', Buffer.alloc(0), 300_000)],
])('a picture with %s is read, or broken', async (_what, bomb) => {
  const verdict = await scan([bomb(await aPng(CODE))], { cpu: 1 });
  expect([{ type: 'png', barcodes: [{ text: CODE, isLinear: false }] }, { problem: 'broken' }]).toContainEqual(verdict);
});
