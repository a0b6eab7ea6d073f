// Builds src/mainstay/shared/static/vendor and shared/fonts from the locked npm packages: `make assets` calls it.
import { copyFile, mkdir, readFile, readdir, rename, rm, writeFile } from "node:fs/promises";
import { build } from "esbuild";

const target = "src/mainstay/shared/static/vendor";
const fresh = `${target}.new`;
const fonts = "src/mainstay/shared/fonts"; // apart from the static files: only paper needs them

// The manifest storage of collectstatic stops at a source map that is not there.
async function withoutSourceMap(from, to) {
  const text = await readFile(`node_modules/${from}`, "utf8");
  await writeFile(`${fresh}/${to}`, text.replace(/\/[/*]# sourceMappingURL=.*$/m, "").trimEnd() + "\n");
}

// Inter covers Latin and Cyrillic; Chinese uses the reader's own system fonts.
async function webFonts() {
  const files = "node_modules/@fontsource-variable/inter/files";
  for (const script of ["latin", "latin-ext", "cyrillic", "cyrillic-ext"]) {
    await copyFile(`${files}/inter-${script}-wght-normal.woff2`, `${fresh}/inter-${script}.woff2`);
  }
}

// Paper is set in Noto: one family for Latin and Cyrillic, one for Chinese, two weights of each.
async function paper() {
  await rm(fonts, { recursive: true, force: true });
  await mkdir(fonts);
  for (const [folder, name] of [["noto-sans", "NotoSans"], ["noto-sans-sc", "NotoSansSC"]]) {
    for (const weight of ["400Regular", "700Bold"]) {
      const file = `${name}_${weight}.ttf`;
      await copyFile(`node_modules/@expo-google-fonts/${folder}/${weight}/${file}`, `${fonts}/${file}`);
    }
  }
}

// esbuild lists what went into the bundle; each of these packages asks to keep its licence with it.
async function notices(bundled) {
  const letters = ["@fontsource-variable/inter", "@expo-google-fonts/noto-sans", "@expo-google-fonts/noto-sans-sc"];
  const packages = new Set(["@tabler/core", ...letters, ...bundled]);
  const parts = [];
  for (const name of [...packages].sort()) {
    const folder = `node_modules/${name}`;
    const about = JSON.parse(await readFile(`${folder}/package.json`, "utf8"));
    const licences = (await readdir(folder)).filter((file) => /^licen[cs]e/i.test(file)).sort();
    const texts = await Promise.all(licences.map((file) => readFile(`${folder}/${file}`, "utf8")));
    const text = texts.map((one) => one.trim()).join("\n\n");
    parts.push(`${name} ${about.version} (${about.license})\n\n${text}\n`);
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
await webFonts();
await paper();
await notices(await charts());
await rm(target, { recursive: true, force: true });
await rename(fresh, target);
