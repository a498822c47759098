import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Extent, fold, former_names, match_score, parse_coordinates, parse_parcel, search_words } from '../src/search.ts';

const province: Extent = [106.9, 10.2, 109.3, 13.1];

test('folding drops tone marks, đ and punctuation', () => {
    assert.equal(fold('Đắk Nông'), 'dak nong');
    assert.equal(fold('Bô-xít  Hoà Thắng'), 'bo xit hoa thang');
    assert.equal(fold('Hòa'.normalize('NFD')), fold('Hoà'));
});

test('two usual spellings of a name are one', () => {
    for (const [a, b] of [['Đắk Nông', 'Đăk Nông'], ['Đắk Nông', 'Đắc Nông'], ['Phú Quý', 'phu qui'], ['Sơn Mỹ', 'Sơn Mĩ'], ['bô xít', 'bô-xít']]) {
        assert.equal(search_words(a!), search_words(b!), `${a} ${b}`);
    }
    for (const [name, typed] of [['Đắk R’Lấp', 'dak r lap'], ["Đắk R'Lấp", 'dak rlap'], ['Mađaguôi', 'ma đa guôi']]) {
        assert.equal(match_score(search_words(name!), search_words(typed!)), 4, `${name} ${typed}`);
    }
    assert.equal(search_words('Tuy Đức, Tây Sơn'), 'tuy duc tay son');
});

test('former names stand in the attributes of a commune', () => {
    const attributes = { merged_from: 'Xã Mỹ Đức, Xã Quốc Oai', old_districts: 'Huyện Đạ Tẻh (98%); Huyện Bảo Lâm (2%)', old_province: 'Lâm Đồng' };
    assert.deepEqual(former_names(attributes), ['Xã Mỹ Đức', 'Xã Quốc Oai', 'Huyện Đạ Tẻh', 'Huyện Bảo Lâm', 'Lâm Đồng']);
    assert.deepEqual(former_names({ merged_from: 'giữ nguyên' }), []);
});

test('a whole name beats its start, its start a later word, a word an inner part', () => {
    const scores = ['bao loc', 'bao loc 1', 'phuong bao loc', 'xbao locx', 'da lat'].map((each) => match_score(each, 'bao loc'));
    assert.deepEqual(scores, [4, 3, 2, 1, 0]);
    assert.equal(match_score('da lat', ''), 0);
});

test('sheet and parcel in either order, with or without the words', () => {
    const expected = { sheet: '54', parcel: '42' };
    for (const text of ['tờ 54 thửa 42', 'to 54, thua 42', 'Thửa đất số 42, tờ bản đồ số 54', '54 42']) {
        assert.deepEqual(parse_parcel(text), expected, text);
    }
    assert.equal(parse_parcel('tờ 54'), undefined);
    assert.equal(parse_parcel('11.943 108.437'), undefined);
});

function near(text: string, lat: number, lon: number): void {
    const hits = parse_coordinates(text, province);
    assert.ok(hits.some((each) => Math.abs(each.lat - lat) < 1e-5 && Math.abs(each.lon - lon) < 1e-5), `${text}: ${JSON.stringify(hits)}`);
}

test('degrees in the usual writings', () => {
    near('11.943 108.437', 11.943, 108.437);
    near('11.943, 108.437', 11.943, 108.437);
    near('11.943,108.437', 11.943, 108.437);
    near('11,943; 108,437', 11.943, 108.437);
    near('lat 11.943 lon 108.437', 11.943, 108.437);
    near(`11°56'34.8"N 108°26'13.2"E`, 11.943, 108.437);
    near(`11°56'34,8"B; 108°26'13,2"Đ`, 11.943, 108.437);
});

test('longitude first is taken as swapped', () => {
    assert.deepEqual(parse_coordinates('108.437 11.943', province).map((each) => each.swapped), [true]);
});

test('metres in both number styles', () => {
    near('1327397.605 493271.569', 12.003, 107.69);
    near('1.327.397,605; 493.271,569', 12.003, 107.69);
    near('X = 1327397,605 Y = 493271,569', 12.003, 107.69);
    near('1,327,397.605 493,271.569', 12.003, 107.69);
});

test('both TM-3 meridians are offered where both land in the extent, and the UTM zone is clear from Y', () => {
    const labels = (text: string) => parse_coordinates(text, province).map((each) => each.label);
    assert.deepEqual(labels('1327397 493271'), ["VN-2000 KTT 107°45'", "VN-2000 KTT 108°30'"]);
    assert.deepEqual(labels('1326994 773433'), ['VN-2000 UTM 48 (KTT 105°)']);
    assert.deepEqual(labels('1221172 209605'), ['VN-2000 UTM 49 (KTT 111°)']);
});

test('X and Y swapped are put right and named', () => {
    const [hit] = parse_coordinates('209605 1221172', province);
    assert.equal(hit?.swapped, true);
});

test('names with numbers are no coordinates', () => {
    assert.deepEqual(parse_coordinates('Bảo Lộc 1 2', province), []);
    assert.deepEqual(parse_coordinates('Đà Lạt', province), []);
    assert.deepEqual(parse_coordinates('', province), []);
});
