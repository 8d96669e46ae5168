import type { Request, RequestHandler } from 'express';
import { body, param, validationResult, type Meta, type ValidationChain } from 'express-validator';
import type { z } from 'zod';
import { id, Refusal, type Problem, type RefusalCode, type RefusalParams } from './contract';
import { replyErrors, toItem } from './replies';

/** The parsed body of each request. */
const results = new WeakMap<z.ZodObject, WeakMap<object, z.ZodSafeParseResult<unknown>>>();

function resultOf<S extends z.ZodObject>(
  schema: S,
  { body: sent = {} }: { body?: object },
): z.ZodSafeParseResult<z.output<S>> {
  const known = results.get(schema) ?? new WeakMap<object, z.ZodSafeParseResult<unknown>>();
  results.set(schema, known);
  const result = known.get(sent) ?? schema.safeParse(sent);
  known.set(sent, result);
  return result as z.ZodSafeParseResult<z.output<S>>;
}

/** A schema's error for a field. */
function problemOf({ error }: z.ZodSafeParseResult<unknown>, field: string): Problem | undefined {
  const issue = error?.issues.find(({ path }) => path[0] === field);
  if (!issue) return undefined;
  return {
    code: issue.message as RefusalCode,
    params: 'params' in issue ? (issue.params as RefusalParams) : undefined,
  };
}

/** Whether a request has a body that is not a JSON object. Treated as empty, it would omit all fields. */
const isOther = ({ body, headers }: Request) =>
  Array.isArray(body) ||
  (body === undefined && (headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0));

/**
 * Rejects a body that is not a JSON object or fails its schema (see `field`), with an error per field. A valid body costs
 * only its parsing, far less than a validation chain.
 */
export function validateBody(schema: z.ZodObject): RequestHandler {
  const refuse = validate(
    ...Object.keys(schema.shape).map((field) =>
      body(field, (_value: unknown, { req }: Meta) => problemOf(resultOf(schema, req), field)).custom(
        (_value: unknown, { req }: Meta) => !problemOf(resultOf(schema, req), field),
      ),
    ),
  );
  return (req, res, next) => {
    if (isOther(req)) throw new Refusal('body-not-json');
    const result = resultOf(schema, req);
    if (!result.success) return refuse(req, res, next);
    // Other fields need not be kept while the request waits.
    req.body = result.data;
    results.get(schema)?.set(result.data, result);
    next();
  };
}

/** A body accepted by `validateBody`, as parsed by its schema. */
export function readBody<S extends z.ZodObject>(schema: S, req: Request): z.output<S> {
  const { data, error } = resultOf(schema, req);
  if (error) throw error;
  return data;
}

/** Rejects a path whose `:id` (or another parameter) is not a document id. */
export const validateId = (name = 'id'): RequestHandler => {
  const problem: Problem = { code: 'id-malformed', params: { field: name } };
  return validate(param(name, problem).custom((value) => id(name).safeParse(value).success));
};

/** The id in a path, in lower case. */
export const idOf = (req: Request, name = 'id'): string => String(req.params[name]).toLowerCase();

/** Runs validators, whose messages are Problems, and refuses with every problem they find, one per field. */
export const validate =
  (...chains: ValidationChain[]): RequestHandler =>
  async (req, res, next) => {
    for (const chain of chains) await chain.run(req);
    const errors = validationResult(req).array({ onlyFirstError: true });
    if (errors.length === 0) return next();
    const items = errors.map((error) => toItem(error.msg as Problem, error.type === 'field' ? error.path : undefined));
    replyErrors(res, 400, items);
  };

/**
 * How many list items a request asks for.
 * @throws Refusal `limit-out-of-range`
 */
export function limitOf({ limit }: Request['query'], { standard, max }: { standard: number; max: number }): number {
  if (limit === undefined) return standard;
  const asked = typeof limit === 'string' && /^\d{1,3}$/.test(limit) ? Number(limit) : 0;
  if (asked >= 1 && asked <= max) return asked;
  throw new Refusal('limit-out-of-range', { field: 'limit', params: { max } });
}
