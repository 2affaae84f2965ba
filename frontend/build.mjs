// Builds the one file that Home Assistant serves: node build.mjs [OUTFILE]
// Its first line has a hash of the sources, so that even a machine without npm can tell
// whether they changed since (scripts/rules/bundle.py).

import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

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

/** Takes the indentation out of texts and styles, which the minifier leaves as they are. */
const tight = {
  name: "tight",
  setup({ onLoad }) {
    onLoad({ filter: /src\/.*\.ts$/ }, async ({ path }) => {
      const source = await readFile(path, "utf8");
      const styles = (text) =>
        text
          .replace(/\s*\n\s*/g, " ")
          .replace(/([{};,]) /g, "$1")
          .replace(/ ([{}])/g, "$1");
      const contents = source.replace(/\bcss`[^`]*`/g, styles).replace(/\n\s+/g, "\n");
      return { contents, loader: "ts" };
    });
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
  plugins: [tight],
  write: false,
});
const banner =
  `// Built by scripts/frontend from ${hash.digest("hex")}; do not edit. ` +
  "Contains Lit: Copyright Google LLC, BSD-3-Clause.\n";
const script = banner + outputFiles[0].text;
writeFileSync(outfile, script);
console.log(`${script.length} bytes, ${gzipSync(script).length} gzipped`);
