// Debian's chromium, as the tests and the pictures of the README need it: it does nothing by
// itself, and asks nobody.

import { chromium } from "playwright-core";

const { CHROMIUM = "/usr/bin/chromium" } = process.env;

export const launch = (...more) =>
  chromium.launch({
    executablePath: CHROMIUM,
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync", ...more],
  });
