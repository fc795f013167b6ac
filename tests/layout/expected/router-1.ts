import { Router } from "express";
import {
  AController,
  type AOptions,
  f,
  o,
} from "../controllers/t.controller.js";

export function eRouter(
  controller: AController,
  { f, o = true }: AOptions,
): Router {
  const router = Router({ caseSensitive: true, strict: true });
  router
    .route("/t")
    .get(admit("A.list.caller"), controller.list)
    .post(admit("A.create.caller"), jsonBody, controller.create);
  router.get("/t/:id", requireUser, (request, response) =>
    controller.get(request, response),
  );
  router.delete("/t/:id", requireUser, async (request, response, next) => {
    try {
      await controller.remove(request.params.id, currentUser(request), f);
      response.status(204).end();
    } catch (error) {
      next(error);
    }
  });
  if (o) router.use(f);
  for (const [name, handler] of Object.entries(controller.f))
    router.get(`/t/${name}`, handler);
  return router;
}
