import { Copy } from '../../manifests/testing';
import type { Kubectl } from '../kubectl';
import { objectsIn, renderAs } from '../overlay';

/**
 * Validates each manifest with the cluster's dry run; warnings are errors.
 * @throws Error with the cluster's messages about rejected ones
 */
export async function dryRun(kubectl: Kubectl, manifests: string): Promise<string> {
  await kubectl.call(['apply', '--dry-run=server', '--warnings-as-errors', '-f', '-'], { input: manifests });
  return `${objectsIn(manifests).length} objects accepted without a warning`;
}

/** The same for production, with its secrets filled in. */
export async function dryRunOfProduction(kubectl: Kubectl): Promise<string> {
  const copy = new Copy();
  try {
    copy.fillIn();
    return await dryRun(kubectl, await renderAs(copy.at('k8s-prod'), kubectl.namespace, new Map()));
  } finally {
    copy.remove();
  }
}
