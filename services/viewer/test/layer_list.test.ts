import assert from 'node:assert/strict';
import { test } from 'node:test';
import { display_name, has_parcel_number, land_use_field } from '../src/fields.ts';
import { LayerList } from '../src/layer_list.ts';

const collections = [
    { id: 'communes', 'ranh:kind': 'administrative' },
    { id: 'a', 'ranh:kind': 'plan_area' },
    { id: 'b', 'ranh:kind': 'plan-area' },
    { id: 'overlaps-a-b', 'ranh:kind': 'other' },
];
const ids = (list: LayerList) => list.all().map((each) => each.collection.id);

test('what is asked about lies above what it lies in; results start switched off', () => {
    const list = new LayerList(collections);
    assert.deepEqual(ids(list), ['overlaps-a-b', 'a', 'b', 'communes']);
    assert.deepEqual(list.shown().map((each) => each.id), ['a', 'b', 'communes']);
});

test('two layers of one kind differ in colour', () => {
    const list = new LayerList(collections);
    assert.notEqual(list.get('a')!.colour, list.get('b')!.colour);
});

test('moving swaps neighbours and stops at the ends', () => {
    const list = new LayerList(collections);
    list.move('communes', -1);
    assert.deepEqual(ids(list), ['overlaps-a-b', 'a', 'communes', 'b']);
    list.move('overlaps-a-b', -1);
    list.move('b', 1);
    assert.deepEqual(ids(list), ['overlaps-a-b', 'a', 'communes', 'b']);
});

test('a permalink sets order, opacity and visibility; names it does not know are left out', () => {
    const list = new LayerList(collections);
    let changes = 0;
    list.on_change(() => changes++);
    list.show([{ id: 'b', opacity: 0.5 }, { id: 'gone', opacity: 1 }, { id: 'communes', opacity: 1 }]);
    assert.deepEqual(ids(list), ['b', 'communes', 'overlaps-a-b', 'a']);
    assert.deepEqual(list.shown(), [{ id: 'b', opacity: 0.5 }, { id: 'communes', opacity: 1 }]);
    assert.equal(changes, 1);
});

test('names, parcel numbers and land use are found by field name or value', () => {
    assert.equal(display_name({ name: '', ten: 'Nhân Cơ' }, 'BX-NC'), 'Nhân Cơ');
    assert.equal(display_name(undefined, 'BX-NC'), 'BX-NC');
    assert.ok(has_parcel_number({ so_to: 54, so_thua: '42' }, '54', '42'));
    assert.ok(!has_parcel_number({ so_to: 54 }, '54', '42'));
    assert.equal(land_use_field([{ id: 'x', use: 'CLN' }, { id: 'y', use: 'ODT' }]), 'use');
    assert.equal(land_use_field([{ use: 'CLN' }, { use: 'rừng' }]), undefined);
});
