// Bundles the page, its worker and its style sheet into `gen/`, where Trunk picks them up.
import { rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const release = process.env.TRUNK_PROFILE !== "debug";

const shared = {
  absWorkingDir: here,
  outdir: join(here, "gen"),
  bundle: true,
  format: "esm",
  target: ["chrome120", "firefox121", "safari17.4"],
  minify: release,
  sourcemap: release ? false : "inline",
  legalComments: "none",
  logLevel: "warning",
};

await rm(join(here, "gen", "fonts"), { recursive: true, force: true });
await Promise.all([
  build({ ...shared, entryPoints: { main: "src/main.ts" } }),
  // The core is made by wasm-bindgen after this step, beside the worker.
  build({ ...shared, entryPoints: { worker: "src/core/worker.ts" }, external: ["./backsmith.js"] }),
  build({ ...shared, entryPoints: { sw: "src/sw.ts" } }),
  // Used by `publish.mjs`, not by the page.
  build({
    ...shared,
    entryPoints: { opening: "src/opening/render.ts" },
    platform: "node",
    outExtension: { ".js": ".mjs" },
  }),
  build({
    ...shared,
    entryPoints: { style: "src/style/page.css" },
    loader: { ".woff2": "file" },
    assetNames: "fonts/[name]-[hash]",
  }),
]);
