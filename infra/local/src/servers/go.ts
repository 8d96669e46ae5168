import path from 'node:path';
import { runToEnd } from '../command';
import { download } from './download';
import type { Server } from './server';
import { tool } from './tools';

const WITHIN_MS = 300_000;

/** A program written in Go: its makers' archive where a checksum of it is pinned, else built from source. */
export interface GoProgram extends Pick<Server, 'title' | 'variable' | 'versionArgs'> {
  name: string;
  /** Like `v1.2.3`. */
  version: string;
  /** What `go install` builds. */
  package: string;
  /** The address of the archive (tar.gz) for a platform like `linux-amd64`. */
  archive(platform: string): string;
  /** Where the program is in that archive. */
  inArchive(platform: string): string;
  /** By platform. */
  sha256: Partial<Record<string, string>>;
}

export function goProgram(program: GoProgram): Server {
  const { name, version, title, variable, versionArgs } = program;
  return {
    title,
    variable,
    versionArgs,
    programs: [name],
    cachedAs: `${name}-${version}`,
    attempts: [
      { title: 'its release archive', fetch: (workspace) => fetchArchive(program, workspace) },
      { title: 'go install', fetch: (workspace) => goInstall(program, workspace) },
    ],
  };
}

async function fetchArchive(program: GoProgram, workspace: string): Promise<string> {
  const platform = `${process.platform}-${process.arch.replace('x64', 'amd64')}`;
  const sha256 = program.sha256[platform];
  if (!sha256) throw new Error(`no checksum is pinned for ${platform}`);
  const archive = path.join(workspace, 'archive.tar.gz');
  await download(program.archive(platform), archive, sha256);
  await runToEnd('tar', ['-xzf', archive, '-C', workspace], { timeoutMs: WITHIN_MS });
  return path.join(workspace, program.inArchive(platform));
}

/** Builds it from source, whose checksum Go compares with its public checksum database. */
async function goInstall(program: GoProgram, workspace: string): Promise<string> {
  const go = await tool(['go'], ['golang-go', 'ca-certificates'], workspace);
  // Without cgo it needs no C compiler.
  const env = { GOBIN: workspace, CGO_ENABLED: '0' };
  await runToEnd(go, ['install', `${program.package}@${program.version}`], { timeoutMs: 2 * WITHIN_MS, env });
  return path.join(workspace, program.name);
}
