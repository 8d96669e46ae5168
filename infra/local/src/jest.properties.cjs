/**
 * fast-check, as property tests import it. They try the same examples in every run, so that a red run is about the
 * change; `SEED` gives others. By its path: its name leads here.
 */
const fc = require('../../../node_modules/fast-check/lib/cjs/fast-check.js');

fc.configureGlobal({ seed: Number(process.env.SEED ?? 20_261_126) });
module.exports = fc;
