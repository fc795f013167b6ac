// How quickly the page answers: node measure.mjs --dist DIR SPEC.yaml ...
//
// A machine needs some time from a key to the screen even if nothing is computed. That is measured first, with a core
// that gives its first answer again each time, and is what the page's own time is compared with.
import { readFile } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { launch } from "./browser.mjs";
import { serve } from "./server.mjs";

const { values, positionals } = parseArgs({
  options: {
    dist: { type: "string", default: join(import.meta.dirname, "../../dist") },
    edits: { type: "string", default: "1000" },
    echoes: { type: "string", default: "200" },
  },
  allowPositionals: true,
});

const browser = await launch();
const server = await serve(resolve(values.dist));
try {
  console.log("milliseconds, median / 95 of 100     core       worker   key to screen");
  for (const path of positionals) {
    const spec = await readFile(path, "utf8");
    const name = basename(path, ".yaml");
    const echo = await measured(spec, Number(values.echoes), true);
    console.log(line(`${name} entities, echo`, echo.times));
    const whole = await measured(spec, Number(values.edits), false);
    console.log(line(`${name} entities`, whole.times));
    const over =
      share(column(whole.times, "screen"), 0.95) - share(column(echo.times, "screen"), 0.95);
    console.log(`  over the echo, 95 of 100: ${over.toFixed(1)} ms`);
    console.log(
      `  edits ${whole.times.length}, lost ${whole.lost}, tasks over 50 ms ${whole.longTasks}`,
    );
    for (const { edit, heap, core } of whole.memory) {
      console.log(`  after ${edit} edits: heap ${megabytes(heap)}, core ${megabytes(core)}`);
    }
  }
} finally {
  await browser.close();
  await server.close();
}

/** Edits a spec so many times, one key after the other has been answered. */
async function measured(spec, edits, isEcho) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  await page.addInitScript(watch);
  await page.route(/\/(backsmith|worker)-[0-9a-f]+\.js$/, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: instrumented(await response.text(), isEcho) });
  });
  await page.goto(server.address);
  await page.locator("bs-code-view .line .keyword").first().waitFor({ state: "attached" });
  await page.locator("bs-spec-pane .cm-content").click();
  await page.keyboard.press("Control+a");
  await page.keyboard.insertText(spec);
  await answered(page, spec.length);
  // What follows is a change of its own, and compared with the project as it is now.
  await page.waitForTimeout(3000);
  await page.keyboard.press("Control+Home");
  await goTo(page, spec, "title: string 1..200");

  const client = await context.newCDPSession(page);
  const memory = [];
  let lost = 0;
  await page.evaluate(() => globalThis.measures.begin());
  for (let edit = 1; edit <= edits; edit++) {
    // `1..200` becomes `1..2001` and back.
    const before = await page.evaluate(() => globalThis.measures.count());
    await page.keyboard.press(edit % 2 === 1 ? "1" : "Backspace");
    const came = page.waitForFunction((count) => globalThis.measures.count() > count, before, {
      polling: 5,
      timeout: 10_000,
    });
    lost += await came.then(
      () => 0,
      () => 1,
    );
    if (!isEcho && (edit === 100 || edit === edits)) {
      await client.send("HeapProfiler.collectGarbage");
      const { usedSize } = await client.send("Runtime.getHeapUsage");
      const core = await page.evaluate(() => globalThis.measures.core());
      memory.push({ edit, heap: usedSize, core });
    }
  }
  const { times, longTasks } = await page.evaluate(() => globalThis.measures.end());
  await context.close();
  return { times, longTasks, lost, memory };
}

/** Waits until the core has answered for what the editor holds. */
async function answered(page, length) {
  await page.waitForFunction((length) => globalThis.measures.asked() >= length, length, {
    timeout: 30_000,
  });
  await page.waitForFunction(() => globalThis.measures.isQuiet(), null, { timeout: 30_000 });
}

/** Puts the cursor behind the first of these words. */
async function goTo(page, spec, words) {
  const before = spec.slice(0, spec.indexOf(words));
  for (let line = 1; line < before.split("\n").length; line++) {
    await page.keyboard.press("ArrowDown");
  }
  await page.keyboard.press("End");
}

/** Has the worker tell how long it takes and how much memory the core has; an echo gives one answer for all specs. */
function instrumented(script, isEcho) {
  const generate = "export function update(spec) {";
  if (script.includes(generate)) {
    const body = isEcho
      ? `${generate} return (globalThis.echo ??= generateOnce(spec)); }\nfunction generateOnce(spec) {`
      : `${generate} const start = performance.now(); try { return generateNow(spec); } finally {
           globalThis.coreTime = performance.now() - start; globalThis.coreMemory = wasm.memory.buffer.byteLength; } }
         function generateNow(spec) {`;
    return script.replace(generate, body);
  }
  return `const post = globalThis.postMessage.bind(globalThis);
    globalThis.addEventListener("message", () => { globalThis.taken = performance.now(); });
    globalThis.postMessage = (message) => post({ ...message, measured: {
      worker: performance.now() - globalThis.taken, core: globalThis.coreTime ?? 0, memory: globalThis.coreMemory ?? 0 } });
    ${script}`;
}

/** Runs in the page: watches keys, the worker and the screen. */
function watch() {
  let key = 0;
  let asked = 0;
  let open = 0;
  let memory = 0;
  let times = [];
  let longTasks = 0;
  const generating = new Set();
  document.addEventListener("keydown", () => (key = performance.now()), { capture: true });
  const Plain = globalThis.Worker;
  globalThis.Worker = class extends Plain {
    constructor(...rest) {
      super(...rest);
      this.addEventListener("message", ({ data }) => {
        if (data.kind !== "answer" || !generating.delete(data.id)) {
          return;
        }
        open--;
        memory = data.measured.memory;
        const { worker, core } = data.measured;
        const of = key;
        // The page's own listeners and the elements that they change come before the next task.
        setTimeout(() => times.push({ core, worker, screen: performance.now() - of }));
      });
    }
    postMessage(message) {
      if (message.kind === "generate") {
        generating.add(message.id);
        asked = message.question.spec.length;
        open++;
      }
      super.postMessage(message);
    }
  };
  new PerformanceObserver((list) => (longTasks += list.getEntries().length)).observe({
    type: "longtask",
  });
  globalThis.measures = {
    begin() {
      times = [];
      longTasks = 0;
    },
    count: () => times.length,
    core: () => memory,
    asked: () => asked,
    isQuiet: () => open === 0,
    end: () => ({ times, longTasks }),
  };
}

function column(times, name) {
  return times.map((time) => time[name]).sort((a, b) => a - b);
}

function share(sorted, part) {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
}

function line(name, times) {
  const cells = ["core", "worker", "screen"].map((of) => {
    const sorted = column(times, of);
    return `${share(sorted, 0.5).toFixed(1)} / ${share(sorted, 0.95).toFixed(1)}`.padStart(15);
  });
  return `${name.padEnd(26)}${cells.join("")}`;
}

function megabytes(bytes) {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
