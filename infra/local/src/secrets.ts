import fs from 'node:fs';
import path from 'node:path';
import type { Stack } from './stack';

/** A secret generated for a stack, by its name in `store/secrets`. */
export const secretOf = ({ data }: Stack, name: string) =>
  fs.readFileSync(path.join(data, 'store/secrets', name), 'utf8');

/** The URI of one of a stack's databases, with all privileges: measurements read all of them. */
export const operatorUri = (stack: Stack, part: string, database = '') =>
  `mongodb://__system:${secretOf(stack, 'mongo-key')}@127.0.0.1:${stack.part(part).port}/${database}` +
  '?directConnection=true&authSource=local&authMechanism=SCRAM-SHA-256';
