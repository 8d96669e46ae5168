import { eventually } from '@ticketing/e2e';
import type { Progress } from '../checklist';
import type { Kubectl } from '../kubectl';

/** Inspects process 1 of a container whose root is at $1. */
const LOOK = `
grep -E '^(Uid|CapEff|CapBnd|NoNewPrivs|Seccomp):' /proc/1/status
awk '$2 == "/" { print "Root:", $4 }' /proc/1/mounts
{ touch "$1/probe" 2>&1 && echo Touch: done; } | sed 's/^touch.*: /Touch: /'
ls "$1/var/run/secrets/kubernetes.io" >/dev/null 2>&1 && echo 'Token: mounted'
true`;

/**
 * Inspects a running container of every kind.
 * @throws Error that names each one with more privileges than it needs
 */
export async function containersRunAsTheyShould(kubectl: Kubectl, helper: string, progress: Progress): Promise<string> {
  const users: string[] = [];
  const wrong: string[] = [];
  for (const workload of await kubectl.workloads()) {
    const { name } = workload.metadata;
    const [pod] = await kubectl.podsOf(workload);
    const container = pod?.spec.containers[0]?.name;
    if (!pod || !container) throw new Error(`There is no pod of ${name}`);
    const seen = read(await look(kubectl, pod.metadata.name, container, helper));
    const problems = problemsOf(seen);
    progress(`${name}: uid ${seen.Uid}, ${problems.join(', ') || 'as it should be'}`);
    users.push(seen.Uid ?? '');
    wrong.push(...problems.map((problem) => `${name} ${problem}`));
  }
  if (wrong.length > 0) throw new Error(wrong.join(', '));
  const uids = [...new Set(users)].sort().join(' or ');
  return `${users.length} containers: uid ${uids}, no capability, root file system read-only, no new privileges, seccomp on, no token`;
}

/** Observations of a container, by name. */
type Seen = Partial<
  Record<'Uid' | 'CapEff' | 'CapBnd' | 'NoNewPrivs' | 'Seccomp' | 'Root' | 'Touch' | 'Token', string>
>;

/** The first value of each line. */
export function read(lines: string): Seen {
  const found = [...lines.matchAll(/^(\w+):[ \t]*([^\t\n,]*)/gm)];
  return Object.fromEntries(found.map(([, name = '', value = '']) => [name, value] as const));
}

/** A container's problems, as text. */
export function problemsOf({ Uid, CapEff, CapBnd, NoNewPrivs, Seccomp, Root, Touch, Token }: Seen): string[] {
  return [
    ...(Uid && Uid !== '0' ? [] : ['runs as root']),
    ...(Number(`0x${CapEff}`) === 0 && Number(`0x${CapBnd}`) === 0 ? [] : [`has capabilities (${CapEff}, ${CapBnd})`]),
    ...(NoNewPrivs === '1' ? [] : ['may gain privileges']),
    ...(Seccomp === '2' ? [] : ['has no seccomp filter']),
    ...(Root === 'ro' && Touch === 'Read-only file system'
      ? []
      : [`can write to its root file system (${Root}, ${Touch})`]),
    ...(Token ? ['has a token of the cluster'] : []),
  ];
}

/** From inside if there is a shell, otherwise from a second container in the same process namespace. */
async function look(kubectl: Kubectl, pod: string, container: string, helper: string): Promise<string> {
  try {
    return await kubectl.exec(pod, container, ['sh', '-c', LOOK, 'look', '']);
  } catch (error) {
    if (!/executable file not found|no such file/i.test(String(error))) throw error;
  }
  const second = `look-${Date.now()}`;
  const where = ['--image', helper, '--target', container, '--container', second, '--profile', 'restricted'];
  await kubectl.call(['debug', pod, ...where, '--', 'sh', '-c', LOOK, 'look', '/proc/1/root']);
  return eventually(async () => {
    const said = await kubectl.call(['logs', pod, '-c', second]);
    if (!said.includes('Touch')) throw new Error(`The container that inspects ${pod} printed only: ${said}`);
    return said;
  });
}
