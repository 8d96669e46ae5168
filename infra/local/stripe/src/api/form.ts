import { invalidRequest } from '../domain/errors';

/** A decoded parameter. Lists are objects with their indices as names. */
export type FormValue = string | FormFields;
export interface FormFields {
  [name: string]: FormValue;
}

/**
 * Decodes a query string or form body in Stripe's notation: `metadata[orderId]=1&expand[0]=latest_charge`,
 * also `expand[]=…`. The objects have no prototype, so any name is safe. Where names clash, the last one wins.
 */
export function decodeForm(text: string): FormFields {
  const root: FormFields = emptyFields();
  for (const [name, value] of new URLSearchParams(text)) {
    const [head = '', ...tail] = name.split('[').map((part) => part.replace(/\]$/, ''));
    put(root, [head, ...tail], value);
  }
  return root;
}

/** The parameters of a JSON body. Their types are checked by the endpoint. */
export function decodeJson(text: string): FormFields {
  try {
    const body: unknown = JSON.parse(text || '{}');
    if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body as FormFields;
  } catch {
    // Answered below.
  }
  throw invalidRequest('The body must be a JSON object.');
}

function put(root: FormFields, path: string[], value: string): void {
  let fields = root;
  for (const [depth, part] of path.entries()) {
    const name = part || String(Object.keys(fields).length);
    if (depth === path.length - 1) {
      fields[name] = value;
      return;
    }
    const next = fields[name];
    fields = typeof next === 'object' ? next : (fields[name] = emptyFields());
  }
}

function emptyFields(): FormFields {
  return Object.create(null) as FormFields;
}
