// The only script addresses that the page's policy lets through.

interface ScriptPolicy {
  createScriptURL(address: string): string;
}
type TrustedTypes = {
  createPolicy(name: string, rules: ScriptPolicy): ScriptPolicy;
};

const WORKER = addressIn("worker");
const SERVICE_WORKER = addressIn("service-worker");

function addressIn(name: string): string {
  const meta = document.querySelector<HTMLMetaElement>(`meta[name="backsmith:${name}"]`);
  return new URL(meta?.content ?? "", document.baseURI).href;
}

const { trustedTypes } = window as { trustedTypes?: TrustedTypes };
const policy = trustedTypes?.createPolicy("backsmith", {
  createScriptURL: (candidate) => {
    if (candidate !== WORKER && candidate !== SERVICE_WORKER) {
      throw new TypeError("The page starts no script but its own workers.");
    }
    return candidate;
  },
});

/** The core's worker. */
export function workerAddress(): string {
  return policy?.createScriptURL(WORKER) ?? WORKER;
}

/** The worker that keeps the page at hand without a connection. */
export function serviceWorkerAddress(): string {
  return policy?.createScriptURL(SERVICE_WORKER) ?? SERVICE_WORKER;
}
