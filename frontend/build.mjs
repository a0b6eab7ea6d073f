// Builds src/mainstay/shared/static/vendor from the locked npm packages: `make assets` calls it.
import { copyFile, mkdir, readFile, readdir, rename, rm, writeFile } from "node:fs/promises";
import { build } from "esbuild";

const target = "src/mainstay/shared/static/vendor";
const fresh = `${target}.new`;

// The manifest storage of collectstatic stops at a source map that is not there.
async function withoutSourceMap(from, to) {
  const text = await readFile(`node_modules/${from}`, "utf8");
  await writeFile(`${fresh}/${to}`, text.replace(/\/[/*]# sourceMappingURL=.*$/m, "").trimEnd() + "\n");
}

// Inter covers Latin and Cyrillic; Chinese uses the reader's own system fonts.
async function fonts() {
  const files = "node_modules/@fontsource-variable/inter/files";
  for (const script of ["latin", "latin-ext", "cyrillic", "cyrillic-ext"]) {
    await copyFile(`${files}/inter-${script}-wght-normal.woff2`, `${fresh}/inter-${script}.woff2`);
  }
}

// esbuild lists what went into the bundle; each of these packages asks to keep its licence with it.
async function notices(bundled) {
  const packages = new Set(["@tabler/core", "@fontsource-variable/inter", ...bundled]);
  const parts = [];
  for (const name of [...packages].sort()) {
    const folder = `node_modules/${name}`;
    const about = JSON.parse(await readFile(`${folder}/package.json`, "utf8"));
    const licence = (await readdir(folder)).find((file) => /^licen[cs]e/i.test(file));
    const text = licence ? await readFile(`${folder}/${licence}`, "utf8") : "";
    parts.push(`${name} ${about.version} (${about.license})\n\n${text.trim()}\n`);
  }
  await writeFile(`${fresh}/NOTICES.txt`, parts.join(`\n${"-".repeat(80)}\n\n`));
}

async function charts() {
  const result = await build({
    entryPoints: ["frontend/charts.mjs"],
    outfile: `${fresh}/charts.min.js`,
    bundle: true,
    minify: true,
    metafile: true,
    format: "iife",
    globalName: "MainstayCharts",
    target: "es2022",
    legalComments: "none",
    logLevel: "warning",
  });
  const names = Object.keys(result.metafile.inputs)
    .map((path) => path.match(/^node_modules\/((?:@[^/]+\/)?[^/]+)/)?.[1])
    .filter(Boolean);
  return new Set(names);
}

await rm(fresh, { recursive: true, force: true });
await mkdir(fresh, { recursive: true });
await withoutSourceMap("@tabler/core/dist/css/tabler.min.css", "tabler.min.css");
await withoutSourceMap("@tabler/core/dist/js/tabler.min.js", "tabler.min.js");
await fonts();
await notices(await charts());
await rm(target, { recursive: true, force: true });
await rename(fresh, target);
