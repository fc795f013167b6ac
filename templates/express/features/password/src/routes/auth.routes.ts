import { Router } from "express";
import * as controller from "../controllers/auth.controller.js";
import { ⟦= admissions ⟧ } from "../middleware/admit.js";
import { authenticate } from "../middleware/authenticate.js";
import { endpoint } from "../middleware/endpoint.js";
import { jsonBody } from "../middleware/json-body.js";
import { loginLimits } from "../middleware/login-limit.js";
import { noStore } from "../middleware/no-store.js";

export const router = Router({ caseSensitive: true, strict: true });

// These four ignore `Authorization`: they are how one gets or ends a session.

router
  .route("/auth/register")
  .all(noStore, endpoint("POST"))
  .post(jsonBody, controller.register);

router
  .route("/auth/login")
  .all(noStore, endpoint("POST"))
  .post(jsonBody, controller.readCredentials, loginLimits, controller.logIn);

router
  .route("/auth/refresh")
  .all(noStore, endpoint("POST"))
  .post(jsonBody, controller.refresh);

router
  .route("/auth/logout")
  .all(noStore, endpoint("POST"))
  .post(jsonBody, controller.logOut);

router
  .route("/auth/me")
⟦%- if let Some(update) = update %⟧
  .all(noStore, endpoint("GET", "PATCH"), authenticate)
  .get(signedIn, controller.me)
  .patch(signedIn, ⟦= update ⟧);
⟦%- else %⟧
  .all(noStore, endpoint("GET"), authenticate)
  .get(signedIn, controller.me);
⟦%- endif %⟧

router
  .route("/auth/change-password")
  .all(noStore, endpoint("POST"), authenticate)
  .post(signedIn, jsonBody, controller.checkPasswordChange, loginLimits, controller.changePassword);
