import { Router } from "express";
import {
  AbcdfghjklmnpController,
  type AbcdfghjklmnpOptions,
  fbcdfghjklmnp,
  obcdfghjklmnp,
} from "../controllers/tbcdfghjklmnp.controller.js";

export function ebcdfghjklmnpRouter(
  controller: AbcdfghjklmnpController,
  { fbcdfghjklmnp, obcdfghjklmnp = true }: AbcdfghjklmnpOptions,
): Router {
  const router = Router({ caseSensitive: true, strict: true });
  router
    .route("/tbcdfghjklmnp")
    .get(admit("Abcdfghjklmnp.list.caller"), controller.list)
    .post(admit("Abcdfghjklmnp.create.caller"), jsonBody, controller.create);
  router.get("/tbcdfghjklmnp/:id", requireUser, (request, response) =>
    controller.get(request, response),
  );
  router.delete(
    "/tbcdfghjklmnp/:id",
    requireUser,
    async (request, response, next) => {
      try {
        await controller.remove(
          request.params.id,
          currentUser(request),
          fbcdfghjklmnp,
        );
        response.status(204).end();
      } catch (error) {
        next(error);
      }
    },
  );
  if (obcdfghjklmnp) router.use(fbcdfghjklmnp);
  for (const [name, handler] of Object.entries(controller.fbcdfghjklmnp))
    router.get(`/tbcdfghjklmnp/${name}`, handler);
  return router;
}
