import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Pair } from '../src/api.ts';
import { Problem } from '../src/api.ts';
import { asked, without_itself } from '../src/checker.ts';
import { by_area, conclusions, relation_text } from '../src/relation.ts';
import { result_csv } from '../src/result_csv.ts';

function pair(change: Partial<Pair>): Pair {
    return {
        left_layer: 'check', left_id: '1', right_layer: 'plans', right_version: 1, right_id: 'A', right_name: 'Vùng A', status: 'in_force',
        relation: 'crosses', size_class: 'overlap', area_m2: 100, area_planar_m2: null, share_left: 0.1, share_right: 0.2, ...change,
    };
}

const kinds = (layer: string) => ({ plans: 'plan_area', communes: 'administrative' })[layer] ?? 'other';
const closing = 'Cần cơ quan có thẩm quyền xác nhận.';

test('the fact is called chồng lấn, below tolerance giáp ranh', () => {
    assert.equal(relation_text(pair({})).vi, 'chồng lấn');
    assert.equal(relation_text(pair({ size_class: 'sliver' })).vi, 'giáp ranh, trong sai số');
    assert.equal(relation_text(pair({ relation: 'touches', size_class: 'none' })).vi, 'giáp ranh');
    assert.equal(relation_text(pair({ relation: 'within', size_class: 'none' })).vi, 'nằm trong');
});

test('a plan in force is met, a draft leaves the basis open, and the authority has the last word', () => {
    assert.deepEqual(conclusions([pair({})], kinds), ['Vướng quy hoạch: Vùng A.', closing]);
    assert.deepEqual(conclusions([pair({ status: 'draft' })], kinds),
        ['Chồng lấn với vùng dự thảo, chưa ký: Vùng A. Chưa đủ căn cứ để kết luận.', closing]);
    assert.deepEqual(conclusions([pair({ status: 'unknown' })], kinds),
        ['Chồng lấn với lớp chưa rõ hiệu lực: Vùng A. Chưa đủ căn cứ để kết luận.', closing]);
});

test('lying in a commune is no finding', () => {
    assert.deepEqual(conclusions([pair({ right_layer: 'communes', relation: 'within' })], kinds),
        ['Không có chồng lấn với các lớp đã nạp.', closing]);
});

test('long lists are cut', () => {
    const many = Array.from({ length: 7 }, (_, at) => pair({ right_id: `${at}`, right_name: `V${at}`, area_m2: 10 - at }));
    assert.equal(conclusions(many, kinds)[0], 'Vướng quy hoạch: V0, V1, V2, V3, V4 và 2 đối tượng khác.');
});

test('the largest area comes first, in the table and in the file', () => {
    const pairs = [pair({ right_id: 'small', area_m2: 1 }), pair({ right_id: 'large', area_m2: 2 })];
    assert.deepEqual([...pairs].sort(by_area).map((each) => each.right_id), ['large', 'small']);
    const lines = result_csv({ at: '2026-01-01', known_at: '2026-01-01T00:00:00Z', projects: [], overlaps: pairs }).split('\r\n');
    assert.match(lines[0]!, /^\uFEFFleft_id,right_layer,/);
    assert.match(lines[1]!, /,large,.*,2,,0\.1,0\.2,,,2026-01-01,/);
});

test('a refusal tells what to ask: the system, or what an inner ring is', () => {
    assert.deepEqual(asked(new Problem(400, '', 'EPSG:5899 and EPSG:9218 both fit')), { systems: ['EPSG:5899', 'EPSG:9218'], inner_ring: false });
    assert.deepEqual(asked(new Problem(400, '', 'choose --inner-ring hole|part|ignore')), { systems: [], inner_ring: true });
    assert.deepEqual(asked(new Problem(500, '', 'EPSG:5899')), { systems: [], inner_ring: false });
});

test('a stored feature does not overlap with itself', () => {
    const result = { at: '', known_at: '', projects: [], overlaps: [pair({}), pair({ right_id: 'B' })], totals: { sum_m2: 200 } };
    const shown = without_itself(result, { collection: 'plans', id: 'A' });
    assert.deepEqual(shown.overlaps.map((each) => each.right_id), ['B']);
    assert.equal(shown.totals, undefined);
});
