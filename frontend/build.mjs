// Builds the one file that Home Assistant serves: node build.mjs [OUTFILE]
// Its first line has a hash of the sources, so that even a machine without npm can tell
// whether they changed since (scripts/rules/bundle.py).

import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build, transform } from "esbuild";
import { minify } from "terser";

const HERE = fileURLToPath(new URL(".", import.meta.url));
const BUILT = "../custom_components/flashforge/frontend/flashforge.js";
const outfile = process.argv[2] ?? join(HERE, BUILT);

const sources = readdirSync(join(HERE, "src"), { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && !entry.name.endsWith(".test.ts"))
  .map((entry) => relative(HERE, join(entry.parentPath, entry.name)).split(sep).join("/"));
const hash = createHash("sha256");
for (const path of ["build.mjs", "package-lock.json", ...sources].sort()) {
  hash.update(`${path}\0`).update(readFileSync(join(HERE, path))).update("\0");
}

/** Styles inside of the scripts: esbuild minifies scripts, but leaves what a literal holds. */
const STYLES = /\bcss`([^`]*)`/g;

async function shortened(text, path) {
  const parts = [];
  let end = 0;
  for (const { 0: whole, 1: styles, index } of text.matchAll(STYLES)) {
    // A value or an escape is no CSS until the script runs.
    if (/\$\{|\\/.test(styles)) throw new Error(`${path}: css\`…\` may hold plain CSS only`);
    const { code, warnings } = await transform(styles, { loader: "css", minify: true, sourcefile: path });
    if (warnings.length) throw new Error(`${path}: ${warnings[0].text}`);
    parts.push(text.slice(end, index), `css\`${code.trim()}\``);
    end = index + whole.length;
  }
  return [...parts, text.slice(end)].join("");
}

const styles = {
  name: "styles",
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]src[\\/].*\.ts$/ }, async ({ path }) => ({
      // Neither is the indentation of what is drawn, of which one line break is enough.
      contents: (await shortened(readFileSync(path, "utf8"), path)).replace(/\n\s+/g, "\n"),
      loader: "ts",
    }));
  },
};

/** What Lit does with styles, without its ways around browsers that Home Assistant has left behind. */
const SHEETS = `
export const css = ([text]) => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text);
  return sheet;
};
export const adoptStyles = (root, sheets) => {
  root.adoptedStyleSheets = sheets;
};
export const getCompatibleStyle = (sheet) => sheet;
export const supportsAdoptingStyleSheets = true;
export const CSSResult = CSSStyleSheet;
export const unsafeCSS = css;
`;
const sheets = {
  name: "sheets",
  setup({ onLoad }) {
    onLoad({ filter: /@lit[\\/]reactive-element[\\/]css-tag\.js$/ }, () => ({ contents: SHEETS }));
  },
};

const { outputFiles } = await build({
  absWorkingDir: HERE,
  entryPoints: ["src/flashforge.ts"],
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
  charset: "utf8",
  legalComments: "none",
  write: false,
  plugins: [styles, sheets],
});
const banner =
  `// Built by scripts/frontend from ${hash.digest("hex").slice(0, 16)}; do not edit. ` +
  "Contains Lit: Copyright Google LLC, BSD-3-Clause.\n";
// esbuild is quick and terser thorough: it makes the file 3 % smaller.
const { code } = await minify(outputFiles[0].text, {
  module: true,
  ecma: 2022,
  compress: { passes: 2, pure_getters: true, unsafe_arrows: true, unsafe_methods: true },
  // Lit's own, which nothing outside of it knows.
  mangle: { properties: { regex: /^_\$/ } },
  format: { comments: false },
});
const script = `${banner}${code}\n`;
writeFileSync(outfile, script);
console.log(`${script.length} bytes, ${gzipSync(script).length} gzipped`);
