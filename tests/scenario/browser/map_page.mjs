// The page in Chromium: opened once, watched for console errors and for requests that leave the server.

import { chromium } from 'playwright-core';

const arguments_ = [
    '--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--ignore-gpu-blocklist', '--disable-dev-shm-usage',
    '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run', '--no-default-browser-check',
];

export class MapPage {
    static async open(address) {
        const self = new MapPage();
        self.address = address;
        self.browser = await chromium.launch({
            executablePath: process.env.RANH_CHROMIUM ?? '/usr/bin/chromium', args: arguments_, timeout: 60_000,
            chromiumSandbox: process.getuid() !== 0,
        });
        self.page = await self.browser.newPage({ viewport: { width: 1400, height: 900 }, locale: 'vi-VN' });
        self.page.setDefaultTimeout(30_000);
        self.watch();
        await self.page.goto(`${address}/map/`);
        await self.idle();
        return self;
    }

    watch() {
        this.errors = [];
        this.foreign = [];
        this.page.on('pageerror', (error) => this.errors.push(String(error)));
        this.page.on('console', (message) => {
            // The browser itself logs a refused check; a test that asks for one looks at what the page makes of it.
            const refused = message.location().url.endsWith('/execution') && / 400 /.test(message.text());
            if (message.type() === 'error' && !refused) {
                this.errors.push(`${message.text()} (${message.location().url})`);
            }
        });
        this.page.on('request', (request) => {
            const url = new URL(request.url());
            if (!['data:', 'blob:'].includes(url.protocol) && url.origin !== this.address) {
                this.foreign.push(request.url());
            }
        });
    }

    /// Waits until the map has drawn all it has asked for.
    async idle() {
        await this.page.waitForFunction(() => document.body.dataset.map === 'idle');
    }

    /// Goes to a place by the address bar's hash, as a shared link does.
    async look_at({ lat, lon, zoom }) {
        await this.page.evaluate((hash) => (location.hash = hash), `lat=${lat}&lon=${lon}&z=${zoom}`);
        await this.page.waitForFunction((wanted) => location.hash.includes(`lat=${wanted}`), lat.toFixed(5));
        await this.idle();
    }

    /// The middle of the map on the screen.
    async centre() {
        const box = await this.page.locator('#map').boundingBox();
        return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    }

    text(selector) {
        return this.page.locator(selector).innerText();
    }

    async close() {
        await this.browser.close();
    }
}
