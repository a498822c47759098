// The address of a view: #lat=11.9430&lon=108.4370&z=9.5&layers=communes,bauxite:0.6&lang=vi
// Layers stand from top to bottom; those not named are off; ":0.6" is the opacity where it is not 1.

import type { Language } from './i18n.ts';

export interface ShownLayer {
    id: string;
    opacity: number;
}

export interface View {
    lat: number;
    lon: number;
    zoom: number;
    layers: ShownLayer[] | undefined;
    language: Language;
}

export function to_hash(view: View): string {
    const layers = (view.layers ?? []).map(({ id, opacity }) => {
        const name = encodeURIComponent(id);
        return opacity === 1 ? name : `${name}:${Number(opacity.toFixed(2))}`;
    });
    const place = `lat=${view.lat.toFixed(5)}&lon=${view.lon.toFixed(5)}&z=${view.zoom.toFixed(2)}`;
    return `#${place}&layers=${layers.join(',')}&lang=${view.language}`;
}

function parse_layer(text: string): ShownLayer {
    const [name = '', opacity = '1'] = text.split(':');
    const value = Number(opacity);
    return { id: safe_decode(name), opacity: value >= 0 && value <= 1 ? value : 1 };
}

function safe_decode(text: string): string {
    try {
        return decodeURIComponent(text);
    } catch {
        return text;
    }
}

function in_range(text: string | undefined, limit: number): number | undefined {
    const value = Number(text);
    return text !== undefined && text !== '' && Math.abs(value) <= limit ? value : undefined;
}

/// What a hash says; what it does not say, or says wrongly, stays undefined.
export function from_hash(hash: string): Partial<View> {
    const entries = hash.replace(/^#/, '').split('&').map((each) => each.split('=', 2));
    const values = new Map(entries.map(([name = '', value = '']): [string, string] => [name, value]));
    const view: Partial<View> = {};
    const [lat, lon, zoom] = [in_range(values.get('lat'), 90), in_range(values.get('lon'), 180), in_range(values.get('z'), 24)];
    if (lat !== undefined && lon !== undefined && zoom !== undefined) {
        Object.assign(view, { lat, lon, zoom });
    }
    const layers = values.get('layers');
    if (layers !== undefined) {
        view.layers = layers.split(',').filter((each) => each !== '').map(parse_layer);
    }
    const language = values.get('lang');
    if (language === 'vi' || language === 'en') {
        view.language = language;
    }
    return view;
}
