import type { ErrorRequestHandler, RequestHandler } from "express";
import { ApiError } from "../utils/errors.js";

export const notFound: RequestHandler = () => {
  throw new ApiError("NOT_FOUND");
};

/** Answers every failure in one shape; what is not meant for callers is logged only. */
export const answerError: ErrorRequestHandler = (error, _req, res, next) => {
  if (res.headersSent) {
    next(error);
    return;
  }
  const answer = toApiError(error);
  if (answer.code === "INTERNAL") res.locals.failure = error;
  if (answer.code === "UNAUTHENTICATED") res.set("WWW-Authenticate", "Bearer");
  if (answer.code === "UNAVAILABLE") res.set("Retry-After", "1");
  res.status(answer.status).json(answer);
};

function toApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  // The body reader's own failures carry a status.
  switch (statusOf(error)) {
    case 400:
      return new ApiError("MALFORMED_REQUEST");
    case 413:
      return new ApiError("PAYLOAD_TOO_LARGE");
    case 415:
      return new ApiError("UNSUPPORTED_MEDIA_TYPE");
    default:
      return new ApiError("INTERNAL");
  }
}

function statusOf(error: unknown): unknown {
  return error instanceof Error && "status" in error ? error.status : undefined;
}
