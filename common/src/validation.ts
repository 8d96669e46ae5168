import type { Request, RequestHandler } from 'express';
import { body, param, validationResult, type Meta, type ValidationChain } from 'express-validator';
import type { z } from 'zod';
import { id, type Problem, type RefusalCode, type RefusalParams } from './contract';
import { replyErrors, toItem } from './replies';

/** What a schema made of each body. */
const results = new WeakMap<z.ZodObject, WeakMap<object, z.ZodSafeParseResult<unknown>>>();

function resultOf<S extends z.ZodObject>(
  schema: S,
  { body = {} }: { body?: object },
): z.ZodSafeParseResult<z.output<S>> {
  const known = results.get(schema) ?? new WeakMap<object, z.ZodSafeParseResult<unknown>>();
  results.set(schema, known);
  const result = known.get(body) ?? schema.safeParse(Array.isArray(body) ? {} : body);
  known.set(body, result);
  return result as z.ZodSafeParseResult<z.output<S>>;
}

/** What a schema finds wrong with a field. */
function problemOf({ error }: z.ZodSafeParseResult<unknown>, field: string): Problem | undefined {
  const issue = error?.issues.find(({ path }) => path[0] === field);
  if (!issue) return undefined;
  return {
    code: issue.message as RefusalCode,
    params: 'params' in issue ? (issue.params as RefusalParams) : undefined,
  };
}

/** Refuses a body that its schema (see `field`) finds wrong, with what is wrong with each field. */
export const validateBody = (schema: z.ZodObject): RequestHandler =>
  validate(
    ...Object.keys(schema.shape).map((field) =>
      body(field, (_value: unknown, { req }: Meta) => problemOf(resultOf(schema, req), field)).custom(
        (_value: unknown, { req }: Meta) => !problemOf(resultOf(schema, req), field),
      ),
    ),
  );

/** A body that `validateBody` has let pass, as its schema reads it. */
export function readBody<S extends z.ZodObject>(schema: S, req: Request): z.output<S> {
  const { data, error } = resultOf(schema, req);
  if (error) throw error;
  return data;
}

/** Refuses a path whose `:id` (or another parameter) is not the id of a document. */
export const validateId = (name = 'id'): RequestHandler => {
  const problem: Problem = { code: 'id-malformed', params: { field: name } };
  return validate(param(name, problem).custom((value) => id(name).safeParse(value).success));
};

/** The id in a path, in lower case. */
export const idOf = (req: Request, name = 'id'): string => String(req.params[name]).toLowerCase();

/** Runs validators, whose messages are Problems, and refuses with all that they find, one a field. */
export const validate =
  (...chains: ValidationChain[]): RequestHandler =>
  async (req, res, next) => {
    for (const chain of chains) await chain.run(req);
    const errors = validationResult(req).array({ onlyFirstError: true });
    if (errors.length === 0) return next();
    const items = errors.map((error) => toItem(error.msg as Problem, error.type === 'field' ? error.path : undefined));
    replyErrors(res, 400, items);
  };
