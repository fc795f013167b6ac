import { openCore } from "./core/client.js";
import "./elements/app.js";
import type { App } from "./elements/app.js";
import { startWorkbench } from "./workbench.js";

/** The only script address that the page's policy lets through. */
function workerAddress(): string {
  const meta = document.querySelector<HTMLMetaElement>('meta[name="backsmith:worker"]');
  return new URL(meta?.content ?? "./worker.js", document.baseURI).href;
}

interface ScriptPolicy {
  createScriptURL(address: string): string;
}
type TrustedTypes = {
  createPolicy(name: string, rules: ScriptPolicy): ScriptPolicy;
};

function spawnWorker(): Worker {
  const address = workerAddress();
  const { trustedTypes } = window as { trustedTypes?: TrustedTypes };
  scriptPolicy ??= trustedTypes?.createPolicy("backsmith", {
    createScriptURL: (candidate) => {
      if (candidate !== address) {
        throw new TypeError("The page starts no script but its own worker.");
      }
      return candidate;
    },
  });
  return new Worker(scriptPolicy?.createScriptURL(address) ?? address, { type: "module" });
}

let scriptPolicy: ScriptPolicy | undefined;
const app = document.querySelector<App>("bs-app");
if (app) {
  app.bench = startWorkbench(openCore(spawnWorker));
}
