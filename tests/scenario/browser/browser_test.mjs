// The map page as a planner uses it, in a real browser before a real server with the samples. What the page prints is held
// against what `ranh check` prints for the same input.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { MapPage } from './map_page.mjs';
import { layers, Server, Workspace } from './program.mjs';

const bounded = { timeout: 120_000 };
const gia_nghia = { lat: 12.003, lon: 107.69, zoom: 11 };
let workspace, server, map, page;

before(async () => {
    workspace = new Workspace();
    server = await Server.start(workspace);
    map = await MapPage.open(server.address);
    page = map.page;
}, { timeout: 420_000 });

after(async () => {
    await map?.close();
    await server?.stop();
    workspace?.remove();
}, { timeout: 60_000 });

const square_metres = (value) =>
    `${new Intl.NumberFormat('vi-VN', { minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(value)} m²`;

/// Every pair with an area stands in the page's table with the same square metres.
async function assert_same_areas(result) {
    const pairs = result.overlaps.filter((each) => each.area_m2 > 0);
    assert.ok(pairs.length > 0, 'the input overlaps nothing: it proves nothing');
    for (const more of await page.locator('.result .table > button').all()) {
        await more.click();
    }
    assert.equal(await page.locator('.result tbody tr').count(), result.overlaps.length);
    for (const { right_layer, right_id, area_m2 } of pairs) {
        const row = page.locator(`.result tr[data-layer="${right_layer}"][data-id="${right_id}"]`).first();
        assert.ok((await row.innerText()).includes(square_metres(area_m2)), `${right_layer} ${right_id}: ${area_m2} m²`);
    }
}

async function assert_conclusion() {
    const sentences = await map.text('.conclusion');
    assert.match(sentences, /Chồng lấn với vùng dự thảo, chưa ký: /);
    assert.match(sentences, /Cần cơ quan có thẩm quyền xác nhận\.$/);
}

test('the layer list shows every collection, drafts hatched and named so', bounded, async () => {
    const shown = await page.locator('.layer').evaluateAll((rows) => rows.map((row) => row.dataset.layer));
    assert.deepEqual([...shown].sort(), [...layers].sort());
    const draft = page.locator('.layer[data-layer="bauxite"]');
    assert.match(await draft.innerText(), /dự thảo, chưa ký/);
    assert.match(await draft.locator('.swatch').evaluate((sign) => sign.style.backgroundImage), /^url\("data:image\/png/);
    assert.match(await page.locator('.layer[data-layer="communes"]').innerText(), /chưa rõ hiệu lực/);
});

test('order, visibility and opacity of layers go into the address', bounded, async () => {
    const ids = async () => (await page.evaluate(() => location.hash)).match(/layers=([^&]*)/)[1];
    const first = (await ids()).split(',');
    const [moved] = first.slice(1);
    await page.locator(`.layer[data-layer="${moved}"] .tool`).first().click();
    assert.deepEqual((await ids()).split(',').slice(0, 2), [moved, first[0]]);
    await page.locator('.layer[data-layer="titanium"] input[type=checkbox]').uncheck();
    assert.doesNotMatch(await ids(), /titanium/);
    await page.locator('.layer[data-layer="titanium"] input[type=checkbox]').check();
    await page.locator('.layer[data-layer="bauxite"] input[type=range]').fill('50');
    assert.match(await ids(), /bauxite:0\.5/);
    await page.locator('.layer[data-layer="bauxite"] input[type=range]').fill('100');
});

test('the read-out gives X north and Y east in the system chosen', bounded, async () => {
    await map.look_at({ lat: 12.003, lon: 107.69, zoom: 20 });
    const { x, y } = await map.centre();
    await page.mouse.move(x, y);
    const expected = { 'EPSG:5899': [1327397.6, 493271.6], 'EPSG:9218': [1327527.1, 411601.2], 'EPSG:3405': [1328427.6, 792730.4], 'EPSG:3406': [1329168.5, 139302.0] };
    for (const [code, [north, east]] of Object.entries(expected)) {
        await page.locator('#readout-system').selectOption(code);
        const numbers = (await map.text('#readout-value')).match(/[\d.]+,\d/g).map((each) => Number(each.replace(/\./g, '').replace(',', '.')));
        assert.ok(Math.abs(numbers[0] - north) < 1 && Math.abs(numbers[1] - east) < 1, `${code}: ${numbers}, expected ${north}, ${east}`);
    }
    await page.locator('#readout-system').selectOption('EPSG:4326');
    assert.match(await map.text('#readout-value'), /12,0030\d\d · .*107,6(899|900)\d\d/);
    await page.locator('#readout-system').selectOption('EPSG:5899');
});

test('a drawn polygon gives the square metres of `ranh check`', bounded, async () => {
    await map.look_at(gia_nghia);
    await page.locator('#tab-check').click();
    await page.locator('#start-drawing').click();
    const { x, y } = await map.centre();
    for (const [right, down] of [[-150, -120], [160, -100], [140, 150], [-120, 130]]) {
        await page.mouse.click(x + right, y + down);
    }
    const asked = page.waitForRequest((request) => request.url().endsWith('/processes/overlap-check/execution'));
    await page.keyboard.press('Enter');
    const { geometry } = (await asked).postDataJSON().inputs;
    assert.equal(geometry.coordinates[0].length, 5);
    await page.locator('.result').waitFor();
    await assert_same_areas(workspace.check_geojson(geometry));
    await assert_conclusion();
});

test('a pasted corner table gives the square metres of `ranh check -`', bounded, async () => {
    const corners = 'Số hiệu điểm;X;Y\nM1;1330000,5;790000\nM2;1332000;796500,25\nM3;1325500;797000\nM4;1324800;789500\nM1;1330000,5;790000\n';
    await page.locator('#corners').fill(corners);
    assert.match(await map.text('#paste-count'), /^5 /);
    await page.locator('#run-check').click();
    await page.locator('.result').filter({ hasText: 'EPSG:3405' }).waitFor();
    const result = workspace.check_corners(corners);
    await assert_same_areas(result);
    await assert_conclusion();
    const [project] = result.projects;
    const words = await map.text('.result');
    assert.ok(words.includes(square_metres(project.areas.area_ellipsoid_m2)), 'the area on the ellipsoid');
    assert.ok(words.includes(square_metres(project.areas.area_planar_m2)), 'the planar area');
    const reasons = result.crs_decisions ?? [project.crs_decision.reason];
    assert.ok(reasons.length > 0);
    reasons.forEach((reason) => assert.ok(words.includes(reason), reason));
    if (process.env.RANH_SCREENSHOT) {
        await page.locator('#zoom button').last().click();
        await page.waitForTimeout(800);
        await map.idle();
        await page.screenshot({ path: process.env.RANH_SCREENSHOT });
    }
});

test('the result goes out as CSV with a byte order mark', bounded, async () => {
    const waiting = page.waitForEvent('download');
    await page.locator('.result button', { hasText: 'Tải CSV' }).click();
    const bytes = readFileSync(await (await waiting).path());
    assert.deepEqual([...bytes.subarray(0, 3)], [0xef, 0xbb, 0xbf]);
    assert.match(bytes.toString('utf8'), /\r\n[^\r]*,bauxite,/);
});

test('where two meridians fit, the page shows the refusal and lets the user choose', bounded, async () => {
    await page.locator('#corners').fill('1 1327397 493271\n2 1329397 493271\n3 1329397 495271\n');
    await page.locator('#run-check').click();
    await page.locator('.problem [data-crs="EPSG:9218"]').waitFor();
    await page.locator('.problem [data-crs="EPSG:5899"]').click();
    await page.locator('.result').filter({ hasText: 'EPSG:5899' }).waitFor();
});

test('a click tells what is there and what it overlaps with', bounded, async () => {
    await map.look_at({ lat: 12.0635, lon: 107.5913, zoom: 11 });
    const { x, y } = await map.centre();
    await page.mouse.click(x, y);
    await page.locator('.here li[data-layer="communes"]').waitFor();
    assert.match(await map.text('.here li[data-layer="bauxite"] >> nth=0'), /dự thảo, chưa ký/);
    await page.locator('#panel-here .result').waitFor();
    assert.match(await map.text('#panel-here .result'), / m²[^]* %/);
});

test('search finds names without tone marks, former names, and coordinates', bounded, async () => {
    const search = page.locator('#search-input');
    await search.fill('da lat');
    await page.locator('#search-results [role=option]', { hasText: 'Đà Lạt' }).first().waitFor();
    await search.fill("dak r'moan");
    await page.locator('#search-results [role=option]', { hasText: 'Xã Đắk R’Moan' }).first().waitFor();
    await search.fill('1326994 773433');
    const hit = page.locator('#search-results [role=option]', { hasText: 'UTM 48' });
    await hit.waitFor();
    await search.press('Enter');
    await page.waitForFunction(() => /lon=107\.5/.test(location.hash));
    await map.idle();
});

test('English is one click away and comes back', bounded, async () => {
    await page.locator('#language').click();
    assert.equal(await map.text('#tab-check'), 'Check a project');
    assert.match(await page.evaluate(() => location.hash), /lang=en/);
    await page.locator('#language').click();
    assert.equal(await map.text('#tab-check'), 'Kiểm tra dự án');
});

test('a phone-wide window needs no sideways scrolling', bounded, async () => {
    await page.setViewportSize({ width: 390, height: 800 });
    await map.idle();
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
    const box = await page.locator('#map').boundingBox();
    assert.ok(box.width > 380 && box.height > 250, JSON.stringify(box));
    await page.setViewportSize({ width: 1400, height: 900 });
});

test('no console error, and no request left the server', () => {
    assert.deepEqual(map.errors, []);
    assert.deepEqual(map.foreign, []);
});
