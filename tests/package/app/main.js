// What a page does with the package; the test calls it from outside.
import { load } from "backsmith";
import { openWorker, WorkerError } from "backsmith/worker";

const toBase64 = (bytes) => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));

globalThis.page = {
  /** The zip of a spec, made on the page's own thread and in a worker. */
  async zips(spec) {
    const worker = openWorker();
    const made = [(await load()).zip(spec), await worker.ask("zip", spec)];
    worker.close();
    return made.map(({ bytes }) => toBase64(bytes));
  },

  /** Why a question that takes too long fails, and what the next one answers. */
  async tooSlow(spec) {
    const worker = openWorker({ limit: 0 });
    const reasons = await Promise.all(
      ["zip", "zip"].map((name) => worker.ask(name, spec).catch(reasonOf)),
    );
    worker.close();
    const closed = await worker.ask("version").catch(reasonOf);
    return { reasons, closed };
  },
};

function reasonOf(error) {
  return error instanceof WorkerError ? error.reason : `unexpected: ${error}`;
}
