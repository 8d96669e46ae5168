import { run } from './command';
import type { KubeObject, Kubectl } from './kubectl';

const GONE_WITHIN_MS = 240_000;

interface Volume extends KubeObject {
  spec: { claimRef?: { namespace: string } };
}

interface Ingress extends KubeObject {
  spec: { rules?: { host?: string }[] };
}

/** @throws Error with instructions, if the namespace already exists or another one has the same host */
export async function expectRoom({ namespace }: Kubectl, host: string): Promise<void> {
  if (await run('kubectl', ['get', 'namespace', namespace, '--ignore-not-found'])) {
    throw new Error(
      `The namespace ${namespace} already exists: delete it (kubectl delete namespace ${namespace}), or test it with --again`,
    );
  }
  const { items } = JSON.parse(await run('kubectl', ['get', 'ingresses', '-A', '-o', 'json'])) as { items: Ingress[] };
  const taken = items.find(({ spec }) => spec.rules?.some((rule) => rule.host === host));
  if (taken)
    throw new Error(
      `${host} is already served from the namespace ${taken.metadata.namespace}: remove its Ingress first`,
    );
}

/** Deletes a namespace, and the volumes that outlive it. */
export async function takeAway({ namespace }: Kubectl): Promise<string> {
  await run('kubectl', ['delete', 'namespace', namespace, '--ignore-not-found', '--timeout=180s'], {
    timeoutMs: GONE_WITHIN_MS,
  });
  const { items } = JSON.parse(await run('kubectl', ['get', 'persistentvolumes', '-o', 'json'])) as { items: Volume[] };
  const left = items.filter(({ spec }) => spec.claimRef?.namespace === namespace).map(({ metadata }) => metadata.name);
  if (left.length > 0)
    await run('kubectl', ['delete', 'persistentvolumes', '--ignore-not-found', ...left], { timeoutMs: GONE_WITHIN_MS });
  return `the namespace ${namespace} is gone, and ${left.length} volumes that outlived it`;
}
