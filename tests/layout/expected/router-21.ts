import { Router } from "express";
import {
  AbcdfghjklmnpqrstvwxzController,
  type AbcdfghjklmnpqrstvwxzOptions,
  fbcdfghjklmnpqrstvwxz,
  obcdfghjklmnpqrstvwxz,
} from "../controllers/tbcdfghjklmnpqrstvwxz.controller.js";

export function ebcdfghjklmnpqrstvwxzRouter(
  controller: AbcdfghjklmnpqrstvwxzController,
  {
    fbcdfghjklmnpqrstvwxz,
    obcdfghjklmnpqrstvwxz = true,
  }: AbcdfghjklmnpqrstvwxzOptions,
): Router {
  const router = Router({ caseSensitive: true, strict: true });
  router
    .route("/tbcdfghjklmnpqrstvwxz")
    .get(admit("Abcdfghjklmnpqrstvwxz.list.caller"), controller.list)
    .post(
      admit("Abcdfghjklmnpqrstvwxz.create.caller"),
      jsonBody,
      controller.create,
    );
  router.get("/tbcdfghjklmnpqrstvwxz/:id", requireUser, (request, response) =>
    controller.get(request, response),
  );
  router.delete(
    "/tbcdfghjklmnpqrstvwxz/:id",
    requireUser,
    async (request, response, next) => {
      try {
        await controller.remove(
          request.params.id,
          currentUser(request),
          fbcdfghjklmnpqrstvwxz,
        );
        response.status(204).end();
      } catch (error) {
        next(error);
      }
    },
  );
  if (obcdfghjklmnpqrstvwxz) router.use(fbcdfghjklmnpqrstvwxz);
  for (const [name, handler] of Object.entries(
    controller.fbcdfghjklmnpqrstvwxz,
  ))
    router.get(`/tbcdfghjklmnpqrstvwxz/${name}`, handler);
  return router;
}
