import { run } from './command';
import { Kubectl } from './kubectl';
import { takeAway } from './namespace';

/** An unrelated pod, allowed under Pod Security `restricted`, that only waits. */
const pod = (name: string, image: string) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name },
  spec: {
    automountServiceAccountToken: false,
    terminationGracePeriodSeconds: 0,
    securityContext: { runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: 'RuntimeDefault' } },
    containers: [
      {
        name,
        image,
        command: ['node', '-e', 'setInterval(() => undefined, 1000)'],
        securityContext: {
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ['ALL'] },
        },
      },
    ],
  },
});

/** Runs an unrelated pod while `work` runs. */
export async function withProbePod<T>(
  kubectl: Kubectl,
  name: string,
  image: string,
  work: () => Promise<T>,
): Promise<T> {
  await kubectl.call(['apply', '-f', '-'], { input: JSON.stringify(pod(name, image)) });
  try {
    await kubectl.call(['wait', '--for=condition=Ready', `pod/${name}`, '--timeout=60s'], { timeoutMs: 70_000 });
    return await work();
  } finally {
    await kubectl.call(['delete', 'pod', name, '--ignore-not-found']);
  }
}

/** Creates a namespace while `work` runs. */
export async function withNamespace<T>(name: string, work: (kubectl: Kubectl) => Promise<T>): Promise<T> {
  const kubectl = new Kubectl(name);
  await run('kubectl', ['create', 'namespace', name]);
  return work(kubectl).finally(() => takeAway(kubectl));
}
