import { findProgram, goProgram } from '@ticketing/local';

const ACTIONLINT = '1.7.12';
const KUSTOMIZE = '5.8.1';
const underscored = (platform: string) => platform.replace('-', '_');

const actionlint = goProgram({
  name: 'actionlint',
  title: 'actionlint, which checks workflows of GitHub Actions',
  variable: 'ACTIONLINT',
  version: `v${ACTIONLINT}`,
  package: 'github.com/rhysd/actionlint/cmd/actionlint',
  archive: (on) =>
    `https://github.com/rhysd/actionlint/releases/download/v${ACTIONLINT}/actionlint_${ACTIONLINT}_${underscored(on)}.tar.gz`,
  inArchive: () => 'actionlint',
  sha256: {
    'linux-amd64': '8aca8db96f1b94770f1b0d72b6dddcb1ebb8123cb3712530b08cc387b349a3d8',
    'linux-arm64': '325e971b6ba9bfa504672e29be93c24981eeb1c07576d730e9f7c8805afff0c6',
    'darwin-amd64': '5b44c3bc2255115c9b69e30efc0fecdf498fdb63c5d58e17084fd5f16324c644',
    'darwin-arm64': 'aba9ced2dee8d27fecca3dc7feb1a7f9a52caefa1eb46f3271ea66b6e0e6953f',
  },
});

const kustomize = goProgram({
  name: 'kustomize',
  title: 'kustomize, which renders the manifests',
  variable: 'KUSTOMIZE',
  version: `v${KUSTOMIZE}`,
  versionArgs: ['version'],
  package: 'sigs.k8s.io/kustomize/kustomize/v5',
  archive: (on) =>
    'https://github.com/kubernetes-sigs/kustomize/releases/download/' +
    `kustomize%2Fv${KUSTOMIZE}/kustomize_v${KUSTOMIZE}_${underscored(on)}.tar.gz`,
  inArchive: () => 'kustomize',
  sha256: {
    'linux-amd64': '029a7f0f4e1932c52a0476cf02a0fd855c0bb85694b82c338fc648dcb53a819d',
    'linux-arm64': '0953ea3e476f66d6ddfcd911d750f5167b9365aa9491b2326398e289fef2c142',
  },
});

const tools = { actionlint, kustomize };

/**
 * The path of a program that checks manifests or workflows: on PATH, in the project's cache, or fetched.
 * @throws Error with what was tried and what the user can do
 */
export function findTool(name: keyof typeof tools): Promise<string> {
  return findProgram(tools[name]);
}
