// What a person pasted or dropped: GeoJSON, or the rows of a corner table. Reading the rows is the server's work; here only
// enough is looked at to choose the way and to say how many rows there are.

import type { GeoJSON } from 'geojson';

export type ProjectText =
    | { kind: 'empty' }
    | { kind: 'geojson'; value: GeoJSON; crs: string | undefined }
    | { kind: 'broken_geojson' }
    | { kind: 'corners'; text: string; rows: number };

const number_pattern = /[-+]?\d[\d.,]*/g;

/// A row has coordinates when two numbers in it are long enough to be metres or degrees.
function has_coordinates(row: string): boolean {
    const numbers = row.match(number_pattern) ?? [];
    return numbers.filter((each) => each.replace(/\D/g, '').length >= 4).length >= 2;
}

const geojson_types = new Set([
    'Point', 'MultiPoint', 'LineString', 'MultiLineString', 'Polygon', 'MultiPolygon',
    'GeometryCollection', 'Feature', 'FeatureCollection',
]);

interface NamedCrs {
    type?: string;
    crs?: { properties?: { name?: unknown } };
}

/// The EPSG code of the `crs` member that GeoJSON had before RFC 7946 and that GIS programs still write.
function named_crs(value: NamedCrs): string | undefined {
    const name = value.crs?.properties?.name;
    const match = typeof name === 'string' ? /EPSG:+(\d+)$/i.exec(name) : null;
    return match ? `EPSG:${match[1]}` : undefined;
}

function parse_geojson(text: string): ProjectText {
    try {
        const value = JSON.parse(text) as NamedCrs;
        return geojson_types.has(value?.type ?? '')
            ? { kind: 'geojson', value: value as unknown as GeoJSON, crs: named_crs(value) }
            : { kind: 'broken_geojson' };
    } catch {
        return { kind: 'broken_geojson' };
    }
}

export function classify(raw: string): ProjectText {
    const text = raw.replace(/^\uFEFF/, '').normalize('NFC');
    if (/^\s*\{/.test(text)) {
        return parse_geojson(text);
    }
    const rows = text.split(/\r\n|\r|\n/).filter(has_coordinates).length;
    return rows === 0 ? { kind: 'empty' } : { kind: 'corners', text, rows };
}

/// The text of a dropped file: UTF-16 when its mark says so, as "Unicode text" of spreadsheets is, else UTF-8.
export function decode(bytes: Uint8Array): string {
    const utf16 = (bytes[0] === 0xff && bytes[1] === 0xfe && 'utf-16le') || (bytes[0] === 0xfe && bytes[1] === 0xff && 'utf-16be');
    return new TextDecoder(utf16 || 'utf-8').decode(bytes);
}
