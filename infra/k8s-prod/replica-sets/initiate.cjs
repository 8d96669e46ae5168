/**
 * Makes one replica set of the members that MONGO_URI names, unless they are one. Every pod of the service runs it
 * before the service itself; of several at once one succeeds, and the others see that it has.
 */
const { createRequire } = require('node:module');
const { setTimeout: delay } = require('node:timers/promises');
const { MongoClient } = createRequire(`${process.cwd()}/`)('mongoose').mongo;

const { hosts, replicaSet } = new MongoClient(process.env.MONGO_URI).options;
const members = hosts.map((host, _id) => ({ _id, host: host.toString() }));

async function ask(host, command) {
  const client = new MongoClient(`mongodb://${host}`, { directConnection: true, serverSelectionTimeoutMS: 3_000 });
  try {
    return await client.db('admin').command(command);
  } finally {
    await client.close();
  }
}

/** A set that exists runs on with a member missing; a new one needs them all. */
async function initiate() {
  const answers = await Promise.allSettled(members.map(({ host }) => ask(host, { hello: 1 })));
  if (answers.some(({ value }) => value?.setName)) return;
  for (const { reason } of answers) if (reason) throw reason;
  await ask(members[0].host, { replSetInitiate: { _id: replicaSet, members } });
}

async function main() {
  for (;;) {
    try {
      await initiate();
      console.log(`${replicaSet}: ${members.map(({ host }) => host).join(', ')}`);
      return;
    } catch (error) {
      console.log(`${replicaSet} is not there yet, trying again: ${error.message}`);
      await delay(1_000);
    }
  }
}

void main();
