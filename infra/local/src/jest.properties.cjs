/**
 * fast-check, as property tests import it: with the same examples in every run, so that a failure is due to the change;
 * `SEED` gives others. It is required by path, because its name resolves to this file.
 */
const fc = require('../../../node_modules/fast-check/lib/cjs/fast-check.js');

fc.configureGlobal({ seed: Number(process.env.SEED ?? 20_261_126) });
module.exports = fc;
