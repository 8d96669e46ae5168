/** The parts of an OpenAPI document shown on the developer page. */

interface Schema {
  type?: string | string[];
  enum?: unknown[];
  properties?: Record<string, Schema>;
  required?: string[];
}

export interface Parameter {
  name: string;
  in: 'path' | 'query';
  description?: string;
}

export interface ApiOperation {
  method: string;
  path: string;
  summary: string;
  isPrivate: boolean;
  parameters: Parameter[];
  /** An initial body with the required fields. */
  example?: string;
  responses: { status: string; description: string }[];
}

interface Described {
  summary: string;
  security?: unknown[];
  parameters: Parameter[];
  /** Part of a file, which is not JSON. */
  requestBody?: { content: { 'application/json'?: { schema: Schema } } };
  responses: Record<string, { description: string }>;
}

function exampleOf({ type, enum: options }: Schema): unknown {
  if (options) return options[0];
  return [type].flat()[0] === 'string' ? '' : 0;
}

function bodyOf({ properties = {}, required = [] }: Schema): string {
  const fields = Object.entries(properties).filter(([name]) => required.includes(name));
  return JSON.stringify(Object.fromEntries(fields.map(([name, schema]) => [name, exampleOf(schema)])), null, 2);
}

/** The operations of a document made by `describeApi`. */
export const operationsOf = (document: Record<string, unknown>): ApiOperation[] =>
  Object.entries(document.paths as Record<string, Record<string, Described>>).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { summary, security, parameters, requestBody, responses }]) => {
      const json = requestBody?.content['application/json'];
      return {
        method: method.toUpperCase(),
        path,
        summary,
        isPrivate: security !== undefined,
        parameters,
        example: json && bodyOf(json.schema),
        responses: Object.entries(responses).map(([status, { description }]) => ({ status, description })),
      };
    }),
  );

/** A request's URL, with its parameters filled in. */
export function addressOf(path: string, parameters: Parameter[], values: Record<string, string>): string {
  const query = new URLSearchParams();
  let address = path;
  for (const { name, in: where } of parameters) {
    const value = values[name] ?? '';
    if (where === 'path') address = address.replace(`{${name}}`, encodeURIComponent(value));
    else if (value) query.set(name, value);
  }
  return query.size ? `${address}?${query.toString()}` : address;
}
