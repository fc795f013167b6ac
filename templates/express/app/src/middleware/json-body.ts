import { MIMEType } from "node:util";
import express, { type RequestHandler } from "express";
import { maxBodyBytes } from "../config/limits.js";
import { ApiError } from "../utils/errors.js";

const requireJson: RequestHandler = (req, _res, next) => {
  if (!isJson(req.get("Content-Type") ?? "")) {
    throw new ApiError("UNSUPPORTED_MEDIA_TYPE");
  }
  next();
};

function isJson(contentType: string): boolean {
  try {
    const { essence, params } = new MIMEType(contentType);
    const charset = params.get("charset") ?? "utf-8";
    return essence === "application/json" && charset.toLowerCase() === "utf-8";
  } catch {
    return false;
  }
}

/** Reads the bytes of a JSON body; `readBody` makes sense of them. */
export const jsonBody: RequestHandler[] = [
  requireJson,
  express.raw({ type: () => true, limit: maxBodyBytes, inflate: false }),
];
