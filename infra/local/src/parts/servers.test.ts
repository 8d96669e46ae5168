import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { readSettings } from '../config.cjs';
import { openData } from '../data';
import { lastLines } from '../logs.cjs';
import { choosePorts } from '../ports';
import { silentReporter } from '../reporter.cjs';
import { findServers } from '../servers/index.cjs';
import { launch } from '../stack';
import { portNames, type Blueprint } from './blueprint';
import { planMongo, planNats, planRedis } from './servers';

test('the real servers take the options they are given, keep files in their folders, and stop by themselves', async () => {
  const home = fs.mkdtempSync(path.join(os.tmpdir(), 'servers-'));
  const folder = await openData(home);
  const blueprint: Blueprint = {
    ...{ folder, settings: readSettings(), proxyPort: 0, replicas: 1, dev: false },
    servers: await findServers(),
    ports: await choosePorts(folder.portsFile, portNames(1)),
  };
  const parts = [...planMongo(blueprint), planNats(blueprint), planRedis(blueprint)];
  const stack = await launch({ url: '', parts, folder, reporter: silentReporter });
  const limits = await (await fetch(`http://127.0.0.1:${blueprint.ports['nats-monitor']}/streaming/storez`)).json();
  expect(limits).toMatchObject({ type: 'FILE', limits: { max_channels: 0, max_msgs: 0, max_bytes: 0, max_age: 0 } });
  await stack.stop();
  expect(fs.existsSync(folder.storeOf('mongo-orders') + '/WiredTiger')).toBe(true);
  expect(fs.readdirSync(folder.storeOf('redis'))).toContain('appendonlydir');
  expect(lastLines(folder.logOf('mongo-auth'), 1)[0]).toContain('Shutting down');
  fs.rmSync(home, { recursive: true });
});
