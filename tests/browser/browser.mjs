// Finds a Chromium and opens pages that are watched for every kind of trouble.
import assert from "node:assert/strict";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { chromium } from "playwright-core";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/** Where Chromium is, and what it is to be started with: what CHROMIUM names, else a browser of this machine, else the
 * one from the registry. */
export async function findChromium() {
  const own = process.env.CHROMIUM || onPath();
  const { executablePath, args } = own ? { executablePath: own, args: [] } : await fromRegistry();
  return {
    executablePath,
    args: [
      ...args,
      "--no-sandbox",
      "--disable-gpu",
      "--disable-dev-shm-usage",
      "--disable-background-networking",
      "--disable-component-update",
    ],
  };
}

/** Launches Chromium. */
export async function launch() {
  return chromium.launch(await findChromium());
}

async function fromRegistry() {
  const { default: packaged } = await import("@sparticuz/chromium");
  return { executablePath: await packaged.executablePath(), args: packaged.args };
}

function onPath() {
  const folders = (process.env.PATH ?? "").split(delimiter);
  return folders.flatMap((folder) => NAMES.map((name) => join(folder, name))).find(isExecutable);
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * Opens the page in a fresh context. `finish` closes it and fails if anything went wrong meanwhile:
 * an error, a warning, a breach of the page's policy, a request that failed or went elsewhere.
 */
export async function open(browser, address, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  context.setDefaultTimeout(10_000);
  const page = await context.newPage();
  const troubles = [];
  page.on("console", (message) => troubles.push(`${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => troubles.push(`error: ${error}`));
  page.on("requestfailed", (request) => troubles.push(`failed: ${request.url()}`));
  const requests = [];
  page.on("request", (request) => {
    const url = request.url();
    requests.push(url);
    const isOwn = url.startsWith(address) || url.startsWith("data:") || url.startsWith("blob:");
    if (!isOwn || request.method() !== "GET" || new URL(url).search !== "") {
      troubles.push(`request: ${request.method()} ${url}`);
    }
  });
  await page.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) => {
      console.error(`policy: ${violatedDirective} ${blockedURI}`);
    });
  });
  const finish = async () => {
    await context.close();
    assert.deepEqual(troubles, []);
  };
  return { page, context, troubles, requests, finish };
}
