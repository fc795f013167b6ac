import type { Request } from "express";
import type { z } from "zod";
import { noParameters } from "../schemas/list-query.js";
import { validate } from "../schemas/validate.js";
import { ApiError } from "./errors.js";
import { parseObject } from "./json.js";
import { parseQuery } from "./query.js";

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** The id in the path; what is no id names no row. */
export function rowId(req: Request): string {
  const id = String(req.params.id).toLowerCase();
  if (!uuid.test(id)) throw new ApiError("NOT_FOUND");
  return id;
}

/** The query, as `schema` reads it. */
export function readQuery<S extends z.ZodType>(
  schema: S,
  req: Request,
): z.output<S> {
  return validate(schema, parseQuery(req.originalUrl), "repeated");
}

/** The body, as `schema` reads it; such an operation takes no query. */
export function readBody<S extends z.ZodType>(
  schema: S,
  req: Request,
): z.output<S> {
  readQuery(noParameters, req);
  return validate(schema, parseObject(req.body));
}
