// Drawing one polygon: click for each corner, double-click or Enter to finish, Esc to cancel, Backspace to undo; Space adds a
// corner at the middle of the map, which the arrow keys move, so that no pointer is needed.

import type { Feature, Polygon, Position } from 'geojson';
import type { GeoJSONSource, Map as MapView, MapMouseEvent } from 'maplibre-gl';

const source = 'draw';

/// The lowest of the drawing's map layers; the drawing lies above all else, labels included.
export const drawing_bottom = 'draw-fill';

/// The closed ring, corners repeated by the clicks of a double-click left out; undefined below three corners.
export function closed_polygon(corners: readonly Position[]): Polygon | undefined {
    const kept = corners.filter((each, at) => at === 0 || each[0] !== corners[at - 1]![0] || each[1] !== corners[at - 1]![1]);
    return kept.length < 3 ? undefined : { type: 'Polygon', coordinates: [[...kept, kept[0]!]] };
}

export class DrawTool {
    private corners: Position[] = [];
    private pointer: Position | undefined;
    private active = false;

    constructor(
        private readonly map: MapView,
        private readonly finished: (polygon: Polygon) => void,
        private readonly changed: () => void,
    ) {
        map.addSource(source, { type: 'geojson', data: { type: 'FeatureCollection', features: [] } });
        const add = (layer: object) => map.addLayer(layer as Parameters<MapView['addLayer']>[0]);
        add({ id: drawing_bottom, type: 'fill', source, paint: { 'fill-color': '#0b57d0', 'fill-opacity': 0.12 } });
        add({ id: 'draw-line', type: 'line', source, paint: { 'line-color': '#0b57d0', 'line-width': 2, 'line-dasharray': [2, 1.5] } });
        add({
            id: 'draw-corners', type: 'circle', source, filter: ['==', ['geometry-type'], 'Point'],
            paint: { 'circle-radius': 4.5, 'circle-color': '#ffffff', 'circle-stroke-color': '#0b57d0', 'circle-stroke-width': 2 },
        });
        // The second click of a double-click is the end, not a corner.
        map.on('click', (event) => this.active && event.originalEvent.detail < 2 && this.add([event.lngLat.lng, event.lngLat.lat]));
        map.on('mousemove', (event) => this.active && this.follow(event));
        map.on('dblclick', (event) => {
            if (this.active) {
                event.preventDefault();
                this.finish();
            }
        });
        document.addEventListener('keydown', (event) => this.key(event));
    }

    get drawing(): boolean {
        return this.active;
    }

    get count(): number {
        return this.corners.length;
    }

    start(): void {
        this.corners = [];
        this.set_active(true);
        this.map.getCanvas().focus();
    }

    add_at_centre(): void {
        const { lng, lat } = this.map.getCenter();
        this.add([lng, lat]);
    }

    undo(): void {
        this.corners.pop();
        this.draw();
    }

    cancel(): void {
        this.corners = [];
        this.set_active(false);
    }

    /// Ends the drawing; with fewer than three corners it goes on.
    finish(): void {
        const polygon = closed_polygon(this.corners);
        if (polygon) {
            this.cancel();
            this.finished(polygon);
        }
    }

    private set_active(active: boolean): void {
        this.active = active;
        this.pointer = undefined;
        this.map.getCanvas().style.cursor = active ? 'crosshair' : '';
        this.draw();
    }

    private add(corner: Position): void {
        const last = this.corners[this.corners.length - 1];
        if (!last || last[0] !== corner[0] || last[1] !== corner[1]) {
            this.corners.push(corner);
        }
        this.draw();
    }

    private follow(event: MapMouseEvent): void {
        this.pointer = [event.lngLat.lng, event.lngLat.lat];
        this.draw();
    }

    private key(event: KeyboardEvent): void {
        const at = event.target as Element | null;
        if (!this.active || at?.closest('input, textarea, select, button')) {
            return;
        }
        const actions: Record<string, () => void> = {
            Enter: () => this.finish(), Escape: () => this.cancel(), Backspace: () => this.undo(), ' ': () => this.add_at_centre(),
        };
        const action = actions[event.key];
        if (action) {
            event.preventDefault();
            action();
        }
    }

    private draw(): void {
        const points = this.corners.map((coordinates): Feature => ({ type: 'Feature', properties: {}, geometry: { type: 'Point', coordinates } }));
        const path = this.pointer ? [...this.corners, this.pointer] : this.corners;
        const outline: Feature[] = path.length > 1
            ? [{ type: 'Feature', properties: {}, geometry: { type: 'LineString', coordinates: path.length > 2 ? [...path, path[0]!] : path } }]
            : [];
        const polygon = closed_polygon(path);
        const area: Feature[] = polygon ? [{ type: 'Feature', properties: {}, geometry: polygon }] : [];
        (this.map.getSource(source) as GeoJSONSource).setData({ type: 'FeatureCollection', features: [...area, ...outline, ...points] });
        this.changed();
    }
}
