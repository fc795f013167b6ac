// Runs a test program that was compiled for the browser, in a browser without a driver program: the test runner
// serves its page, and the page is opened here. Cargo calls this in place of the runner, with the runner's arguments.
import { spawn } from "node:child_process";
import { launch } from "../../tests/browser/browser.mjs";

const LIMIT = 120_000;

const runner = spawn("wasm-bindgen-test-runner", process.argv.slice(2), {
  env: { ...process.env, NO_HEADLESS: "1", WASM_BINDGEN_TEST_ADDRESS: "127.0.0.1:0" },
  stdio: ["ignore", "pipe", "inherit"],
});
let browser;
try {
  const address = await addressOf(runner);
  browser = await launch();
  const page = await browser.newPage();
  await page.goto(address);
  const output = page.locator("#output");
  await output.getByText("test result:").waitFor({ timeout: LIMIT });
  const text = await output.textContent();
  console.log(text);
  process.exitCode = text.includes("test result: ok.") ? 0 : 1;
} catch (error) {
  console.error(error);
  process.exitCode = 1;
} finally {
  await browser?.close();
  runner.kill();
}

/** The runner prints the address of its page once it listens. */
function addressOf(child) {
  return new Promise((resolve, reject) => {
    let said = "";
    child.stdout.on("data", (chunk) => {
      said += chunk;
      const address = said.match(/http:\/\/[0-9.]+:[0-9]+/);
      if (address) resolve(address[0]);
    });
    child.on("error", reject);
    child.on("exit", () => reject(new Error(`the test runner ended: ${said}`)));
  });
}
