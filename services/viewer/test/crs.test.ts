import assert from 'node:assert/strict';
import { test } from 'node:test';
import { from_grid, grid_system, to_grid } from '../src/crs.ts';

// WGS 84 latitude and longitude, then X and Y in the four grids, by EPSG:6960 (PROJ), to the millimetre.
const golden = [
    ['Gia Nghĩa', 12.003, 107.69, 1327397.605, 493271.569, 1327527.102, 411601.241, 1328427.605, 792730.428, 1329168.464, 139302.045],
    ['Bảo Lộc', 11.548, 107.807, 1277070.218, 506021.985, 1277161.631, 424218.201, 1278187.017, 805984.304, 1278633.29, 151483.652],
    ['Đà Lạt', 11.943, 108.437, 1320853.087, 574630.944, 1320761.552, 492943.674, 1322688.326, 874237.466, 1321659.044, 220656.162],
    ['Phan Thiết', 10.933, 108.1, 1209069.439, 538060.664, 1209076.708, 456084.466, 1210422.932, 838690.441, 1210209.289, 182801.105],
    ['Hòa Thắng', 11.05, 108.37, 1222058.155, 567546.303, 1221991.476, 485601.726, 1223697.341, 868091.391, 1222888.22, 212449.205],
    ['Phú Quý', 10.53, 108.94, 1164722.028, 630054.668, 1164509.051, 547962.055, 1166837.888, 931211.431, 1164868.361, 274369.251],
] as const;
const codes = ['EPSG:5899', 'EPSG:9218', 'EPSG:3405', 'EPSG:3406'];

for (const [place, lat, lon, ...grids] of golden) {
    codes.forEach((code, at) => {
        const [x, y] = [grids[2 * at]!, grids[2 * at + 1]!];
        test(`${place} agrees with PROJ to a millimetre in ${code}, both ways`, () => {
            const system = grid_system(code)!;
            const grid = to_grid(system, { lat, lon });
            assert.ok(Math.abs(grid.x - x) < 0.001, `X ${grid.x} for ${x}`);
            assert.ok(Math.abs(grid.y - y) < 0.001, `Y ${grid.y} for ${y}`);
            const back = from_grid(system, { x, y });
            assert.ok(Math.abs(back.lat - lat) < 1e-8, `latitude ${back.lat} for ${lat}`);
            assert.ok(Math.abs(back.lon - lon) < 1e-8, `longitude ${back.lon} for ${lon}`);
        });
    });
}

test('deprecated codes are not offered', () => {
    assert.equal(grid_system('EPSG:6959'), undefined);
});
