import type { Kubectl } from '../kubectl';
import { objectsIn } from '../overlay';

/**
 * Has the cluster itself judge each manifest, without doing anything: a warning is an error.
 * @throws Error with what it said about all that it would refuse
 */
export async function dryRun(kubectl: Kubectl, manifests: string): Promise<string> {
  const input = manifests;
  await kubectl.call(['apply', '--dry-run=server', '--warnings-as-errors', '-f', '-'], { input });
  return `${objectsIn(manifests).length} objects accepted, no warning`;
}
