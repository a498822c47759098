// Reading what is typed into the search box: a folded name, a pair of coordinates, a sheet and parcel number. No network here.

import { from_grid, grid_systems, type LonLat, to_grid } from './crs.ts';

/// Lower case without tone marks, đ as d, so that "dak nong" finds Đắk Nông; punctuation becomes a space.
export function fold(text: string): string {
    return text
        .normalize('NFD')
        .replace(/\p{M}/gu, '')
        .replace(/[đĐ]/g, 'd')
        .toLowerCase()
        .replace(/[^\p{L}\p{N}]+/gu, ' ')
        .trim();
}

/// A name for comparing spellings, as the program compares them (importers/text/search_key): folded, apostrophes gone, a final y
/// after a consonant or qu as i, đắc as đắk. "Đắk R’Lấp" is "dak rlap", "Phú Quí" is "phu qui".
export function search_words(text: string): string {
    return fold(text.replace(/['’‘ʼ`´]/g, ''))
        .split(' ')
        .map((word) => (word === 'dac' ? 'dak' : /(^|[^aeiouy]|^qu)y$/.test(word) ? `${word.slice(0, -1)}i` : word))
        .join(' ');
}

/// How well a name answers a query, both as search_words(); 0 is no answer. Whole name (but for spaces), start of the name, start
/// of a word, inside.
export function match_score(name: string, query: string): number {
    const [name_key, key] = [name.replaceAll(' ', ''), query.replaceAll(' ', '')];
    if (key === '') return 0;
    if (name_key === key) return 4;
    if (name.startsWith(query)) return 3;
    if (` ${name}`.includes(` ${query}`)) return 2;
    return key.length >= 3 && name_key.includes(key) ? 1 : 0;
}

/// Former names of a commune from the attributes of the layer shipped with the program: communes merged, districts, province.
export function former_names(attributes: Readonly<Record<string, unknown>>): string[] {
    const text = (name: string) => String(attributes[name] ?? '');
    const listed = (value: string, sign: string) => value.split(sign).map((each) => each.replace(/\(\d+\s*%\)/, '').trim());
    return [...listed(text('merged_from'), ','), ...listed(text('old_districts'), ';'), text('old_province')].filter(
        (each) => each !== '' && each !== 'giữ nguyên',
    );
}

export interface ParcelNumber {
    sheet: string;
    parcel: string;
}

/// "tờ 54 thửa 42", "to 54, thua 42", "thửa 42 tờ 54", or just "54 42".
export function parse_parcel(text: string): ParcelNumber | undefined {
    const folded = fold(text);
    const bare = /^(\d{1,4}) (\d{1,5})$/.exec(folded);
    if (bare && !/[.,-]/.test(text)) {
        return { sheet: bare[1]!, parcel: bare[2]! };
    }
    const sheet = /\bto(?: ban do)?(?: so)? (\d+)\b/.exec(folded)?.[1];
    const parcel = /\bthua(?: dat)?(?: so)? (\d+)\b/.exec(folded)?.[1];
    return sheet !== undefined && parcel !== undefined ? { sheet, parcel } : undefined;
}

export interface Place extends LonLat {
    label: string;
    swapped: boolean;
}

/// Both number styles: with two kinds of separator the last is the decimal one, one repeated kind groups thousands.
function parse_number(token: string): number {
    const dots = token.split('.').length - 1;
    const commas = token.split(',').length - 1;
    let plain = token;
    if (dots > 0 && commas > 0) {
        const decimal = token.lastIndexOf('.') > token.lastIndexOf(',') ? '.' : ',';
        plain = token.split(decimal === '.' ? ',' : '.').join('').replace(decimal, '.');
    } else if (dots > 1 || commas > 1) {
        plain = token.replace(/[.,]/g, '');
    } else {
        plain = token.replace(',', '.');
    }
    return Number(plain);
}

const degrees_pattern = /(\d+)\s*°\s*(?:(\d+)\s*['’′]\s*(?:(\d+(?:[.,]\d+)?)\s*(?:"|″|”|''))?)?\s*([NSEWBĐ])?/giu;

/// 11°56'34.8"N 108°26'13"E; the Vietnamese letters are B (Bắc) and Đ (Đông).
function parse_degrees(text: string): number[] {
    return [...text.matchAll(degrees_pattern)].map(([, degrees, minutes = '0', seconds = '0', side = '']) => {
        const value = Number(degrees) + Number(minutes) / 60 + Number(seconds.replace(',', '.')) / 3600;
        return /[SW]/i.test(side) ? -value : value;
    });
}

const coordinate_words = new Set(['lat', 'lon', 'lng', 'vi', 'kinh', 'do', 'x', 'y', 'n', 'e', 'b', 'd', 'bac', 'dong']);

/// Two numbers with nothing beside them but the words above.
function parse_pair(text: string): [number, number] | undefined {
    const other_words = (fold(text).match(/\p{L}+/gu) ?? []).filter((each) => !coordinate_words.has(each));
    if (other_words.length > 0) {
        return undefined;
    }
    let tokens = text.replace(/[^\d.,;\s-]/gu, ' ').split(/[\s;]+|,\s+/u).filter((each) => /\d/.test(each));
    if (tokens.length === 1 && tokens[0]!.split(',').length === 2) {
        tokens = tokens[0]!.split(',');
    }
    const numbers = text.includes('°') ? parse_degrees(text) : tokens.map(parse_number);
    return numbers.length === 2 && numbers.every(Number.isFinite) ? [numbers[0]!, numbers[1]!] : undefined;
}

function geographic(first: number, second: number): Place[] {
    const swapped = Math.abs(first) > 90;
    const [lat, lon] = swapped ? [second, first] : [first, second];
    return Math.abs(lat) <= 90 && Math.abs(lon) <= 180 ? [{ lat, lon, swapped, label: 'WGS 84' }] : [];
}

/// Every grid whose reading falls in `extent`; the larger number is X, north.
function projected(first: number, second: number, extent: Extent): Place[] {
    const swapped = first < second;
    const [x, y] = swapped ? [second, first] : [first, second];
    const readings = grid_systems.map((system) => ({ system, at: from_grid(system, { x, y }) }));
    return readings
        .filter(({ system, at }) => inside(extent, at) && Math.abs(to_grid(system, at).y - y) < 1)
        .map(({ system, at }) => ({ ...at, swapped, label: system.label }));
}

/// West, south, east, north in degrees.
export type Extent = readonly [number, number, number, number];

function inside([west, south, east, north]: Extent, { lon, lat }: LonLat): boolean {
    return lon >= west && lon <= east && lat >= south && lat <= north;
}

/// The places a pair of numbers can mean: degrees as latitude, longitude; metres as X, Y in each grid that lands in `extent`.
export function parse_coordinates(text: string, extent: Extent): Place[] {
    const pair = parse_pair(text);
    if (!pair) {
        return [];
    }
    const [first, second] = pair;
    return Math.max(Math.abs(first), Math.abs(second)) <= 180 ? geographic(first, second) : projected(first, second, extent);
}
