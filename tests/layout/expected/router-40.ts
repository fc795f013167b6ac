import { Router } from "express";
import {
  AbcdfghjklmnpqrstvwxzbcdfghjklmnpqrstvwxController,
  type AbcdfghjklmnpqrstvwxzbcdfghjklmnpqrstvwxOptions,
  fbcdfghjklmnpqrstvwxzbcdfghjklmnpqrstvwx,
  obcdfghjklmnpqrstvwxzbcdfghjklmnpqrstvwx,
} from "../controllers/tbcdfghjklmnpqrstvwxzbcdfghjklmnpqrstvwx.controller.js";

export function ebcdfghjklmnpqrstvwxzbcdfghjklmnpqrstvwxRouter(
  controller: AbcdfghjklmnpqrstvwxzbcdfghjklmnpqrstvwxController,
  {
    fbcdfghjklmnpqrstvwxzbcdfghjklmnpqrstvwx,
    obcdfghjklmnpqrstvwxzbcdfghjklmnpqrstvwx = true,
  }: AbcdfghjklmnpqrstvwxzbcdfghjklmnpqrstvwxOptions,
): Router {
  const router = Router({ caseSensitive: true, strict: true });
  router
    .route("/tbcdfghjklmnpqrstvwxzbcdfghjklmnpqrstvwx")
    .get(
      admit("Abcdfghjklmnpqrstvwxzbcdfghjklmnpqrstvwx.list.caller"),
      controller.list,
    )
    .post(
      admit("Abcdfghjklmnpqrstvwxzbcdfghjklmnpqrstvwx.create.caller"),
      jsonBody,
      controller.create,
    );
  router.get(
    "/tbcdfghjklmnpqrstvwxzbcdfghjklmnpqrstvwx/:id",
    requireUser,
    (request, response) => controller.get(request, response),
  );
  router.delete(
    "/tbcdfghjklmnpqrstvwxzbcdfghjklmnpqrstvwx/:id",
    requireUser,
    async (request, response, next) => {
      try {
        await controller.remove(
          request.params.id,
          currentUser(request),
          fbcdfghjklmnpqrstvwxzbcdfghjklmnpqrstvwx,
        );
        response.status(204).end();
      } catch (error) {
        next(error);
      }
    },
  );
  if (obcdfghjklmnpqrstvwxzbcdfghjklmnpqrstvwx)
    router.use(fbcdfghjklmnpqrstvwxzbcdfghjklmnpqrstvwx);
  for (const [name, handler] of Object.entries(
    controller.fbcdfghjklmnpqrstvwxzbcdfghjklmnpqrstvwx,
  ))
    router.get(`/tbcdfghjklmnpqrstvwxzbcdfghjklmnpqrstvwx/${name}`, handler);
  return router;
}
