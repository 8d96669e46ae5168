const { goProgram } = require('./go.cjs');

const VERSION = 'v0.25.6';
const nameOn = (/** @type {string} */ platform) => `nats-streaming-server-${VERSION}-${platform}`;

/** NATS Streaming's last release. */
const nats = {
  version: { says: /^nats-streaming-server version (\d+)/m, oldest: 0 },
  ...goProgram({
    name: 'nats-streaming-server',
    title: 'NATS Streaming (nats-streaming-server)',
    variable: 'NATS_STREAMING_SERVER',
    version: VERSION,
    package: 'github.com/nats-io/nats-streaming-server',
    archive: (on) =>
      `https://github.com/nats-io/nats-streaming-server/releases/download/${VERSION}/${nameOn(on)}.tar.gz`,
    inArchive: (on) => `${nameOn(on)}/nats-streaming-server`,
    // As pinned by its official Docker images.
    sha256: {
      'linux-amd64': '10f25b100a5b9a7389882883259790d599b557a16ddde1accdfcf9361e19b2f9',
      'linux-arm64': 'caf2839d14c610d9d62afeb9022ee36aa4ff5adc86d0402bb7e1a5d7f5e7d26f',
    },
  }),
};

module.exports = { nats };
