import { Copy } from '../../manifests/testing';
import type { Kubectl } from '../kubectl';
import { objectsIn, renderAs } from '../overlay';

/**
 * Has the cluster itself judge each manifest, without doing anything; a warning is an error.
 * @throws Error with what it says of those that it would refuse
 */
export async function dryRun(kubectl: Kubectl, manifests: string): Promise<string> {
  await kubectl.call(['apply', '--dry-run=server', '--warnings-as-errors', '-f', '-'], { input: manifests });
  return `${objectsIn(manifests).length} objects accepted without a warning`;
}

/** The same for production, as if its secrets had been filled in. */
export async function dryRunOfProduction(kubectl: Kubectl): Promise<string> {
  const copy = new Copy();
  try {
    copy.fillIn();
    return await dryRun(kubectl, await renderAs(copy.at('k8s-prod'), kubectl.namespace, new Map()));
  } finally {
    copy.remove();
  }
}
