// Bundles scripts, styles, fonts and icons into build/static, with the packages
// that `npm ci` brought. Called by `python3 sarnakh`; takes no arguments.
import { copyFile, cp, mkdir, readFile, readdir, rename, rm, writeFile } from "node:fs/promises";
import { existsSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL(".", import.meta.url));
const packages = join(root, "node_modules");
const ui = join(root, "src/sarnakh/ui");
const output = join(root, "build/static");
// A running server goes on reading the old folder until the new one is complete.
const draft = join(root, "build/static.next");

const FONTS = "@fontsource-variable/vazirmatn";
const ICONS = "@tabler/icons";
// Papers are set in static fonts, which browsers never load.
const PRINT_FONTS = "vazirmatn";

async function bundle() {
  const result = await build({
    absWorkingDir: root,
    entryPoints: [join(ui, "js/app.js"), join(ui, "css/app.css")],
    entryNames: "[name]",
    outdir: draft,
    bundle: true,
    format: "esm",
    minify: true,
    // Browsers of the last three years; native nesting and layers stay as written.
    target: ["chrome120", "firefox121", "safari17.2"],
    charset: "utf8",
    // The full texts are in licenses/.
    legalComments: "none",
    // These stand beside the bundle under stable names.
    external: ["fonts/*", "./fonts/*", "icons.svg*", "./icons.svg*"],
    metafile: true,
    logLevel: "warning",
  });
  return Object.keys(result.metafile.inputs)
    .map((path) => path.match(/node_modules\/((?:@[^/]+\/)?[^/]+)\//)?.[1])
    .filter(Boolean);
}

async function copyFonts() {
  await mkdir(join(draft, "fonts"), { recursive: true });
  for (const script of ["arabic", "latin"]) {
    await copyFile(
      join(packages, FONTS, `files/vazirmatn-${script}-wght-normal.woff2`),
      join(draft, `fonts/vazirmatn-${script}.woff2`),
    );
  }
}

async function copyPrintFonts() {
  const folder = join(root, "build/fonts");
  await mkdir(folder, { recursive: true });
  for (const weight of ["Regular", "Medium", "Bold"]) {
    await copyFile(
      join(packages, PRINT_FONTS, `fonts/ttf/Vazirmatn-${weight}.ttf`),
      join(folder, `Vazirmatn-${weight}.ttf`),
    );
  }
  await copyFile(join(packages, PRINT_FONTS, "OFL.txt"), join(folder, "OFL.txt"));
}

// `star` is the outline drawing, `star-filled` the filled one.
function drawingOf(name) {
  const filled = name.match(/^(.+)-filled$/)?.[1];
  const candidates = [join("outline", name), ...(filled ? [join("filled", filled)] : [])];
  return candidates
    .map((path) => join(packages, ICONS, "icons", `${path}.svg`))
    .find((path) => existsSync(path));
}

// Stroke width is left out on purpose: <use> inherits it from the page's CSS.
function symbol(name, svg) {
  const shapes = svg
    .replace(/^[\s\S]*?<svg[^>]*>/, "")
    .replace(/<\/svg>\s*$/, "")
    .replace(/<path stroke="none" d="M0 0h24v24H0z" fill="none"\s*\/>/, "")
    .replace(/\s*\n\s*/g, "");
  const paint = /<svg[^>]*fill="currentColor"/.test(svg)
    ? 'fill="currentColor"'
    : 'fill="none" stroke="currentColor" stroke-linecap="round" stroke-linejoin="round"';
  return `<symbol id="${name}" viewBox="0 0 24 24" ${paint}>${shapes}</symbol>`;
}

async function drawIcons() {
  const lines = (await readFile(join(ui, "icons.txt"), "utf8")).split("\n");
  const names = [...new Set(lines.map((line) => line.trim()))]
    .filter((name) => name && !name.startsWith("#"))
    .sort();
  const unknown = names.filter((name) => !drawingOf(name));
  if (unknown.length) {
    throw new Error(`src/sarnakh/ui/icons.txt names unknown icons: ${unknown.join(", ")}`);
  }
  const symbols = await Promise.all(
    names.map(async (name) => symbol(name, await readFile(drawingOf(name), "utf8"))),
  );
  await writeFile(
    join(draft, "icons.svg"),
    `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>\n`,
  );
}

async function copyLicenses(shipped) {
  await mkdir(join(draft, "licenses"), { recursive: true });
  for (const name of new Set(shipped)) {
    const texts = (await readdir(join(packages, name))).filter((file) => /^licen[cs]e/i.test(file));
    if (!texts.length) throw new Error(`${name} is shipped but brings no licence text`);
    const prefix = name.replace("@", "").replace("/", "-");
    for (const text of texts) {
      await copyFile(
        join(packages, name, text),
        join(draft, "licenses", `${prefix}-${basename(text, ".md").replace(/\.txt$/, "")}.txt`),
      );
    }
  }
}

async function copyTestTools() {
  await mkdir(join(root, "build/test"), { recursive: true });
  await cp(join(packages, "axe-core/axe.min.js"), join(root, "build/test/axe.min.js"));
}

try {
  await rm(draft, { recursive: true, force: true });
  await mkdir(draft, { recursive: true });
  const bundled = await bundle();
  await Promise.all([
    copyFonts(),
    copyPrintFonts(),
    drawIcons(),
    copyLicenses([...bundled, FONTS, ICONS]),
    copyTestTools(),
  ]);
  await rm(output, { recursive: true, force: true });
  await rename(draft, output);
} catch (error) {
  // esbuild has printed its own findings already.
  if (!error.errors) console.error(error.message);
  process.exit(1);
}
