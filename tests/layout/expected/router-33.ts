import { Router } from "express";
import {
  AbcdfghjklmnpqrstvwxzbcdfghjklmnpController,
  type AbcdfghjklmnpqrstvwxzbcdfghjklmnpOptions,
  fbcdfghjklmnpqrstvwxzbcdfghjklmnp,
  obcdfghjklmnpqrstvwxzbcdfghjklmnp,
} from "../controllers/tbcdfghjklmnpqrstvwxzbcdfghjklmnp.controller.js";

export function ebcdfghjklmnpqrstvwxzbcdfghjklmnpRouter(
  controller: AbcdfghjklmnpqrstvwxzbcdfghjklmnpController,
  {
    fbcdfghjklmnpqrstvwxzbcdfghjklmnp,
    obcdfghjklmnpqrstvwxzbcdfghjklmnp = true,
  }: AbcdfghjklmnpqrstvwxzbcdfghjklmnpOptions,
): Router {
  const router = Router({ caseSensitive: true, strict: true });
  router
    .route("/tbcdfghjklmnpqrstvwxzbcdfghjklmnp")
    .get(
      admit("Abcdfghjklmnpqrstvwxzbcdfghjklmnp.list.caller"),
      controller.list,
    )
    .post(
      admit("Abcdfghjklmnpqrstvwxzbcdfghjklmnp.create.caller"),
      jsonBody,
      controller.create,
    );
  router.get(
    "/tbcdfghjklmnpqrstvwxzbcdfghjklmnp/:id",
    requireUser,
    (request, response) => controller.get(request, response),
  );
  router.delete(
    "/tbcdfghjklmnpqrstvwxzbcdfghjklmnp/:id",
    requireUser,
    async (request, response, next) => {
      try {
        await controller.remove(
          request.params.id,
          currentUser(request),
          fbcdfghjklmnpqrstvwxzbcdfghjklmnp,
        );
        response.status(204).end();
      } catch (error) {
        next(error);
      }
    },
  );
  if (obcdfghjklmnpqrstvwxzbcdfghjklmnp)
    router.use(fbcdfghjklmnpqrstvwxzbcdfghjklmnp);
  for (const [name, handler] of Object.entries(
    controller.fbcdfghjklmnpqrstvwxzbcdfghjklmnp,
  ))
    router.get(`/tbcdfghjklmnpqrstvwxzbcdfghjklmnp/${name}`, handler);
  return router;
}
