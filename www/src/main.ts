import { openCore } from "./core/client.js";
import "./elements/app.js";
import type { App } from "./elements/app.js";
import { keepForOffline } from "./offline.js";
import { serviceWorkerAddress, workerAddress } from "./script-addresses.js";
import { startWorkbench } from "./workbench.js";

const app = document.querySelector<App>("bs-app");
if (app) {
  app.bench = startWorkbench(openCore(() => new Worker(workerAddress(), { type: "module" })));
  addEventListener("load", () => keepForOffline(serviceWorkerAddress()), { once: true });
}
