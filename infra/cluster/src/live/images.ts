import fs from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import type { Progress } from './checklist';
import { run } from './command';
import { root, type Settings } from './config';

const BUILD_WITHIN_MS = 15 * 60_000;
const DELIVER_WITHIN_MS = 5 * 60_000;

/** An image built from this clone; its name is the one in the manifests, without a tag. */
export interface Artifact {
  image: string;
  docker: { dockerfile: string; buildArgs?: Record<string, string> };
}

/** The images that skaffold.yaml lists. */
export function readArtifacts(): Artifact[] {
  const { build } = parse(fs.readFileSync(path.join(root, 'skaffold.yaml'), 'utf8')) as {
    build: { artifacts: Artifact[] };
  };
  return build.artifacts;
}

/**
 * Builds images and delivers them to the cluster.
 * @returns for each image name in the manifests the image to use; its tag identifies the content
 */
export async function makeImages(
  wanted: Artifact[],
  settings: Settings,
  progress: Progress,
): Promise<Map<string, string>> {
  const context = (await run('kubectl', ['config', 'current-context'])).trim();
  const made = new Map<string, string>();
  for (const artifact of wanted) {
    progress(`building ${artifact.image}`);
    const name = await build(artifact, settings);
    const delivery = deliveryOf(name, context, settings.registry);
    if (delivery) await run(delivery.command, delivery.args, { timeoutMs: DELIVER_WITHIN_MS });
    made.set(artifact.image, name);
    progress(`${name} is delivered`);
  }
  return made;
}

async function build({ image, docker }: Artifact, { registry, baseImage, buildNetwork }: Settings): Promise<string> {
  const buildArgs = { ...docker.buildArgs, ...(baseImage && { BASE_IMAGE: baseImage }) };
  const network = buildNetwork ? ['--network', buildNetwork] : [];
  const flags = Object.entries(buildArgs).flatMap(([key, value]) => ['--build-arg', `${key}=${value}`]);
  const args = ['build', '--quiet', ...network, ...flags, '-f', docker.dockerfile, '.'];
  const id = (await run('docker', args, { cwd: root, timeoutMs: BUILD_WITHIN_MS })).trim();
  const name = `${registry ? `${registry}/` : ''}${image}:test-${id.replace('sha256:', '').slice(0, 12)}`;
  await run('docker', ['tag', id, name]);
  return name;
}

/**
 * The command that loads an image from Docker onto a cluster's nodes; undefined if they share it.
 * @throws Error that says what to set, if kubectl's context does not reveal how
 */
export function deliveryOf(
  name: string,
  context: string,
  registry?: string,
): { command: string; args: string[] } | undefined {
  if (registry) return { command: 'docker', args: ['push', '--quiet', name] };
  if (context.startsWith('kind-'))
    return { command: 'kind', args: ['load', 'docker-image', name, '--name', context.slice(5)] };
  if (context.startsWith('minikube'))
    return { command: 'minikube', args: ['--profile', context, 'image', 'load', name] };
  if (context === 'docker-desktop') return undefined;
  throw new Error(
    `How images reach the cluster of the context ${context} is not known: set REGISTRY to one that it pulls from`,
  );
}
