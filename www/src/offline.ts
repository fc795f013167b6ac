// Asks the browser to keep the page for the next time, also without a connection.

interface Connection {
  saveData?: boolean;
}

/** Registers the service worker once the page has nothing better to do, unless data is to be saved. */
export function keepForOffline(address: string): void {
  const { connection } = navigator as { connection?: Connection };
  if (!("serviceWorker" in navigator) || connection?.saveData) {
    return;
  }
  const register = (): void => {
    // Without it the page works all the same, as long as there is a connection.
    navigator.serviceWorker.register(address).catch(() => undefined);
  };
  if ("requestIdleCallback" in window) {
    requestIdleCallback(register, { timeout: 5000 });
  } else {
    setTimeout(register, 1000);
  }
}
