import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { mongo } from 'mongoose';
import { needing } from '@ticketing/local';
import type { System } from './stack';

/** Ciphertext is left out: it cannot be searched. */
const SEALED = 'deliveries.chunks';

function clientOf(system: System, service: string) {
  const place = `127.0.0.1:${system.portOf(`mongo-${service}`)}/${service}`;
  const options = 'directConnection=true&authSource=local&authMechanism=SCRAM-SHA-256';
  return new mongo.MongoClient(`mongodb://__system:${system.secret('mongo-key')}@${place}?${options}`);
}

async function documentsOf(system: System, service: string): Promise<object> {
  const client = clientOf(system, service);
  try {
    const collections = await client.db().collections();
    const entries = collections
      .filter(({ collectionName }) => collectionName !== SEALED)
      .map(async (each) => [each.collectionName, await each.find().toArray()] as const);
    return Object.fromEntries(await Promise.all(entries));
  } finally {
    await client.close();
  }
}

const EVERYTHING = `local found = {}
for _, key in ipairs(redis.call('KEYS', '*')) do
  found[#found + 1] = key
  if redis.call('TYPE', key).ok == 'hash' then
    for _, value in ipairs(redis.call('HGETALL', key)) do found[#found + 1] = value end
  end
end
return table.concat(found, ' ')`;

/** Redis, over its own protocol: one command needs no client. */
async function keysOf(system: System): Promise<string> {
  const socket = connect(system.portOf('redis'), '127.0.0.1').setEncoding('utf8');
  await once(socket, 'connect');
  let answer = '';
  socket.on('data', (text: string) => (answer += text));
  const ask = (...words: string[]) =>
    socket.write(`*${words.length}\r\n${words.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`).join('')}`);
  ask('AUTH', system.secret('redis-password'));
  ask('EVAL', EVERYTHING, '0');
  ask('ECHO', 'that is all');
  while (!answer.includes('that is all')) await sleep(20);
  socket.destroy();
  if (answer.includes('-ERR') || answer.includes('-NOAUTH')) throw new Error(answer);
  return answer;
}

/** The contents of every database, by service. */
export async function databasesOf(system: System): Promise<Record<string, string>> {
  const documents = needing('mongo').map(
    async (service) => [service, JSON.stringify(await documentsOf(system, service))] as const,
  );
  return Object.fromEntries([...(await Promise.all(documents)), ['expiration', await keysOf(system)]]);
}

/** As if payments had lost its copies of accounts. */
export async function forgetPeople(system: System) {
  const client = clientOf(system, 'payments');
  await client.db().collection('users').deleteMany({});
  await client.close();
}
