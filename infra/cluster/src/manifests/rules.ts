import { durable, serving } from './durable';
import { addressed } from './environment';
import type { KubeObject } from './kube';
import * as pods from './pods';
import { covered } from './policies';
import { lasting, leading, portable } from './routes';
import * as wiring from './wiring';

/** Rules for every rendering. A rule returns its violations as text. */
export const rules: Record<string, (objects: KubeObject[]) => string[]> = {
  ...pods,
  ...wiring,
  addressed,
  durable,
  serving,
  covered,
  lasting,
  leading,
  portable,
};
