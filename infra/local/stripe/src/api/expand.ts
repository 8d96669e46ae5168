import { invalidRequest } from '../domain/errors';
import type { StripeObject } from '../domain/objects';
import type { FormFields } from './form';

/** Replaces the ids that `expand` names with their objects (Stripe docs: "Expanding responses"), one level deep. */
export function expand(
  body: object,
  fields: FormFields[string] | undefined,
  find: (id: string) => StripeObject | undefined,
): object {
  if (typeof fields !== 'object') return body;
  const names = Object.values(fields).filter((field) => typeof field === 'string');
  return names.reduce((result, field) => expandOne(result, field, find), body);
}

function expandOne(body: object, field: string, find: (id: string) => StripeObject | undefined): object {
  if ('data' in body && Array.isArray(body.data)) {
    const inner = field.replace(/^data\./, '');
    return { ...body, data: body.data.map((item: object) => expandOne(item, inner, find)) };
  }
  const entry = Object.entries(body).find(([name]) => name === field);
  if (!entry) throw invalidRequest(`This property cannot be expanded (${field}).`, { param: 'expand' });
  const id: unknown = entry[1];
  return typeof id === 'string' ? { ...body, [field]: find(id) ?? id } : body;
}
