import type { Request, Response } from "express";
import { isReady } from "../services/health.service.js";
import { ApiError } from "../utils/errors.js";

export function live(_req: Request, res: Response): void {
  res.json({ data: { status: "ok" } });
}

export async function ready(_req: Request, res: Response): Promise<void> {
  if (!(await isReady())) throw new ApiError("UNAVAILABLE");
  res.json({ data: { status: "ok" } });
}
