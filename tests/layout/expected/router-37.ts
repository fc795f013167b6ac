import { Router } from "express";
import {
  AbcdfghjklmnpqrstvwxzbcdfghjklmnpqrstController,
  type AbcdfghjklmnpqrstvwxzbcdfghjklmnpqrstOptions,
  fbcdfghjklmnpqrstvwxzbcdfghjklmnpqrst,
  obcdfghjklmnpqrstvwxzbcdfghjklmnpqrst,
} from "../controllers/tbcdfghjklmnpqrstvwxzbcdfghjklmnpqrst.controller.js";

export function ebcdfghjklmnpqrstvwxzbcdfghjklmnpqrstRouter(
  controller: AbcdfghjklmnpqrstvwxzbcdfghjklmnpqrstController,
  {
    fbcdfghjklmnpqrstvwxzbcdfghjklmnpqrst,
    obcdfghjklmnpqrstvwxzbcdfghjklmnpqrst = true,
  }: AbcdfghjklmnpqrstvwxzbcdfghjklmnpqrstOptions,
): Router {
  const router = Router({ caseSensitive: true, strict: true });
  router
    .route("/tbcdfghjklmnpqrstvwxzbcdfghjklmnpqrst")
    .get(
      admit("Abcdfghjklmnpqrstvwxzbcdfghjklmnpqrst.list.caller"),
      controller.list,
    )
    .post(
      admit("Abcdfghjklmnpqrstvwxzbcdfghjklmnpqrst.create.caller"),
      jsonBody,
      controller.create,
    );
  router.get(
    "/tbcdfghjklmnpqrstvwxzbcdfghjklmnpqrst/:id",
    requireUser,
    (request, response) => controller.get(request, response),
  );
  router.delete(
    "/tbcdfghjklmnpqrstvwxzbcdfghjklmnpqrst/:id",
    requireUser,
    async (request, response, next) => {
      try {
        await controller.remove(
          request.params.id,
          currentUser(request),
          fbcdfghjklmnpqrstvwxzbcdfghjklmnpqrst,
        );
        response.status(204).end();
      } catch (error) {
        next(error);
      }
    },
  );
  if (obcdfghjklmnpqrstvwxzbcdfghjklmnpqrst)
    router.use(fbcdfghjklmnpqrstvwxzbcdfghjklmnpqrst);
  for (const [name, handler] of Object.entries(
    controller.fbcdfghjklmnpqrstvwxzbcdfghjklmnpqrst,
  ))
    router.get(`/tbcdfghjklmnpqrstvwxzbcdfghjklmnpqrst/${name}`, handler);
  return router;
}
