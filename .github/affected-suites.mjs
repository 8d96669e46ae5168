/**
 * Reads the paths that a change touches, one per line, and prints the suites to run as a JSON list. With `--all` it reads
 * nothing and prints every suite.
 */
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import lockfile from '../infra/local/src/workspaces.cjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const readJson = (file) => JSON.parse(fs.readFileSync(path.join(root, file), 'utf8'));

const workspaces = lockfile.workspaces();
const suites = workspaces.filter((workspace) => fs.existsSync(path.join(root, workspace, 'jest.config.cjs')));

// Every suite imports common and is started by infra/local.
const FOUNDATIONS = ['common', 'infra/local'];
const SYSTEM_TEST = 'infra/e2e';
const MANIFEST_TEST = 'infra/cluster';
const MEASURES_ONLY = ['infra/bench', MANIFEST_TEST];

const touched = process.argv.includes('--all') ? [] : fs.readFileSync(0, 'utf8').split('\n').filter(Boolean);
const affected = process.argv.includes('--all') ? suites : touched.flatMap(affectedBy);
console.log(JSON.stringify(suites.filter((suite) => affected.includes(suite))));

function affectedBy(file) {
  if (file.endsWith('.md')) return [];
  const workspace = workspaceOf(file);
  if (!workspace) return isDeployment(file) ? [MANIFEST_TEST] : suites;
  if (FOUNDATIONS.includes(workspace)) return suites;
  return [...withDependents(workspace), ...(MEASURES_ONLY.includes(workspace) ? [] : [SYSTEM_TEST])];
}

/** The innermost workspace that a file is in. */
function workspaceOf(file) {
  return workspaces
    .filter((workspace) => file.startsWith(`${workspace}/`))
    .sort((one, other) => other.length - one.length)[0];
}

/** Files outside workspaces that describe deployment; all others configure every suite. */
function isDeployment(file) {
  return /^(infra|\.github)\//.test(file) || ['skaffold.yaml', '.dockerignore'].includes(file);
}

/** A workspace and those compiled against it. */
function withDependents(workspace) {
  const dependents = workspaces.filter((other) => referencesOf(other).includes(workspace));
  return [workspace, ...dependents.flatMap(withDependents)];
}

function referencesOf(workspace) {
  const { references = [] } = readJson(`${workspace}/tsconfig.json`);
  return references.map((reference) => path.join(workspace, reference.path));
}
