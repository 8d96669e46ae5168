const { createHash } = require('node:crypto');
const fs = require('node:fs');
const { Readable } = require('node:stream');
const { pipeline } = require('node:stream/promises');

const WITHIN_MS = 300_000;

/**
 * Downloads a file.
 * @param {string} address
 * @param {string} file
 * @param {string} sha256
 * @throws Error if it takes more than five minutes, fails, or does not have this SHA-256
 */
async function download(address, file, sha256) {
  const response = await fetch(address, { signal: AbortSignal.timeout(WITHIN_MS) }).catch((error) => {
    throw new Error(error.cause?.message ?? error.message);
  });
  if (!response.ok || !response.body) throw new Error(`${address} answered ${response.status}`);
  await pipeline(Readable.from(response.body), fs.createWriteStream(file));
  checkSum(file, sha256);
}

/**
 * Throws unless a file has this SHA-256.
 * @param {string} file
 * @param {string} sha256
 */
function checkSum(file, sha256) {
  const found = createHash('sha256').update(fs.readFileSync(file)).digest('hex');
  if (found !== sha256) throw new Error(`the checksum of what arrived is ${found}, not ${sha256}`);
}

module.exports = { download, checkSum };
