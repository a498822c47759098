// The checked project and its overlaps on the map.

import type { Feature, FeatureCollection, Geometry } from 'geojson';
import type { GeoJSONSource, Map as MapView } from 'maplibre-gl';
import type { CheckResult, Pair } from './api.ts';
import { below_places } from './base_style.ts';
import type { LonLat } from './crs.ts';

const empty: FeatureCollection = { type: 'FeatureCollection', features: [] };
const result_sources = ['result-overlaps', 'result-project', 'result-chosen'] as const;
const project_colour = '#0b57d0';

function feature(geometry: Geometry | null | undefined, properties: Record<string, unknown>): Feature[] {
    return geometry ? [{ type: 'Feature', geometry, properties }] : [];
}

export class ResultMap {
    constructor(private readonly map: MapView) {
        for (const id of [...result_sources, 'result-place']) {
            map.addSource(id, { type: 'geojson', data: empty });
        }
        const colour = ['match', ['get', 'size_class'], 'sliver', '#8a6d00', '#d9182f'] as unknown as string;
        const add = (layer: object) => map.addLayer(layer as Parameters<MapView['addLayer']>[0], below_places);
        add({ id: 'result-overlaps-fill', type: 'fill', source: 'result-overlaps', paint: { 'fill-color': colour, 'fill-opacity': 0.38 } });
        add({ id: 'result-overlaps-line', type: 'line', source: 'result-overlaps', paint: { 'line-color': colour, 'line-width': 1.6 } });
        add({ id: 'result-project-case', type: 'line', source: 'result-project', paint: { 'line-color': '#ffffff', 'line-width': 5 } });
        add({ id: 'result-project-line', type: 'line', source: 'result-project', paint: { 'line-color': project_colour, 'line-width': 2.6 } });
        add({
            id: 'result-project-point', type: 'circle', source: 'result-project', filter: ['==', ['geometry-type'], 'Point'],
            paint: { 'circle-radius': 6, 'circle-color': project_colour, 'circle-stroke-color': '#ffffff', 'circle-stroke-width': 2 },
        });
        map.addLayer({
            id: 'result-place', type: 'circle', source: 'result-place',
            paint: { 'circle-radius': 8, 'circle-color': 'rgba(0,0,0,0)', 'circle-stroke-color': '#d9182f', 'circle-stroke-width': 3 },
        });
        add({ id: 'result-chosen-fill', type: 'fill', source: 'result-chosen', paint: { 'fill-color': '#ffcf33', 'fill-opacity': 0.55 } });
        add({ id: 'result-chosen-line', type: 'line', source: 'result-chosen', paint: { 'line-color': '#a86400', 'line-width': 3 } });
    }

    /// Draws the project and those overlaps that are findings; the unit a project lies in would only paint it over.
    show(result: CheckResult, is_finding: (pair: Pair) => boolean): void {
        const project = result.projects.flatMap((each) => feature(each.geometry, { id: each.id ?? '' }));
        const overlaps = result.overlaps.filter((each) => is_finding(each)).flatMap((each) => feature(each.geometry, { size_class: each.size_class }));
        this.set('result-project', project);
        this.set('result-overlaps', overlaps);
        this.set('result-chosen', []);
    }

    /// Marks one overlap of the table.
    choose(geometry: Geometry | null | undefined): void {
        this.set('result-chosen', feature(geometry, {}));
    }

    /// Rings the place that a search found.
    mark({ lon, lat }: LonLat): void {
        this.set('result-place', feature({ type: 'Point', coordinates: [lon, lat] }, {}));
    }

    clear(): void {
        result_sources.forEach((id) => this.set(id, []));
    }

    private set(id: string, features: Feature[]): void {
        (this.map.getSource(id) as GeoJSONSource).setData({ type: 'FeatureCollection', features });
    }
}
