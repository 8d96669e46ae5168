/**
 * Prepares a service's database before the service starts: initiates a replica set of the members in its URI, if the
 * URI names a set, and gives the user in it, with its password, access to that database alone. Each may already be done,
 * or be in progress in another process. Images contain this file too: it runs before the service does.
 */
const { setTimeout: delay } = require('node:timers/promises');
const { MongoClient } = require('mongoose').mongo;

const TIMEOUT = 3_000;
const AUTHENTICATION_FAILED = 18;

/**
 * @param uri as the service has it, with user, password and database
 * @param key authenticates the members of the replica set to each other; it has all privileges
 */
async function prepareDatabase(uri, key) {
  const { hosts, replicaSet, credentials, dbName } = new MongoClient(uri).options;
  const members = hosts.map((host, _id) => ({ _id, host: host.toString() }));
  const asMember = {
    auth: { username: '__system', password: key },
    authSource: 'local',
    authMechanism: 'SCRAM-SHA-256',
  };
  if (replicaSet) await initiate(replicaSet, members, asMember);
  if (await isGranted(uri)) return;
  await use(`mongodb://${members.map(({ host }) => host).join()}`, { ...asMember, replicaSet }, async (client) => {
    const database = client.db(dbName);
    const { users } = await database.command({ usersInfo: credentials.username });
    const verb = users.length > 0 ? 'updateUser' : 'createUser';
    const roles = [{ role: 'readWrite', db: dbName }];
    await database.command({ [verb]: credentials.username, pwd: credentials.password, roles });
  });
}

/** An existing set works with a member missing; a new one needs all of them. */
async function initiate(replicaSet, members, asMember) {
  const ask = (host, command) =>
    use(`mongodb://${host}`, { ...asMember, directConnection: true }, (client) => client.db('admin').command(command));
  const answers = await Promise.allSettled(members.map(({ host }) => ask(host, { hello: 1 })));
  if (answers.some(({ value }) => value?.setName)) return;
  for (const { reason } of answers) if (reason) throw reason;
  await ask(members[0].host, { replSetInitiate: { _id: replicaSet, members } });
}

/** Whether the user's password is already correct. */
async function isGranted(uri) {
  try {
    await use(uri, {}, (client) => client.db().command({ ping: 1 }));
    return true;
  } catch (error) {
    if (error.code === AUTHENTICATION_FAILED) return false;
    throw error;
  }
}

async function use(uri, options, act) {
  const client = new MongoClient(uri, { ...options, serverSelectionTimeoutMS: TIMEOUT, connectTimeoutMS: TIMEOUT });
  try {
    return await act(client);
  } finally {
    await client.close();
  }
}

async function main() {
  const { MONGO_URI, MONGO_KEY } = process.env;
  for (;;) {
    try {
      await prepareDatabase(MONGO_URI, MONGO_KEY);
      console.log('The database is prepared');
      return;
    } catch (error) {
      console.log(`The database is not prepared yet, trying again: ${error.message}`);
      await delay(1_000);
    }
  }
}

module.exports = { prepareDatabase };
if (require.main === module) void main();
