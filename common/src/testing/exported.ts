import mongoose from 'mongoose';
import type { ExportPart } from '../exporting';

/** Technical fields of every aggregate. */
const TECHNICAL = ['_id', 'version', 'outbox'];

/**
 * The fields of a service's collections that are neither exported nor left out for a reason; empty if complete.
 * @param nobodys collections that name nobody, or whose content is exported elsewhere, each with the reason
 */
export function unexported(parts: readonly ExportPart[], nobodys: Readonly<Record<string, string>>): string[] {
  const known = new Set([...parts.flatMap(({ model }) => model?.collection.name ?? []), ...Object.keys(nobodys)]);
  return Object.values(mongoose.models).flatMap((model) => {
    const { name } = model.collection;
    if (!known.has(name)) return [name];
    if (name in nobodys) return [];
    const fields = parts
      .filter((part) => part.model?.collection.name === name)
      .flatMap(({ shown = [], left = {} }) => [...shown, ...Object.keys(left)]);
    return Object.keys(model.schema.paths)
      .filter((path) => !TECHNICAL.includes(path))
      .filter((path) => !fields.some((field) => field === path || field.startsWith(`${path}.`)))
      .map((path) => `${name}.${path}`);
  });
}
