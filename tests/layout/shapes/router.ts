import { Router } from "express";
import { ⟦= n.class ⟧Controller, type ⟦= n.class ⟧Options, ⟦= n.field ⟧, ⟦= n.other ⟧ } from "../controllers/⟦= n.table ⟧.controller.js";

export function ⟦= n.entity ⟧Router(controller: ⟦= n.class ⟧Controller, { ⟦= n.field ⟧, ⟦= n.other ⟧ = true }: ⟦= n.class ⟧Options): Router {
  const router = Router({ caseSensitive: true, strict: true });
  router.route("/⟦= n.table ⟧").get(admit("⟦= n.class ⟧.list.caller"), controller.list).post(admit("⟦= n.class ⟧.create.caller"), jsonBody, controller.create);
  router.get("/⟦= n.table ⟧/:id", requireUser, (request, response) => controller.get(request, response));
  router.delete("/⟦= n.table ⟧/:id", requireUser, async (request, response, next) => {
    try { await controller.remove(request.params.id, currentUser(request), ⟦= n.field ⟧); response.status(204).end(); } catch (error) { next(error); }
  });
  if (⟦= n.other ⟧) router.use(⟦= n.field ⟧);
  for (const [name, handler] of Object.entries(controller.⟦= n.field ⟧)) router.get(`/⟦= n.table ⟧/${name}`, handler);
  return router;
}
