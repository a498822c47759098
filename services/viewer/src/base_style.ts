// The offline base map: sea, land, water, roads, place names, from the GeoJSON files beside the page. The style names no glyphs
// address: MapLibre then draws the letters from the fonts of the device, Vietnamese marks included.

import type { FeatureCollection, Position } from 'geojson';
import type { LayerSpecification, StyleSpecification } from 'maplibre-gl';
import type { Api } from './api.ts';

export const fonts = ['Noto Sans', 'DejaVu Sans', 'Arial'];
/// MapLibre reads the weight from the first name of the list.
export const bold_fonts = ['Noto Sans Bold', ...fonts];

/// Data layers go below the first of these, drawings between the two, labels of data above the second.
export const below_drawings = 'slot-drawings';
export const below_places = 'slot-places';

const basemap_files = ['land', 'coast', 'rivers', 'lakes', 'roads', 'places'] as const;
export type Basemap = Partial<Record<(typeof basemap_files)[number], FeatureCollection>>;

/// The base map's files; one that is missing is left out, for a map without rivers is still a map.
export async function load_basemap(api: Api): Promise<Basemap> {
    const loaded = await Promise.all(basemap_files.map((name) => api.basemap(name).catch(() => undefined)));
    return Object.fromEntries(basemap_files.map((name, at) => [name, loaded[at]] as const).filter(([, data]) => data));
}

const empty: FeatureCollection = { type: 'FeatureCollection', features: [] };

/// The sea inside the sheet: the box of the land. Beyond it nothing is known, and it stays grey.
function sheet(land: FeatureCollection): FeatureCollection {
    const box = [Infinity, Infinity, -Infinity, -Infinity] as [number, number, number, number];
    const visit = (coordinates: Position | Position[] | Position[][] | Position[][][]): void => {
        if (typeof coordinates[0] !== 'number') {
            (coordinates as Position[]).forEach(visit);
            return;
        }
        const [x, y] = coordinates as [number, number];
        [box[0], box[1]] = [Math.min(box[0], x), Math.min(box[1], y)];
        [box[2], box[3]] = [Math.max(box[2], x), Math.max(box[3], y)];
    };
    land.features.forEach(({ geometry }) => 'coordinates' in geometry && visit(geometry.coordinates));
    const [w, s, e, n] = box;
    const ring = [[w, s], [e, s], [e, n], [w, n], [w, s]];
    const feature = { type: 'Feature' as const, properties: {}, geometry: { type: 'Polygon' as const, coordinates: [ring] } };
    return { type: 'FeatureCollection', features: Number.isFinite(w) ? [feature] : [] };
}

const road_width = (scale: number) => [
    'interpolate', ['exponential', 1.5], ['zoom'],
    8, ['*', scale, ['match', ['get', 'class'], ['motorway', 'trunk'], 1.2, 'primary', 0.8, 0.3]],
    14, ['*', scale, ['match', ['get', 'class'], ['motorway', 'trunk'], 5, 'primary', 4, 'secondary', 3, 2]],
    18, ['*', scale, ['match', ['get', 'class'], ['motorway', 'trunk'], 18, 'primary', 15, 'secondary', 12, 9]],
];

const layers: unknown[] = [
    { id: 'beyond', type: 'background', paint: { 'background-color': '#e9ebec' } },
    { id: 'sea', type: 'fill', source: 'sea', paint: { 'fill-color': '#cfe2ec' } },
    { id: 'land', type: 'fill', source: 'land', paint: { 'fill-color': '#f8f6f1' } },
    { id: 'coast', type: 'line', source: 'coast', paint: { 'line-color': '#8db3c6', 'line-width': 1 } },
    { id: 'lakes', type: 'fill', source: 'lakes', paint: { 'fill-color': '#bcd9e8', 'fill-outline-color': '#8db3c6' } },
    {
        id: 'rivers', type: 'line', source: 'rivers',
        paint: { 'line-color': '#9cc4da', 'line-width': ['interpolate', ['linear'], ['zoom'], 6, 0.8, 14, 3] },
    },
    {
        id: 'roads-case', type: 'line', source: 'roads', minzoom: 9, layout: { 'line-cap': 'round', 'line-join': 'round' },
        paint: { 'line-color': '#c9b48c', 'line-width': road_width(1.4) },
    },
    {
        id: 'roads', type: 'line', source: 'roads', layout: { 'line-cap': 'round', 'line-join': 'round' },
        paint: {
            'line-color': ['match', ['get', 'class'], ['motorway', 'trunk'], '#f3cf8b', 'primary', '#f8e0ac', '#fdf5e1'],
            'line-width': road_width(1),
        },
    },
    { id: below_drawings, type: 'fill', source: 'none' },
    { id: below_places, type: 'fill', source: 'none' },
    {
        id: 'road-names', type: 'symbol', source: 'roads', minzoom: 13,
        layout: { 'symbol-placement': 'line', 'text-field': ['coalesce', ['get', 'name'], ''], 'text-font': fonts, 'text-size': 11 },
        paint: { 'text-color': '#7a6a48', 'text-halo-color': '#fffdf7', 'text-halo-width': 1.2 },
    },
    {
        id: 'communes', type: 'symbol', source: 'places', minzoom: 8.5, filter: ['>', ['get', 'rank'], 3],
        layout: {
            'text-field': ['get', 'name'], 'text-font': fonts, 'text-padding': 6, 'symbol-sort-key': ['get', 'rank'],
            'text-size': ['interpolate', ['linear'], ['zoom'], 8, 10, 13, 14], 'text-max-width': 8,
        },
        paint: { 'text-color': '#5d5a66', 'text-halo-color': '#fdfcf8', 'text-halo-width': 1.3 },
    },
    {
        id: 'towns', type: 'symbol', source: 'places', maxzoom: 13, filter: ['<=', ['get', 'rank'], 3],
        layout: {
            'text-field': ['get', 'name'], 'text-font': bold_fonts, 'symbol-sort-key': ['get', 'rank'], 'text-padding': 4,
            'text-size': ['interpolate', ['linear'], ['zoom'], 6, 11, 12, 17],
        },
        paint: { 'text-color': '#2f3440', 'text-halo-color': '#fdfcf8', 'text-halo-width': 1.6 },
    },
];

export function base_style(basemap: Basemap): StyleSpecification {
    const source = (data: FeatureCollection | undefined) => ({ type: 'geojson' as const, data: data ?? empty });
    return {
        version: 8,
        sources: {
            sea: source(basemap.land && sheet(basemap.land)),
            none: source(empty),
            ...Object.fromEntries(basemap_files.map((name) => [name, source(basemap[name])])),
        },
        layers: layers as LayerSpecification[],
    };
}
