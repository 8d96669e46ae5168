import path from 'node:path';
import type { Checklist } from './checklist';
import { dryRun, dryRunOfProduction } from './checks/manifests';
import { untilAllReady } from './checks/readiness';
import { root, type Settings } from './config';
import { makeImages, readArtifacts } from './images';
import type { Kubectl } from './kubectl';
import { expectRoom } from './namespace';
import { imagesIn, objectsIn, render, renderAs, standIns, untagged } from './overlay';

const overlay = path.join(root, 'infra/k8s-dev');

/** All who sign up here come from one address. */
const manySignUps = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'auth', namespace: 'ticketing' },
  data: { SIGNUPS_PER_ADDRESS: '1000000' },
};

/**
 * Deploys the development overlay in its own namespace, with images built from this clone.
 * @throws Error if the cluster has no room for it, or it does not become ready
 */
export async function deploy(checklist: Checklist, kubectl: Kubectl, settings: Settings): Promise<void> {
  await expectRoom(kubectl, 'ticketing.dev');
  const named = imagesIn(await render(overlay));
  const wanted = readArtifacts().filter(({ image }) => named.map(untagged).includes(image));
  let images = standIns(named, settings.servers);
  await checklist.demand('images', async (progress) => {
    images = new Map([...images, ...(await makeImages(wanted, settings, progress))]);
    return `${wanted.length} built and delivered`;
  });
  const manifests = await renderAs(overlay, kubectl.namespace, images, [manySignUps]);
  const namespace = objectsIn(manifests).filter(({ kind }) => kind === 'Namespace');
  await kubectl.call(['apply', '-f', '-'], { input: JSON.stringify(namespace[0]) });
  await checklist.demand('manifests for development', () => dryRun(kubectl, manifests));
  await checklist.check('manifests for production', () => dryRunOfProduction(kubectl));
  await kubectl.call(['apply', '-f', '-'], { input: manifests });
  await checklist.demand('ready', (progress) => untilAllReady(kubectl, progress));
}
