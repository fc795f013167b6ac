import { Router } from "express";
import {
  AbcdfghjklmnpqrstvwxzbcdfController,
  type AbcdfghjklmnpqrstvwxzbcdfOptions,
  fbcdfghjklmnpqrstvwxzbcdf,
  obcdfghjklmnpqrstvwxzbcdf,
} from "../controllers/tbcdfghjklmnpqrstvwxzbcdf.controller.js";

export function ebcdfghjklmnpqrstvwxzbcdfRouter(
  controller: AbcdfghjklmnpqrstvwxzbcdfController,
  {
    fbcdfghjklmnpqrstvwxzbcdf,
    obcdfghjklmnpqrstvwxzbcdf = true,
  }: AbcdfghjklmnpqrstvwxzbcdfOptions,
): Router {
  const router = Router({ caseSensitive: true, strict: true });
  router
    .route("/tbcdfghjklmnpqrstvwxzbcdf")
    .get(admit("Abcdfghjklmnpqrstvwxzbcdf.list.caller"), controller.list)
    .post(
      admit("Abcdfghjklmnpqrstvwxzbcdf.create.caller"),
      jsonBody,
      controller.create,
    );
  router.get(
    "/tbcdfghjklmnpqrstvwxzbcdf/:id",
    requireUser,
    (request, response) => controller.get(request, response),
  );
  router.delete(
    "/tbcdfghjklmnpqrstvwxzbcdf/:id",
    requireUser,
    async (request, response, next) => {
      try {
        await controller.remove(
          request.params.id,
          currentUser(request),
          fbcdfghjklmnpqrstvwxzbcdf,
        );
        response.status(204).end();
      } catch (error) {
        next(error);
      }
    },
  );
  if (obcdfghjklmnpqrstvwxzbcdf) router.use(fbcdfghjklmnpqrstvwxzbcdf);
  for (const [name, handler] of Object.entries(
    controller.fbcdfghjklmnpqrstvwxzbcdf,
  ))
    router.get(`/tbcdfghjklmnpqrstvwxzbcdf/${name}`, handler);
  return router;
}
