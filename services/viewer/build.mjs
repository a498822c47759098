// Bundles the web map:  node build.mjs --outdir DIR [--basemap DIR]
// Runs the unit tests:  node build.mjs --test
// Needs node >= 18 and the packages of package-lock.json beside it (`npm ci`).
import { cpSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { readFileSync } from 'node:fs';
import { build } from 'esbuild';

const here = dirname(fileURLToPath(import.meta.url));

function option(name, fallback) {
    const at = process.argv.indexOf(`--${name}`);
    return at >= 0 ? resolve(process.argv[at + 1]) : fallback;
}

async function bundle(outdir) {
    mkdirSync(outdir, { recursive: true });
    await build({
        entryPoints: { app: join(here, 'src/main.ts') },
        outdir,
        bundle: true,
        format: 'esm',
        target: ['es2022'],
        minify: true,
        legalComments: 'linked',
        logLevel: 'warning',
    });
    cpSync(join(here, 'static/index.html'), join(outdir, 'index.html'));
    // MapLibre's worker is a file of its own; it goes out under a .js name, which every server labels as a script.
    cpSync(join(here, 'node_modules/maplibre-gl/dist/maplibre-gl-worker.mjs'), join(outdir, 'worker.js'));
}

// The base map is data; only its GeoJSON files go out, not its SOURCE.md.
function copyBasemap(from, outdir) {
    const to = join(outdir, 'basemap');
    rmSync(to, { recursive: true, force: true });
    mkdirSync(to, { recursive: true });
    for (const name of readdirSync(from).filter((each) => each.endsWith('.geojson'))) {
        cpSync(join(from, name), join(to, name));
    }
}

function printSizes(outdir) {
    for (const name of readdirSync(outdir).filter((each) => statSync(join(outdir, each)).isFile())) {
        const bytes = readFileSync(join(outdir, name));
        console.log(`${name}: ${bytes.length} bytes, ${gzipSync(bytes, { level: 9 }).length} gzip`);
    }
}

async function runTests() {
    const outdir = join(here, 'test-out');
    rmSync(outdir, { recursive: true, force: true });
    const names = readdirSync(join(here, 'test')).filter((each) => each.endsWith('.test.ts'));
    await build({
        entryPoints: names.map((each) => join(here, 'test', each)),
        outdir,
        outExtension: { '.js': '.mjs' },
        bundle: true,
        platform: 'node',
        format: 'esm',
        target: ['node18'],
        logLevel: 'warning',
    });
    const files = readdirSync(outdir).map((each) => join(outdir, each));
    return spawnSync(process.execPath, ['--test', ...files], { stdio: 'inherit' }).status ?? 1;
}

if (process.argv.includes('--test')) {
    process.exitCode = await runTests();
} else {
    const outdir = option('outdir', join(here, 'dist'));
    await bundle(outdir);
    const basemap = option('basemap', undefined);
    if (basemap !== undefined) {
        copyBasemap(basemap, outdir);
    }
    printSizes(outdir);
}
