import { createHmac, generateKeyPairSync } from 'node:crypto';
import jwt from 'jsonwebtoken';
import { tokens } from './tokens';

const KEY = 'k'.repeat(32);
const { sign, verify } = tokens([KEY]);
const claims = { id: '1' };
const audience = { audience: 'session' };

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
/** A token with any header, signed with HMAC-SHA-256 by any key. */
function forged(header: object, key: string) {
  const content = `${part(header)}.${part({ ...claims, aud: 'session' })}`;
  return `${content}.${createHmac('sha256', key).update(content).digest('base64url')}`;
}
const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
const jwk = { kty: 'oct', k: Buffer.from('attacker').toString('base64url') };

test('a token of ours is accepted for its purpose', () => {
  expect(verify(sign(claims, audience), audience)).toMatchObject(claims);
  expect(verify(forged({ alg: 'HS256', typ: 'JWT' }, KEY), audience)).toMatchObject(claims);
  expect(verify(sign(claims, audience), { audience: 'device' })).toBeUndefined();
});

test.each([
  ['no signature', `${part({ alg: 'none' })}.${part(claims)}.`],
  ['another algorithm of the same kind', jwt.sign(claims, KEY, { algorithm: 'HS512' })],
  ['a key pair', jwt.sign(claims, privateKey, { algorithm: 'RS256' })],
  ['a public key as a secret', forged({ alg: 'HS256' }, pem)],
  ['an embedded key', forged({ alg: 'HS256', jwk }, 'attacker')],
  ['a key at a URL it names', forged({ alg: 'HS256', jku: 'https://evil.example/keys', kid: '1' }, 'attacker')],
  ['an expiry in the past', sign(claims, { expiresIn: -1 })],
  ['a start in the future', sign(claims, { notBefore: 3_600 })],
  ['other claims than those signed', sign(claims, {}).replace(/\.[^.]+\./, `.${part({ id: '2' })}.`)],
])('a token with %s is not', (_what, token) => expect(verify(token)).toBeUndefined());
