import assert from 'node:assert/strict';
import { test } from 'node:test';
import { from_hash, to_hash } from '../src/permalink.ts';

test('a view survives the address', () => {
    const view = { lat: 11.943, lon: 108.437, zoom: 9.5, layers: [{ id: 'bauxite', opacity: 0.6 }, { id: 'communes', opacity: 1 }], language: 'en' as const };
    assert.deepEqual(from_hash(to_hash(view)), view);
    assert.equal(to_hash(view), '#lat=11.94300&lon=108.43700&z=9.50&layers=bauxite:0.6,communes&lang=en');
});

test('all layers off is not the same as no word about layers', () => {
    assert.deepEqual(from_hash('#layers=').layers, []);
    assert.equal(from_hash('#lang=vi').layers, undefined);
});

test('what is wrong in an address is left out', () => {
    assert.deepEqual(from_hash('#lat=91&lon=1&z=2&lang=fr'), {});
    assert.deepEqual(from_hash('#lat=&lon=&z='), {});
    assert.deepEqual(from_hash('#layers=%E0%A4%A:7'), { layers: [{ id: '%E0%A4%A', opacity: 1 }] });
});
