import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';

/** The options a browser gets, as far as an authenticator needs them. */
export interface Options {
  challenge: string;
  user?: { id: string };
}

const sha256 = (data: Buffer | string) => createHash('sha256').update(data).digest();
const uint = (value: number, bytes: number) => {
  const buffer = Buffer.alloc(bytes);
  buffer.writeUIntBE(value, 0, bytes);
  return buffer;
};

/** CBOR (RFC 8949), as far as authenticators need it: texts, bytes, integers and maps. */
function cbor(value: number | string | Buffer | Map<number | string, number | string | Buffer | object>): Buffer {
  const head = (type: number, size: number) =>
    size < 24
      ? Buffer.of((type << 5) | size)
      : size < 256
        ? Buffer.of((type << 5) | 24, size)
        : Buffer.concat([Buffer.of((type << 5) | 25), uint(size, 2)]);
  if (typeof value === 'number') return value < 0 ? head(1, -1 - value) : head(0, value);
  if (typeof value === 'string') return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)]);
  if (Buffer.isBuffer(value)) return Buffer.concat([head(2, value.length), value]);
  const entries = [...value].flatMap(([key, each]) => [cbor(key), cbor(each as Parameters<typeof cbor>[0])]);
  return Buffer.concat([head(5, value.size), ...entries]);
}

const [USER_PRESENT, USER_VERIFIED, ATTESTED] = [0x01, 0x04, 0x40];

/** An authenticator with its own passkey, and the browser that uses it. */
export function newAuthenticator(site: string) {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const id = randomBytes(16);
  let [counter, userHandle] = [0, ''];

  const clientData = (type: string, challenge: string, origin: string) =>
    Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }));
  const authenticatorData = (flags: number, ...rest: Buffer[]) =>
    Buffer.concat([sha256(new URL(site).hostname), Buffer.of(flags), uint(counter, 4), ...rest]);
  const named = { id: id.toString('base64url'), rawId: id.toString('base64url'), type: 'public-key' };

  return {
    id: named.id,

    /** Creates its passkey. */
    create({ challenge, user }: Options, origin = site) {
      userHandle = user?.id ?? '';
      const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
      const key = cbor(
        new Map<number, number | Buffer>([
          ...([
            [1, 2],
            [3, -7],
            [-1, 1],
          ] as [number, number][]),
          ...([
            [-2, Buffer.from(x, 'base64url')],
            [-3, Buffer.from(y, 'base64url')],
          ] as [number, Buffer][]),
        ]),
      );
      const flags = USER_PRESENT | USER_VERIFIED | ATTESTED;
      const authData = authenticatorData(flags, Buffer.alloc(16), uint(id.length, 2), id, key);
      const attestation = new Map<string, string | Buffer | object>([
        ['fmt', 'none'],
        ['attStmt', new Map()],
        ['authData', authData],
      ]);
      return {
        ...named,
        clientExtensionResults: {},
        response: {
          clientDataJSON: clientData('webauthn.create', challenge, origin).toString('base64url'),
          attestationObject: cbor(attestation).toString('base64url'),
          transports: ['internal'],
        },
      };
    },

    /** Signs a challenge. */
    get({ challenge }: Options, { origin = site, verifies = true, handle = userHandle, count = counter + 1 } = {}) {
      counter = count;
      const data = clientData('webauthn.get', challenge, origin);
      const authData = authenticatorData(USER_PRESENT | (verifies ? USER_VERIFIED : 0));
      return {
        ...named,
        clientExtensionResults: {},
        response: {
          clientDataJSON: data.toString('base64url'),
          authenticatorData: authData.toString('base64url'),
          signature: sign('sha256', Buffer.concat([authData, sha256(data)]), privateKey).toString('base64url'),
          userHandle: handle,
        },
      };
    },
  };
}

export type Authenticator = ReturnType<typeof newAuthenticator>;
