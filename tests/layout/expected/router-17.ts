import { Router } from "express";
import {
  AbcdfghjklmnpqrstController,
  type AbcdfghjklmnpqrstOptions,
  fbcdfghjklmnpqrst,
  obcdfghjklmnpqrst,
} from "../controllers/tbcdfghjklmnpqrst.controller.js";

export function ebcdfghjklmnpqrstRouter(
  controller: AbcdfghjklmnpqrstController,
  { fbcdfghjklmnpqrst, obcdfghjklmnpqrst = true }: AbcdfghjklmnpqrstOptions,
): Router {
  const router = Router({ caseSensitive: true, strict: true });
  router
    .route("/tbcdfghjklmnpqrst")
    .get(admit("Abcdfghjklmnpqrst.list.caller"), controller.list)
    .post(
      admit("Abcdfghjklmnpqrst.create.caller"),
      jsonBody,
      controller.create,
    );
  router.get("/tbcdfghjklmnpqrst/:id", requireUser, (request, response) =>
    controller.get(request, response),
  );
  router.delete(
    "/tbcdfghjklmnpqrst/:id",
    requireUser,
    async (request, response, next) => {
      try {
        await controller.remove(
          request.params.id,
          currentUser(request),
          fbcdfghjklmnpqrst,
        );
        response.status(204).end();
      } catch (error) {
        next(error);
      }
    },
  );
  if (obcdfghjklmnpqrst) router.use(fbcdfghjklmnpqrst);
  for (const [name, handler] of Object.entries(controller.fbcdfghjklmnpqrst))
    router.get(`/tbcdfghjklmnpqrst/${name}`, handler);
  return router;
}
