import assert from "node:assert/strict";
import { test } from "node:test";
import { CoreError, openCore } from "../src/core/client.js";
import type { Reply, Request } from "../src/core/protocol.js";

/** A worker that notes what it is asked, and answers when it is told to. */
class FakeWorker extends EventTarget {
  readonly requests: Request[] = [];
  ended = false;

  postMessage(request: Request): void {
    this.requests.push(request);
  }

  terminate(): void {
    this.ended = true;
  }

  say(data: Reply): void {
    this.dispatchEvent(Object.assign(new Event("message"), { data }));
  }

  answerLast(answer: unknown): void {
    const id = this.requests.at(-1)?.id ?? 0;
    this.say({ kind: "answer", id, answer } as Reply);
  }
}

function openFake(limit?: number) {
  const workers: FakeWorker[] = [];
  const core = openCore(() => {
    const worker = new FakeWorker();
    workers.push(worker);
    return worker as unknown as Worker;
  }, limit);
  const last = (): FakeWorker => workers.at(-1) ?? assert.fail("no worker was started");
  const generate = (spec: string) =>
    core.ask("generate", { spec, held: null, comparison: { round: 0, olderIs: "itself" } });
  return { core, workers, last, generate };
}

const nothing = { diagnostics: [], update: null };

test("questions wait until the worker is ready, and go one at a time", async () => {
  const { core, last, generate } = openFake();
  const first = generate("a");
  const second = core.ask("zip", { spec: "a" });
  assert.deepEqual(last().requests, []);
  last().say({ kind: "ready" });
  assert.equal(last().requests.length, 1);
  last().answerLast(nothing);
  assert.equal(last().requests.length, 2);
  last().answerLast(null);
  assert.deepEqual((await first)?.answer, nothing);
  assert.equal((await second)?.answer, null);
});

test("of specs only the newest is answered, and those in between are never sent", async () => {
  const { last, generate } = openFake();
  const answers = [generate("a"), generate("b")];
  last().say({ kind: "ready" });
  answers.push(generate("c"), generate("d"));
  last().answerLast(nothing);
  last().answerLast(nothing);
  const specs = last().requests.map(({ question }) => (question as { spec: string }).spec);
  assert.deepEqual(specs, ["b", "d"]);
  const settled = await Promise.all(answers);
  assert.deepEqual(
    settled.map((answered) => answered !== null),
    [false, false, false, true],
  );
});

test("a question that takes too long ends the worker, and the next gets a new one", async () => {
  const { workers, last, generate } = openFake(20);
  const slow = generate("slow");
  last().say({ kind: "ready" });
  await assert.rejects(slow, (error) => error instanceof CoreError && error.reason === "slow");
  assert.ok(workers[0]?.ended);
  const next = generate("next");
  assert.equal(workers.length, 2);
  last().say({ kind: "ready" });
  // The old worker's late answer must not be taken for the new one's.
  workers[0]?.answerLast("stale");
  last().answerLast(nothing);
  assert.deepEqual((await next)?.answer, nothing);
});

test("a bug ends the worker as well", async () => {
  const { workers, last, generate } = openFake();
  const asked = generate("a");
  last().say({ kind: "ready" });
  last().say({ kind: "bug", id: 1, message: "unreachable" });
  await assert.rejects(asked, (error) => error instanceof CoreError && error.reason === "bug");
  assert.ok(workers[0]?.ended);
});

test("a core that cannot be loaded fails every question, and is tried again at the next", async () => {
  const { core, workers, last, generate } = openFake();
  const asked = [generate("a"), core.ask("zip", { spec: "a" })];
  last().say({ kind: "unloadable", message: "offline" });
  for (const question of asked) {
    await assert.rejects(question, (error) => (error as CoreError).reason === "unloadable");
  }
  const again = generate("b");
  assert.equal(workers.length, 2);
  last().say({ kind: "ready" });
  last().answerLast(nothing);
  assert.ok(await again);
});
