// Keeps the MapLibre map in step with the layer list: sources, styles, order, opacity.

import type { Feature, FeatureCollection } from 'geojson';
import type { Map as MapView } from 'maplibre-gl';
import type { Api } from './api.ts';
import { below_drawings } from './base_style.ts';
import { drawing_bottom } from './draw.ts';
import { collection_box, type FeatureIndex, type LayerIndex } from './feature_index.ts';
import { pattern_density, pattern_image, pattern_name } from './hatch.ts';
import { pick } from './i18n.ts';
import { status_of, status_text } from './kinds.ts';
import type { LayerList, LayerState } from './layer_list.ts';
import {
    data_source, is_outlined, is_patterned, label_source, layer_of, layer_parts, opacity_property, part_id, part_opacity, parts, pattern_of,
} from './layer_style.ts';
import { fold } from './search.ts';

export class MapLayers {
    private readonly added = new Set<string>();
    private readonly indexes = new Map<string, LayerIndex>();

    /// `named_places`: codes and folded names that the base map writes already.
    constructor(
        private readonly map: MapView, private readonly api: Api, private readonly list: LayerList,
        private readonly index: FeatureIndex, private readonly named_places: ReadonlySet<string>,
    ) {
        list.on_change(() => void this.sync());
    }

    async sync(): Promise<void> {
        const missing = this.list.all().filter((each) => each.visible && !this.added.has(each.collection.id));
        missing.forEach((each) => this.added.add(each.collection.id));
        await Promise.all(missing.map((each) => this.add(each)));
        this.arrange();
    }

    /// Labels carry words of the chosen language.
    relabel(): void {
        for (const state of this.list.all()) {
            const source = this.map.getSource(label_source(state.collection.id)) as { setData?(data: FeatureCollection): void } | undefined;
            source?.setData?.(this.labels(state));
        }
    }

    /// Layers and features drawn within a few pixels of a place on the screen, topmost first.
    at(point: { x: number; y: number }): Array<{ layer: string; id: string; attributes: Record<string, unknown> }> {
        const reach = 4;
        const window: [[number, number], [number, number]] =
            [[point.x - reach, point.y - reach], [point.x + reach, point.y + reach]];
        const exact = this.map.queryRenderedFeatures([point.x, point.y]);
        const around = this.map.queryRenderedFeatures(window).filter((each) => each.geometry.type.includes('Point') || each.geometry.type.includes('Line'));
        const found = new Map<string, { layer: string; id: string; attributes: Record<string, unknown> }>();
        for (const { layer: { id: map_layer }, properties } of [...around, ...exact]) {
            const layer = layer_of(map_layer);
            if (layer !== undefined && properties['fid'] !== undefined && !map_layer.endsWith('/line')) {
                const { fid, ...attributes } = properties;
                found.set(`${layer}/${fid}`, { layer, id: String(fid), attributes });
            }
        }
        const order = this.list.all().map((each) => each.collection.id);
        return [...found.values()].sort((a, b) => order.indexOf(a.layer) - order.indexOf(b.layer));
    }

    index_of(layer: string): LayerIndex | undefined {
        return this.indexes.get(layer);
    }

    private async add(state: LayerState): Promise<void> {
        const { collection, colour } = state;
        const nothing: LayerIndex = { features: [], land_use: undefined, codes: [] };
        const [index, tiles] = await Promise.all([
            this.index.layer(collection).catch(() => nothing),
            this.api.tilejson(collection.id).catch(() => ({ minzoom: 0, maxzoom: 16 })),
        ]);
        this.indexes.set(collection.id, index);
        const box = collection_box(collection);
        this.map.addSource(data_source(collection.id), {
            type: 'vector', tiles: [this.api.tile_template(collection.id)],
            minzoom: tiles.minzoom ?? 0, maxzoom: Math.min(tiles.maxzoom ?? 16, 18),
            ...(box && { bounds: box }),
        });
        const labelled = index.features.length > 0;
        if (labelled) {
            this.map.addSource(label_source(collection.id), { type: 'geojson', data: this.labels(state) });
        }
        this.add_pattern(state);
        for (const part of layer_parts({ collection, colour, land_use: index.land_use, labelled })) {
            this.map.addLayer(part);
        }
    }

    private add_pattern({ collection, colour }: LayerState): void {
        const pattern = pattern_of(status_of(collection));
        if (pattern && is_patterned(collection) && !this.map.hasImage(pattern_name(pattern, colour))) {
            this.map.addImage(pattern_name(pattern, colour), pattern_image(pattern, colour), { pixelRatio: pattern_density });
        }
    }

    private labels(state: LayerState): FeatureCollection {
        const { collection } = state;
        const status = status_of(collection);
        const note = is_patterned(collection) ? `\n(${pick(status_text(status, collection['ranh:statusLabel']))})` : '';
        const features = (this.indexes.get(collection.id)?.features ?? []).flatMap(({ id, name, box, attributes }): Feature[] => {
            if (!box || (is_outlined(collection) && this.is_named(id, name, attributes))) {
                return [];
            }
            const [w, s, e, n] = box;
            const order = -(e - w) * (n - s);
            const geometry = { type: 'Point' as const, coordinates: [(w + e) / 2, (s + n) / 2] };
            return [{ type: 'Feature', id, geometry, properties: { fid: id, name, note, order } }];
        });
        return { type: 'FeatureCollection', features };
    }

    private is_named(id: string, name: string, attributes: Record<string, unknown>): boolean {
        return this.named_places.has(String(attributes['code'] ?? id)) || this.named_places.has(fold(name));
    }

    /// Bottom of the list first, so that the top ends nearest to the drawings; labels of data lie above
    /// all but the drawing.
    private arrange(): void {
        for (const { collection, visible, opacity } of [...this.list.all()].reverse()) {
            for (const part of parts.filter((each) => this.map.getLayer(part_id(collection.id, each)))) {
                const id = part_id(collection.id, part);
                this.map.moveLayer(id, part === 'label' ? drawing_bottom : below_drawings);
                this.map.setLayoutProperty(id, 'visibility', visible ? 'visible' : 'none');
                const property = opacity_property[part] as 'fill-opacity';
                this.map.setPaintProperty(id, property, part_opacity(collection, part) * opacity);
                if (part === 'point') {
                    this.map.setPaintProperty(id, 'circle-stroke-opacity', opacity);
                }
            }
        }
    }
}
