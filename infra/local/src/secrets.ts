import fs from 'node:fs';
import path from 'node:path';
import type { Stack } from './stack';

/** A secret that was made for a stack, by its name in `store/secrets`. */
export const secretOf = ({ data }: Stack, name: string) =>
  fs.readFileSync(path.join(data, 'store/secrets', name), 'utf8');

/** The address of a database of a stack, with all rights: measurements look into every one. */
export const operatorUri = (stack: Stack, part: string, database = '') =>
  `mongodb://__system:${secretOf(stack, 'mongo-key')}@127.0.0.1:${stack.part(part).port}/${database}` +
  '?directConnection=true&authSource=local&authMechanism=SCRAM-SHA-256';
