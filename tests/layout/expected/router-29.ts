import { Router } from "express";
import {
  AbcdfghjklmnpqrstvwxzbcdfghjkController,
  type AbcdfghjklmnpqrstvwxzbcdfghjkOptions,
  fbcdfghjklmnpqrstvwxzbcdfghjk,
  obcdfghjklmnpqrstvwxzbcdfghjk,
} from "../controllers/tbcdfghjklmnpqrstvwxzbcdfghjk.controller.js";

export function ebcdfghjklmnpqrstvwxzbcdfghjkRouter(
  controller: AbcdfghjklmnpqrstvwxzbcdfghjkController,
  {
    fbcdfghjklmnpqrstvwxzbcdfghjk,
    obcdfghjklmnpqrstvwxzbcdfghjk = true,
  }: AbcdfghjklmnpqrstvwxzbcdfghjkOptions,
): Router {
  const router = Router({ caseSensitive: true, strict: true });
  router
    .route("/tbcdfghjklmnpqrstvwxzbcdfghjk")
    .get(admit("Abcdfghjklmnpqrstvwxzbcdfghjk.list.caller"), controller.list)
    .post(
      admit("Abcdfghjklmnpqrstvwxzbcdfghjk.create.caller"),
      jsonBody,
      controller.create,
    );
  router.get(
    "/tbcdfghjklmnpqrstvwxzbcdfghjk/:id",
    requireUser,
    (request, response) => controller.get(request, response),
  );
  router.delete(
    "/tbcdfghjklmnpqrstvwxzbcdfghjk/:id",
    requireUser,
    async (request, response, next) => {
      try {
        await controller.remove(
          request.params.id,
          currentUser(request),
          fbcdfghjklmnpqrstvwxzbcdfghjk,
        );
        response.status(204).end();
      } catch (error) {
        next(error);
      }
    },
  );
  if (obcdfghjklmnpqrstvwxzbcdfghjk) router.use(fbcdfghjklmnpqrstvwxzbcdfghjk);
  for (const [name, handler] of Object.entries(
    controller.fbcdfghjklmnpqrstvwxzbcdfghjk,
  ))
    router.get(`/tbcdfghjklmnpqrstvwxzbcdfghjk/${name}`, handler);
  return router;
}
