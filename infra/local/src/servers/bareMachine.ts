import fs from 'node:fs';
import path from 'node:path';
import { environment } from '../config.cjs';

const SERVERS = ['mongod', 'nats-streaming-server', 'redis-server', 'redis-cli', 'redis-check-rdb', 'redis-check-aof'];
const SHELLS = ['mongo', 'mongosh'];
const ours = /^(MONGO|NATS|REDIS|CHROMIUM|XDG|npm_(?!config_registry)|NODE|JEST)/;

/**
 * A newcomer's environment: an empty home, and a PATH without any of the servers.
 * @param folder for the home, and the links that PATH points to
 * @param isMissing names further programs that the machine lacks
 */
export function bareMachine(folder: string, isMissing = (_program: string) => false): NodeJS.ProcessEnv {
  const [home, links] = [path.join(folder, 'home'), path.join(folder, 'path')];
  for (const each of [home, links]) fs.mkdirSync(each);
  for (const place of (environment['PATH'] ?? '').split(path.delimiter).filter((each) => fs.existsSync(each))) {
    for (const program of fs.readdirSync(place)) {
      const link = path.join(links, program);
      const isHidden = SERVERS.includes(program) || SHELLS.includes(program) || isMissing(program);
      if (!isHidden && !fs.existsSync(link)) fs.symlinkSync(path.join(place, program), link);
    }
  }
  const set = Object.keys(environment).filter((name) => ours.test(name));
  const unset = Object.fromEntries(set.map((name) => [name, undefined]));
  return { ...environment, ...unset, HOME: home, PATH: links };
}
