import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { findFreePort } from '@ticketing/local';
import { environment as ours } from '../live/config';
import { environmentOf, expand } from './environment';
import { named, workloads, type KubeObject, type Workload } from './kube';

/** A pod of a StatefulSet, run on this machine: the same program and arguments, at loopback addresses. */
export interface Member {
  name: string;
  /** Keyed by the port in its pod. */
  ports: Record<number, number>;
  /** Its output so far. */
  log(): string;
  kill(): Promise<void>;
  start(): void;
}

/** The host names of a set's members: `auth-mongo-0.auth-mongo-srv`. */
const hostOf = (member: string, service = '') => `${member}.${service}`;

/** Starts all members of a StatefulSet; each stores its files in a folder that `stop` removes. */
export async function startMembers(objects: KubeObject[], set: string, program: string) {
  const workload = workloads(objects).find(({ metadata }) => metadata.name === set);
  const [container] = workload?.spec.template.spec.containers ?? [];
  if (!workload || !container?.args) throw new Error(`There is no StatefulSet ${set} with arguments`);
  const { replicas = 1, serviceName } = workload.spec;
  const environment = environmentOf(objects, workload);
  const { command = [], args } = container;
  // Some images start the program themselves.
  const options = args[0]?.startsWith('-') ? args : args.slice(1);
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'ticketing-members-'));
  const names = Array.from({ length: replicas }, (_, index) => `${set}-${index}`);
  const mounts = mountConfigs(objects, workload, folder);
  const ports = new Map<string, Record<number, number>>();
  for (const name of names) {
    const own: Record<number, number> = {};
    for (const { containerPort } of container.ports ?? []) own[containerPort] = await findFreePort();
    ports.set(name, own);
  }

  /** Replaces the addresses of pods with addresses of this machine. */
  const here = (text: string) =>
    names.reduce(
      (changed, name) =>
        Object.entries(ports.get(name) ?? {}).reduce(
          (line, [inPod, port]) => line.replaceAll(`${hostOf(name, serviceName)}:${inPod}`, `127.0.0.1:${port}`),
          changed,
        ),
      text,
    );

  /** Also replaces what each pod has to itself: its name, its folders and its ports. */
  const own = (name: string, text: string) => {
    const files = path.join(folder, name);
    const line = here(expand(text, { ...environment, POD_NAME: name }))
      .replaceAll('/tmp/', `${files}/`)
      .replace(/(?<==|^)\/data/, files)
      .replace(/(?<=0\.0\.0\.0:|-m=)(\d+)/, (port) => String(ports.get(name)?.[Number(port)] ?? port));
    return mounts.reduce((changed, [inPod, onDisk]) => changed.replace(inPod, onDisk), line);
  };

  const members = names.map((name): Member => {
    let running: ChildProcess | undefined;
    const log = path.join(folder, `${name}.log`);
    fs.mkdirSync(path.join(folder, name));
    const start = () => {
      const words = (line: string[]) => line.map((word) => own(name, word));
      const [first = '', ...rest] = [...words(command), program, ...words(options)];
      const output = fs.openSync(log, 'a');
      running = spawn(first, [...rest, ...localArgs(set, ports.get(name) ?? {}, path.join(folder, name))], {
        stdio: ['ignore', output, output],
        env: { PATH: ours['PATH'], ...environment },
      });
      fs.closeSync(output);
    };
    const kill = async () => {
      if (!running || running.exitCode !== null || running.signalCode !== null) return;
      const gone = once(running, 'exit');
      running.kill('SIGKILL');
      await gone;
    };
    start();
    return { name, ports: ports.get(name) ?? {}, log: () => fs.readFileSync(log, 'utf8'), start, kill };
  });

  const stop = async () => {
    for (const member of members) await member.kill();
    fs.rmSync(folder, { recursive: true });
  };
  return { members, here, stop };
}

/** Writes the files that a workload's first container gets from ConfigMaps; maps each folder in the pod to the one on this machine. */
function mountConfigs(objects: KubeObject[], { spec }: Workload, folder: string): [string, string][] {
  const { volumes = [], containers } = spec.template.spec;
  return (containers[0]?.volumeMounts ?? []).flatMap(({ name, mountPath }) => {
    const config = volumes.find((volume) => volume.name === name)?.configMap;
    if (!config) return [];
    const files = path.join(folder, name);
    fs.mkdirSync(files);
    const { data = {} } = named(objects, 'ConfigMap', config.name) ?? {};
    for (const [file, text] of Object.entries(data)) fs.writeFileSync(path.join(files, file), text);
    return [[mountPath, files]];
  });
}

/** What a container's own network and volumes determine in a pod. */
function localArgs(set: string, ports: Record<number, number>, files: string): string[] {
  if (set === 'nats') return ['-p', String(ports[4222])];
  if (set.endsWith('-redis')) return ['--port', String(ports[6379]), '--bind', '127.0.0.1'];
  return ['--dbpath', files, '--port', String(ports[27017])];
}
