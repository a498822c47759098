// The MapLibre map of the page: how it is made, and moving it.

import 'maplibre-gl/dist/maplibre-gl.css';
import { Map as MapLibre, ScaleControl, setWorkerUrl } from 'maplibre-gl';
import type { Box } from './api.ts';
import { type Basemap, base_style } from './base_style.ts';
import { button, by_id, fill } from './dom.ts';
import { t } from './i18n.ts';
import type { Extent } from './search.ts';

/// Shown when the service has no layer: Vietnam.
export const country: Extent = [102, 8, 110, 23.5];

export function union(boxes: readonly Box[]): Box | undefined {
    return boxes.reduce<Box | undefined>((all, [w, s, e, n]) => all
        ? [Math.min(all[0], w), Math.min(all[1], s), Math.max(all[2], e), Math.max(all[3], n)]
        : [w, s, e, n], undefined);
}

/// Resolves when the style is ready for layers; throws where the browser cannot draw (no WebGL 2).
export async function make_map(basemap: Basemap, box: Box): Promise<MapLibre> {
    setWorkerUrl(new URL('worker.js', document.baseURI).href);
    const map = new MapLibre({
        container: 'map', style: base_style(basemap), bounds: box, fitBoundsOptions: { padding: 24 },
        attributionControl: false, dragRotate: false, pitchWithRotate: false, touchPitch: false, rollEnabled: false,
        minZoom: 4, maxZoom: 21, fadeDuration: 0, canvasContextAttributes: { preserveDrawingBuffer: false },
    });
    map.touchZoomRotate.disableRotation();
    map.keyboard.disableRotation();
    map.addControl(new ScaleControl({ maxWidth: 110, unit: 'metric' }), 'bottom-right');
    map.on('dataloading', () => (document.body.dataset['map'] = 'busy'));
    map.on('movestart', () => (document.body.dataset['map'] = 'busy'));
    map.on('idle', () => (document.body.dataset['map'] = 'idle'));
    await map.once('load');
    return map;
}

export function fit(map: MapLibre, box: Box): void {
    map.fitBounds(box, { padding: 48, maxZoom: 17, duration: 500 });
}

export function render_zoom(map: MapLibre): void {
    map.getCanvas().setAttribute('aria-label', t('map'));
    fill(by_id('zoom'),
        button('+', () => map.zoomIn(), { title: t('zoom_in'), 'aria-label': t('zoom_in') }),
        button('−', () => map.zoomOut(), { title: t('zoom_out'), 'aria-label': t('zoom_out') }));
}
