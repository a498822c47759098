import assert from 'node:assert/strict';
import { test } from 'node:test';
import { classify, decode } from '../src/corner_text.ts';

test('rows are counted, headers and titles are not', () => {
    const content = classify('Tọa độ khu vực\nSố hiệu điểm\tX\tY\nM1\t1326994\t773433\nM2\t1.325.086,5\t773.150,2\n');
    assert.equal(content.kind, 'corners');
    assert.equal(content.kind === 'corners' && content.rows, 2);
});

test('the text goes to the server whole, in composed letters and without a byte order mark', () => {
    const content = classify('\uFEFF' + 'Điểm'.normalize('NFD') + ' 1 1326994 773433');
    assert.equal(content.kind === 'corners' && content.text, 'Điểm 1 1326994 773433');
});

test('nothing to read is empty', () => {
    assert.equal(classify('').kind, 'empty');
    assert.equal(classify('khu vực Nhân Cơ\n12 3').kind, 'empty');
});

test('GeoJSON is recognised, with the system it names', () => {
    const plain = classify('{"type":"Point","coordinates":[108,11]}');
    assert.equal(plain.kind === 'geojson' && plain.crs, undefined);
    const named = classify('{"type":"FeatureCollection","crs":{"properties":{"name":"urn:ogc:def:crs:EPSG::5899"}},"features":[]}');
    assert.equal(named.kind === 'geojson' && named.crs, 'EPSG:5899');
});

test('a brace that is not GeoJSON is told apart from corner rows', () => {
    assert.equal(classify('{"a":1}').kind, 'broken_geojson');
    assert.equal(classify('{1326994 773433').kind, 'broken_geojson');
});

test('UTF-16 with its mark is read, as spreadsheets write "Unicode text"', () => {
    const text = '\uFEFFĐiểm 1';
    const little = new Uint8Array(Buffer.from(text, 'utf16le'));
    assert.equal(decode(little), 'Điểm 1');
    assert.equal(decode(new Uint8Array(Buffer.from('Điểm', 'utf8'))), 'Điểm');
});
