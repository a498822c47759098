import assert from 'node:assert/strict';
import { test } from 'node:test';
import { csv, date, hectares, metres, number, percent, square_metres } from '../src/format.ts';
import { choose_language } from '../src/i18n.ts';

test('areas and shares read the Vietnamese way', () => {
    assert.equal(square_metres(2159.6), '2.159,6 m²');
    assert.equal(hectares(3_564_500), '356,45 ha');
    assert.equal(percent(0.172), '17,2 %');
});

test('thousands are grouped from three digits on, at every length', () => {
    assert.equal(number(999), '999');
    assert.equal(number(1000), '1.000');
    assert.equal(number(1_327_397.605, 3), '1.327.397,605');
    assert.equal(number(123_456_789_012.5, 1), '123.456.789.012,5');
});

test('rounding to nothing leaves no minus sign', () => {
    assert.equal(number(-0.04, 1), '0,0');
    assert.equal(number(-1234.5, 1), '-1.234,5');
    assert.equal(number(Number.NaN, 1), '–');
});

test('small areas keep four decimals of a hectare', () => {
    assert.equal(hectares(6923.5), '0,6924 ha');
});

test('a share above nothing never reads as 0,0 %', () => {
    assert.equal(percent(0), '0,0 %');
    assert.equal(percent(0.0001), '< 0,1 %');
    assert.equal(percent(0.0005), '0,1 %');
    assert.equal(percent(1), '100,0 %');
});

test('distances change their unit', () => {
    assert.equal(metres(12.345), '12,35 m');
    assert.equal(metres(1500), '1.500 m');
    assert.equal(metres(24_500), '24,5 km');
});

test('days and times are written as dd/mm/yyyy', () => {
    assert.equal(date('2026-03-09'), '09/03/2026');
    assert.equal(date('2026-03-09T14:05:59Z'), '09/03/2026 14:05');
    assert.equal(date('hôm nay'), 'hôm nay');
    assert.equal(date(null), '');
});

test('English has its own separators', () => {
    choose_language('en');
    assert.equal(square_metres(2159.6), '2,159.6 m²');
    assert.equal(date('2026-03-09'), '2026-03-09');
    choose_language('vi');
});

test('CSV starts with the byte order mark and quotes what needs quotes', () => {
    assert.equal(csv([['Đắk Nông', 1.5], ['a,"b"', null]]), '\uFEFFĐắk Nông,1.5\r\n"a,""b""",\r\n');
});

test('CSV text that a spreadsheet would run is made harmless, numbers stay numbers', () => {
    assert.equal(csv([['=1+1', '@x', -5]]), "\uFEFF'=1+1,'@x,-5\r\n");
});
