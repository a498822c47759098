// Numbers, areas, shares and dates as people read them; CSV as programs read it.
// Vietnamese style: 2.159,6 m²; 356,45 ha; 17,2 %; 31/12/2026. English: 2,159.6 m²; 356.45 ha; 17.2 %; 2026-12-31.

import { language } from './i18n.ts';

/// `value` with a fixed number of decimals and grouped thousands in the chosen language.
export function number(value: number, decimals = 0): string {
    if (!Number.isFinite(value)) {
        return '–';
    }
    const [whole = '0', fraction] = Math.abs(value).toFixed(decimals).split('.');
    const [group, point] = language() === 'vi' ? ['.', ','] : [',', '.'];
    const grouped = whole.replace(/\B(?=(\d{3})+$)/g, group);
    const digits = fraction === undefined ? grouped : grouped + point + fraction;
    return value < 0 && /[1-9]/.test(digits) ? `-${digits}` : digits;
}

export function square_metres(area_m2: number): string {
    return `${number(area_m2, 1)} m²`;
}

/// Hectares with two decimals; four below one hectare, as land recovery decisions print them.
export function hectares(area_m2: number): string {
    return `${number(area_m2 / 10_000, area_m2 < 10_000 ? 4 : 2)} ha`;
}

export function metres(length_m: number): string {
    return length_m >= 10_000 ? `${number(length_m / 1000, 1)} km` : `${number(length_m, length_m < 100 ? 2 : 0)} m`;
}

/// A share of 0..1 as a percentage; what is not nothing never reads as 0,0 %.
export function percent(share: number): string {
    return share > 0 && share < 0.0005 ? `< ${number(0.1, 1)} %` : `${number(share * 100, 1)} %`;
}

/// An ISO day or time as the reader writes it; anything else unchanged.
export function date(iso: string | null | undefined): string {
    const match = /^(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}:\d{2}))?/.exec(iso ?? '');
    if (!match) {
        return iso ?? '';
    }
    const [, year, month, day, time] = match;
    const shown = language() === 'vi' ? `${day}/${month}/${year}` : `${year}-${month}-${day}`;
    return time === undefined ? shown : `${shown} ${time}`;
}

type Cell = string | number | null | undefined;

/// One CSV field: decimal point, quotes where needed, and no text that a spreadsheet would run as a formula.
function csv_cell(value: Cell): string {
    if (typeof value === 'number') {
        return String(value);
    }
    const text = /^[=+\-@\t\r]/.test(value ?? '') ? `'${value}` : (value ?? '');
    return /[",\r\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
}

/// Rows as CSV with the byte order mark that spreadsheets need to show Vietnamese accents.
export function csv(rows: readonly (readonly Cell[])[]): string {
    return '\uFEFF' + rows.map((row) => row.map(csv_cell).join(',') + '\r\n').join('');
}
