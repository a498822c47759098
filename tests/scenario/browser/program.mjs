// The built program as the browser test uses it: a workspace with the samples, a server on a free port, checks on the command line.

import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const program = required('RANH_PROGRAM');
const samples = join(required('RANH_SOURCE_DIR'), 'data-samples', 'lamdong');

function required(name) {
    const value = process.env[name];
    if (!value) {
        throw new Error(`the environment variable ${name} is not set`);
    }
    return value;
}

/// Runs the program to its end; exit codes above `most` are failures told with what it wrote.
function run(words, { most = 0, input = undefined } = {}) {
    const done = spawnSync(program, words, { encoding: 'utf8', input, timeout: 180_000, maxBuffer: 256 * 1024 * 1024 });
    if (done.error || done.status === null || done.status > most) {
        throw new Error(`ranh ${words.join(' ')}: ${done.error ?? `exit ${done.status}`}\n${done.stderr}`);
    }
    return done.stdout;
}

const attributes = join(samples, 'planning-areas', 'planning-areas.csv');
const draft = ['--kind', 'plan_area', '--id', 'area_id', '--status', 'draft', '--attributes', attributes, '--key', 'area_id'];

/// Layer, file, options. An import ends with 1 where a record was rejected (the inner ring that is ignored): that is no failure.
const imports = [
    ['communes', 'communes/communes.fgb', '--kind', 'administrative', '--id', 'code', '--title', 'Xã, phường, đặc khu'],
    ['bauxite', 'planning-areas/bauxite-corners.csv', ...draft, '--inner-ring', 'ignore', '--title', 'Quy hoạch bô-xít'],
    ['titanium', 'planning-areas/titanium-corners.csv', ...draft, '--title', 'Quy hoạch titan'],
    ['projects', 'projects-illustrative/projects.gpkg', '--kind', 'project', '--title', 'Dự án minh họa'],
    ['parcels', 'parcels-synthetic/parcels.fgb', '--kind', 'parcel', '--title', 'Thửa đất giả lập'],
];
export const layers = imports.map(([layer]) => layer);

export class Workspace {
    constructor() {
        this.folder = mkdtempSync(join(tmpdir(), 'ranh-browser-'));
        this.file = join(this.folder, 'ranh.gpkg');
        for (const [layer, file, ...options] of imports) {
            run(['import', join(samples, file), '--layer', layer, ...options, '-w', this.file], { most: 1 });
        }
    }

    /// What `ranh check` says of GeoJSON in a file.
    check_geojson(value) {
        const file = join(this.folder, 'drawn.geojson');
        writeFileSync(file, JSON.stringify(value));
        return JSON.parse(run(['check', file, '--json', '-w', this.file]));
    }

    /// What `ranh check -` says of corner rows on standard input.
    check_corners(text) {
        return JSON.parse(run(['check', '-', '--json', '-w', this.file], { input: text }));
    }

    remove() {
        rmSync(this.folder, { recursive: true, force: true });
    }
}

async function free_port() {
    const server = createServer();
    await new Promise((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
    const { port } = server.address();
    await new Promise((resolve) => server.close(resolve));
    return port;
}

export class Server {
    static async start(workspace) {
        const server = new Server();
        const port = await free_port();
        server.address = `http://127.0.0.1:${port}`;
        server.process = spawn(program, ['serve', '-w', workspace.file, '--listen', `127.0.0.1:${port}`], { stdio: ['ignore', 'ignore', 'pipe'] });
        server.said = '';
        server.process.stderr.on('data', (bytes) => (server.said += bytes));
        server.ended = new Promise((resolve) => server.process.once('exit', resolve));
        await server.answers();
        return server;
    }

    async answers() {
        for (const end = Date.now() + 60_000; Date.now() < end; await sleep(100)) {
            const response = await fetch(`${this.address}/healthz`).catch(() => undefined);
            if (response?.ok) {
                return;
            }
            if (this.process.exitCode !== null) {
                break;
            }
        }
        await this.stop();
        throw new Error(`ranh serve does not answer on ${this.address}\n${this.said}`);
    }

    /// Ends the server it started, by its process id.
    async stop() {
        this.process.kill('SIGTERM');
        const late = setTimeout(() => this.process.kill('SIGKILL'), 5000);
        await this.ended;
        clearTimeout(late);
    }
}
