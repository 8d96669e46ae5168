import { z } from 'zod';
import { ErrorBody, PaymentBody, TicketBody, UserBody } from './api';
import { refusals, type RefusalCode } from './refusals';
import { apiRoutes, codesOf, type ApiRoute } from './routes';
import { OrderBody, PassBody, SaleBody } from './sales';

export { apiRoutes, type ApiRoute };

type Json = Record<string, unknown>;

const components = {
  Error: ErrorBody,
  Order: OrderBody,
  Pass: PassBody,
  Payment: PaymentBody,
  Sale: SaleBody,
  Ticket: TicketBody,
  User: UserBody,
};
const nameOf = (schema: z.ZodType) => Object.entries(components).find(([, known]) => known === schema)?.[0];

/** A schema as JSON Schema, without the dialect implied by OpenAPI 3.1. */
function jsonOf(schema: z.ZodType, io: 'input' | 'output'): Json {
  const json: Json = z.toJSONSchema(schema, { io });
  delete json.$schema;
  return json;
}

function answerOf(schema: z.ZodType): Json {
  const name = nameOf(schema);
  if (name) return { $ref: `#/components/schemas/${name}` };
  if (schema instanceof z.ZodArray) return { type: 'array', items: answerOf(schema.element as z.ZodType) };
  return jsonOf(schema, 'output');
}

/** The input of a body's schema. A field is required if omitting it is an error. */
function inputOf(schema: z.ZodObject): Json {
  const required = Object.entries(schema.shape as Record<string, z.ZodType>)
    .filter(([, field]) => !field.safeParse(undefined).success)
    .map(([name]) => name);
  return { ...jsonOf(schema, 'input'), required };
}

const bytes = { schema: { type: 'string', format: 'binary' } };
const files = ({ files = [] }: ApiRoute): Json => Object.fromEntries(files.map((type) => [type, bytes]));
const json = (schema: Json): Json => ({ 'application/json': { schema } });

/** Path parameters that are not ids. */
const shapes: Record<string, Json> = { pass: { type: 'string' }, part: { type: 'integer', minimum: 0 } };

function parametersOf({ path, query = {} }: ApiRoute): Json[] {
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => ({
    name,
    in: 'path',
    required: true,
    schema: shapes[name] ?? { type: 'string', pattern: '^[0-9a-fA-F]{24}$' },
  }));
  const asked = Object.entries(query).map(([name, schema]) => {
    const { description, ...shape } = jsonOf(schema, 'input');
    return { name, in: 'query', ...(description ? { description } : {}), schema: shape };
  });
  return [...inPath, ...asked];
}

/** A route's error codes by status. */
function refusalsOf(route: ApiRoute): [status: number, codes: RefusalCode[]][] {
  const codes = [...new Set(codesOf(route))].sort();
  const statuses = [...new Set(codes.map((code) => refusals[code].status))].sort((one, other) => one - other);
  return statuses.map((status) => [status, codes.filter((code) => refusals[code].status === status)]);
}

function responsesOf(route: ApiRoute): Json {
  const successes = Object.entries(route.answers).map(([status, body]) => {
    const described = { description: body === null ? 'Done' : route.summary };
    if (body === null) return [status, described];
    if (body === 'stream') return [status, { ...described, content: { 'text/event-stream': {} } }];
    const link = { Link: { description: 'The next page, with rel="next"', schema: { type: 'string' } } };
    return [
      status,
      { ...described, ...(route.isPaged && { headers: link }), content: { ...json(answerOf(body)), ...files(route) } },
    ];
  });
  const failures = refusalsOf(route).map(([status, codes]) => [
    status,
    {
      description: codes.map((code) => `\`${code}\`: ${refusals[code].message}`).join('\n\n'),
      content: json({ $ref: '#/components/schemas/Error' }),
    },
  ]);
  return Object.fromEntries([...successes, ...failures]) as Json;
}

function operationOf(route: ApiRoute): Json {
  const [, , tag] = route.path.split('/');
  return {
    summary: route.summary,
    tags: [tag],
    ...(route.isPrivate && { security: [{ session: [] }] }),
    parameters: parametersOf(route),
    ...(route.body && { requestBody: { required: true, content: json(inputOf(route.body)) } }),
    ...(route.isBinary && { requestBody: { required: true, content: { 'application/octet-stream': bytes } } }),
    responses: responsesOf(route),
  };
}

/** The HTTP API as an OpenAPI 3.1 document. */
export function describeApi(): Json {
  const paths: Record<string, Json> = {};
  for (const route of apiRoutes) paths[route.path] = { ...paths[route.path], [route.method]: operationOf(route) };
  return {
    openapi: '3.1.0',
    info: {
      title: 'Ticketing',
      version: '1.0.0',
      description:
        'A marketplace for event tickets. Prices are decimal numbers of major units; times are ISO 8601 in UTC.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/' }],
    paths,
    components: {
      schemas: Object.fromEntries(Object.entries(components).map(([name, schema]) => [name, jsonOf(schema, 'output')])),
      securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: 'session' } },
    },
  };
}
