// The published pages in a real browser: nothing overflows, nothing runs that came from a feed, nothing asks another host.
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const root = fileURLToPath(new URL("../..", import.meta.url));
const program = process.env.TERMWALL ?? path.join(root, "target/debug/termwall");
const work = fs.mkdtempSync(path.join(os.tmpdir(), "termwall-browser-"));
const widths = [320, 768, 1440];
const sites = {};
let browser;

// The hostile edition with its placeholders filled in, as tests/hostile.rs does.
function hostile(folder) {
  const from = path.join(root, "tests/hostile/samples");
  fs.mkdirSync(path.join(folder, "samples"), { recursive: true });
  for (const name of fs.readdirSync(from)) {
    const text = fs.readFileSync(path.join(from, name), "utf8");
    const filled = text.replaceAll("@LONG@", "W".repeat(10000)).replaceAll("@BIDI@", "\u202e\u2066\u200f");
    fs.writeFileSync(path.join(folder, "samples", name), filled);
  }
}

async function publish(name, prepare) {
  const folder = path.join(work, name);
  fs.mkdirSync(folder, { recursive: true });
  prepare?.(folder);
  const made = spawnSync(program, ["demo", "--no-serve", "--dir", folder], { encoding: "utf8" });
  assert.equal(made.status, 0, made.stdout + made.stderr);
  const out = path.join(folder, "demo/public");
  const server = spawn(program, ["serve", "--port", "0", "--out", out]);
  const address = await new Promise((resolve, reject) => {
    server.stdout.on("data", (data) => {
      const found = /http:\/\/\S+\//.exec(String(data));
      if (found) resolve(found[0]);
    });
    server.on("exit", (status) => reject(new Error(`the preview ended with ${status}`)));
  });
  sites[name] = { address, out, server };
}

function pagesOf(site, limit = Infinity) {
  const found = fs.readdirSync(site.out, { recursive: true }).filter((file) => file.endsWith(".html")).sort();
  const kinds = new Map();
  return found.filter((file) => {
    const kind = file.split("/")[0];
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
    return kinds.get(kind) <= limit;
  });
}

// Opens a page and tells what it did that it must not.
async function visit(context, site, file) {
  const faults = [];
  const page = await context.newPage();
  page.on("console", (message) => message.type() === "error" && faults.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => faults.push(`error: ${error.message}`));
  page.on("dialog", (dialog) => (faults.push(`dialog: ${dialog.message()}`), dialog.dismiss()));
  page.on("request", (request) => request.url().startsWith(site.address) || request.url().startsWith("data:") || faults.push(`asks ${request.url()}`));
  await page.goto(site.address + file.replace(/index\.html$/, ""), { waitUntil: "load" });
  return { page, faults };
}

// Pixels by which a page is too wide once its fonts are there and its layout rests: a first layout with other fonts may differ.
async function overflow(page) {
  await page.evaluate(() => document.fonts.ready);
  for (let look = 0; look < 10; look++) {
    const wide = await page.evaluate(() => document.scrollingElement.scrollWidth - document.documentElement.clientWidth);
    if (wide <= 0) return 0;
    if (look === 9) return wide;
    await page.waitForTimeout(100);
  }
}

before(async () => {
  await publish("samples");
  await publish("hostile", hostile);
  browser = await chromium.launch({
    executablePath: "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  });
});

after(async () => {
  await browser?.close();
  for (const site of Object.values(sites)) site.server.kill();
  fs.rmSync(work, { recursive: true, force: true });
});

for (const name of ["samples", "hostile"]) {
  for (const width of widths) {
    test(`no page of the ${name} edition overflows at ${width} pixels, and none does what it must not`, async () => {
      const site = sites[name];
      const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme: width === 768 ? "dark" : "light" });
      const broken = [];
      for (const file of pagesOf(site, 4)) {
        const { page, faults } = await visit(context, site, file);
        const wide = await overflow(page);
        if (wide > 0) faults.push(`${wide} pixels too wide`);
        broken.push(...faults.map((fault) => `${file}: ${fault}`));
        await page.close();
      }
      await context.close();
      assert.deepEqual(broken, []);
    });
  }
}

test("every page can be read without JavaScript, and has one h1, a title and a language", async () => {
  const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 1024, height: 768 } });
  for (const file of pagesOf(sites.samples, 4)) {
    const { page } = await visit(context, sites.samples, file);
    assert.equal(await page.locator("h1").count(), 1, `${file}: not one h1`);
    assert.notEqual((await page.title()).trim(), "", `${file}: no title`);
    assert.ok(await page.locator("html").getAttribute("lang"), `${file}: no language`);
    await page.close();
  }
  await context.close();
});

test("the evidence of a sentence opens in place, by keyboard alone", async () => {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const file = pagesOf(sites.samples).find((file) => file.startsWith("insights/") && file.split("/").length === 4);
  const { page } = await visit(context, sites.samples, file);
  const details = page.locator("details").first();
  await details.locator("summary").focus();
  await page.keyboard.press("Enter");
  assert.equal(await details.evaluate((element) => element.open), true);
  assert.ok((await details.locator("li").count()) > 0, "no evidence in it");
  await context.close();
});
