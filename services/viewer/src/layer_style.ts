// Map layers of one data layer, from its kind, status and geometry types. Ids are data/<layer>/<part>.

import type { LayerSpecification } from 'maplibre-gl';
import type { Collection, Status } from './api.ts';
import { bold_fonts, fonts } from './base_style.ts';
import { type Pattern, pattern_name } from './hatch.ts';
import { first_zoom, kind_of, status_of } from './kinds.ts';
import { land_use_colours } from './land_use_colours.ts';

export type Part = 'wash' | 'fill' | 'line' | 'path' | 'point' | 'label';
export const parts: readonly Part[] = ['wash', 'fill', 'line', 'path', 'point', 'label'];

export function part_id(layer: string, part: Part): string {
    return `data/${layer}/${part}`;
}

/// The layer a map layer belongs to, if it is one of ours.
export function layer_of(map_layer: string): string | undefined {
    return /^data\/(.*)\/\w+$/.exec(map_layer)?.[1];
}

export function pattern_of(status: Status): Pattern | undefined {
    return status === 'draft' ? 'hatch' : status === 'unknown' ? 'dots' : undefined;
}

/// Kinds that say where something lies and would drown the rest if filled.
const outlined = new Set(['administrative']);
/// Kinds whose areas are so small, or so many, that a pattern would hide them.
const plain = new Set(['administrative', 'parcel', 'land_use_plan', 'water', 'forest']);

export function is_patterned(collection: Collection): boolean {
    const types = collection['ranh:geometryTypes'] ?? [];
    const has_areas = types.length === 0 || !types.every((each) => /Point|Line/.test(each));
    return has_areas && pattern_of(status_of(collection)) !== undefined && !plain.has(kind_of(collection));
}

export function is_outlined(collection: Collection): boolean {
    return outlined.has(kind_of(collection));
}

const fades: Partial<Record<Status, number>> = { expired: 0.4, superseded: 0.4 };

/// Opacity of each part before the user's own setting.
export function part_opacity(collection: Collection, part: Part): number {
    const fade = fades[status_of(collection)] ?? 1;
    if (part === 'wash') {
        return fade * (is_outlined(collection) ? 0 : is_patterned(collection) ? 0.14 : kind_of(collection) === 'parcel' ? 0.5 : 0.3);
    }
    return part === 'fill' ? fade * 0.55 : fade;
}

export const opacity_property: Record<Part, string> = {
    wash: 'fill-opacity', fill: 'fill-opacity', line: 'line-opacity', path: 'line-opacity',
    point: 'circle-opacity', label: 'text-opacity',
};

function dashes(collection: Collection): Record<string, unknown> {
    if (is_outlined(collection)) return { 'line-dasharray': [4, 2, 1, 2] };
    const status = status_of(collection);
    return status === 'draft' ? { 'line-dasharray': [4, 2] } : status === 'in_force' || status === 'unknown' ? {} : { 'line-dasharray': [1, 2] };
}

function line_width(collection: Collection): unknown {
    const [far, close] = kind_of(collection) === 'parcel' ? [0.2, 1.2] : is_outlined(collection) ? [0.7, 1.8] : [1.2, 2.4];
    return ['interpolate', ['linear'], ['zoom'], 8, far, 16, close];
}

function fill_colour(colour: string, land_use: string | undefined): unknown {
    if (land_use === undefined) {
        return colour;
    }
    return ['match', ['get', land_use], ...Object.entries(land_use_colours).flat(), colour];
}

const areas = ['==', ['geometry-type'], 'Polygon'];
const paths = ['==', ['geometry-type'], 'LineString'];
const points = ['==', ['geometry-type'], 'Point'];

export interface Look {
    collection: Collection;
    colour: string;
    /// Attribute with land-use codes, where the layer has one.
    land_use: string | undefined;
    /// Has a label source of its own, with one point per feature.
    labelled: boolean;
}

function area_parts({ collection, colour, land_use }: Look, common: object): unknown[] {
    const pattern = is_patterned(collection) ? pattern_of(status_of(collection)) : undefined;
    const id = (part: Part) => part_id(collection.id, part);
    return [
        { ...common, id: id('wash'), type: 'fill', filter: areas, paint: { 'fill-color': fill_colour(colour, land_use) } },
        pattern && { ...common, id: id('fill'), type: 'fill', filter: areas, paint: { 'fill-pattern': pattern_name(pattern, colour) } },
        {
            ...common, id: id('line'), type: 'line', filter: areas, layout: { 'line-join': 'round' },
            paint: { 'line-color': colour, 'line-width': line_width(collection), ...dashes(collection) },
        },
    ];
}

function other_parts({ collection, colour }: Look, common: object): unknown[] {
    const id = (part: Part) => part_id(collection.id, part);
    return [
        {
            ...common, id: id('path'), type: 'line', filter: paths, layout: { 'line-join': 'round', 'line-cap': 'butt' },
            paint: { 'line-color': colour, 'line-width': ['interpolate', ['linear'], ['zoom'], 8, 2, 16, 5], ...dashes(collection) },
        },
        {
            ...common, id: id('point'), type: 'circle', filter: points,
            paint: {
                'circle-color': colour, 'circle-stroke-color': '#ffffff', 'circle-stroke-width': 1.5,
                'circle-radius': ['interpolate', ['linear'], ['zoom'], 7, 3.5, 14, 7],
            },
        },
    ];
}

/// One label per feature: its name and, where the act is not signed or its force not known, the words that say so.
function label_part({ collection, colour }: Look): unknown {
    const only_points = (collection['ranh:geometryTypes'] ?? []).every((each) => /Point/.test(each));
    return {
        id: part_id(collection.id, 'label'), type: 'symbol', source: label_source(collection.id),
        minzoom: is_outlined(collection) ? 8.5 : only_points ? 9 : 7,
        layout: {
            'text-field': ['format', ['get', 'name'], {}, ['get', 'note'], { 'font-scale': 0.82, 'text-font': ['literal', fonts] }],
            'text-font': is_outlined(collection) ? fonts : bold_fonts,
            'text-size': ['interpolate', ['linear'], ['zoom'], 8, 11, 14, 14],
            'text-max-width': 11, 'text-padding': 3, 'symbol-sort-key': ['get', 'order'],
            ...(only_points ? { 'text-anchor': 'top', 'text-offset': [0, 0.7] } : {}),
        },
        paint: { 'text-color': colour, 'text-halo-color': '#ffffff', 'text-halo-width': 2 },
    };
}

export function data_source(layer: string): string {
    return `data/${layer}`;
}

export function label_source(layer: string): string {
    return `label/${layer}`;
}

export function layer_parts(look: Look): LayerSpecification[] {
    const { collection } = look;
    const common = { source: data_source(collection.id), 'source-layer': collection.id, minzoom: first_zoom(kind_of(collection)) };
    const all = [...area_parts(look, common), ...other_parts(look, common), look.labelled && label_part(look)];
    return all.filter(Boolean) as LayerSpecification[];
}
