import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseAllDocuments, stringify } from 'yaml';
import { run } from './command';
import type { Container, KubeObject } from './kubectl';

interface WithPods extends KubeObject {
  spec?: { template?: { spec?: { containers?: Container[]; initContainers?: Container[] } } };
}

/** Reads a stream of manifests. */
export const objectsIn = (manifests: string) =>
  parseAllDocuments(manifests).map((document) => document.toJS() as WithPods);

/** The names of all images in a stream of manifests, as written there. */
export function imagesIn(manifests: string): string[] {
  const pods = objectsIn(manifests).map(({ spec }) => spec?.template?.spec);
  const containers = pods.flatMap((pod) => [...(pod?.initContainers ?? []), ...(pod?.containers ?? [])]);
  return [...new Set(containers.map(({ image }) => image))].sort();
}

/** An image's name without its tag. */
export const untagged = (image: string) => image.replace(/:[^/]*$/, '');

/** The server images that have a replacement, named by the last part of the image's name. */
export function standIns(images: string[], servers: Record<string, string | undefined>): Map<string, string> {
  const pairs = images.map((image) => [untagged(image), servers[path.basename(untagged(image))]]);
  return new Map(pairs.filter((pair): pair is [string, string] => pair[1] !== undefined));
}

/** kustomize's image replacements. */
export function substitution([name, image]: [string, string]) {
  return { name, newName: untagged(image), newTag: image.slice(untagged(image).length + 1) };
}

/** Renders a folder with kustomize. */
export const render = (folder: string) => run('kubectl', ['kustomize', folder]);

/** Renders a folder with other images and settings, in its own namespace; the folder itself is not changed. */
export async function renderAs(
  folder: string,
  namespace: string,
  images: Map<string, string>,
  patches: object[] = [],
): Promise<string> {
  const around = fs.mkdtempSync(path.join(os.tmpdir(), 'ticketing-overlay-'));
  const resources = [path.relative(fs.realpathSync(around), folder)];
  try {
    fs.writeFileSync(
      path.join(around, 'Kustomization'),
      stringify({
        resources,
        namespace,
        images: [...images].map(substitution),
        patches: patches.map((patch) => ({ patch: stringify(patch) })),
      }),
    );
    return await render(around);
  } finally {
    fs.rmSync(around, { recursive: true });
  }
}
