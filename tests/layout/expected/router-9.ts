import { Router } from "express";
import {
  AbcdfghjkController,
  type AbcdfghjkOptions,
  fbcdfghjk,
  obcdfghjk,
} from "../controllers/tbcdfghjk.controller.js";

export function ebcdfghjkRouter(
  controller: AbcdfghjkController,
  { fbcdfghjk, obcdfghjk = true }: AbcdfghjkOptions,
): Router {
  const router = Router({ caseSensitive: true, strict: true });
  router
    .route("/tbcdfghjk")
    .get(admit("Abcdfghjk.list.caller"), controller.list)
    .post(admit("Abcdfghjk.create.caller"), jsonBody, controller.create);
  router.get("/tbcdfghjk/:id", requireUser, (request, response) =>
    controller.get(request, response),
  );
  router.delete(
    "/tbcdfghjk/:id",
    requireUser,
    async (request, response, next) => {
      try {
        await controller.remove(
          request.params.id,
          currentUser(request),
          fbcdfghjk,
        );
        response.status(204).end();
      } catch (error) {
        next(error);
      }
    },
  );
  if (obcdfghjk) router.use(fbcdfghjk);
  for (const [name, handler] of Object.entries(controller.fbcdfghjk))
    router.get(`/tbcdfghjk/${name}`, handler);
  return router;
}
