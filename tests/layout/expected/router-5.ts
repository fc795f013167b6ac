import { Router } from "express";
import {
  AbcdfController,
  type AbcdfOptions,
  fbcdf,
  obcdf,
} from "../controllers/tbcdf.controller.js";

export function ebcdfRouter(
  controller: AbcdfController,
  { fbcdf, obcdf = true }: AbcdfOptions,
): Router {
  const router = Router({ caseSensitive: true, strict: true });
  router
    .route("/tbcdf")
    .get(admit("Abcdf.list.caller"), controller.list)
    .post(admit("Abcdf.create.caller"), jsonBody, controller.create);
  router.get("/tbcdf/:id", requireUser, (request, response) =>
    controller.get(request, response),
  );
  router.delete("/tbcdf/:id", requireUser, async (request, response, next) => {
    try {
      await controller.remove(request.params.id, currentUser(request), fbcdf);
      response.status(204).end();
    } catch (error) {
      next(error);
    }
  });
  if (obcdf) router.use(fbcdf);
  for (const [name, handler] of Object.entries(controller.fbcdf))
    router.get(`/tbcdf/${name}`, handler);
  return router;
}
