// The page: loads the layers, makes the map, and joins panels, drawing, search and permalink.

import './app.css';
import type { Map as MapLibre } from 'maplibre-gl';
import { Api, type Box, type CheckResult, type Collection, type Pair } from './api.ts';
import { type Basemap, load_basemap } from './base_style.ts';
import { CheckPanel } from './check_panel.ts';
import { Checker, type Outcome } from './checker.ts';
import { button, by_id, fill } from './dom.ts';
import { DrawTool } from './draw.ts';
import { render_draw_bar } from './draw_bar.ts';
import { box_of, collection_box, FeatureIndex } from './feature_index.ts';
import { HerePanel } from './here_panel.ts';
import { choose_language, language, on_language, t } from './i18n.ts';
import { kind_of } from './kinds.ts';
import { LayerList } from './layer_list.ts';
import { LayersPanel } from './layers_panel.ts';
import { MapLayers } from './map_layers.ts';
import { country, fit, make_map, render_zoom, union } from './map_view.ts';
import { from_hash, to_hash, type View } from './permalink.ts';
import { Readout } from './readout.ts';
import { ResultMap } from './result_map.ts';
import type { ResultContext } from './result_view.ts';
import { type Hit, type NamedPlace, SearchBox } from './search_box.ts';
import { fold, search_words } from './search.ts';
import { Tabs } from './tabs.ts';

const narrow = matchMedia('(max-width: 760px)');

class Page {
    private readonly list: LayerList;
    private readonly index: FeatureIndex;
    private readonly tabs = new Tabs(() => this.map?.resize());
    private readonly readout = new Readout();
    private readonly layers_panel: LayersPanel;
    private readonly check_panel: CheckPanel;
    private readonly here_panel: HerePanel;
    private map: MapLibre | undefined;
    private map_layers: MapLayers | undefined;
    private result_map: ResultMap | undefined;
    private draw: DrawTool | undefined;
    private shown: CheckResult | undefined;

    constructor(private readonly api: Api, private readonly collections: Collection[], private readonly basemap: Basemap) {
        this.list = new LayerList(collections);
        this.index = new FeatureIndex(api);
        this.layers_panel = new LayersPanel(
            by_id('panel-layers'), this.list, (box) => this.go({ name: '', note: '', box }),
            (layer) => this.map_layers?.index_of(layer)?.codes ?? []);
        const project_checker = new Checker(api, (outcome) => this.checked(outcome, () => this.check_panel.show(outcome)));
        this.check_panel = new CheckPanel(by_id('panel-check'), project_checker, () => this.start_drawing(),
            (heading) => this.context(heading, t('share_project'), () => project_checker.clear()));
        const here_checker = new Checker(api, (outcome) => this.checked(outcome, () => this.here_panel.show(outcome)));
        this.here_panel = new HerePanel(by_id('panel-here'), api, here_checker,
            (heading) => this.context(heading, t('share_chosen'), () => here_checker.clear()), () => this.readout.grid());
    }

    async start(): Promise<void> {
        const asked = from_hash(location.hash);
        if (asked.layers) {
            this.list.show(asked.layers);
        }
        on_language(() => this.render());
        this.render();
        this.accept_files();
        new SearchBox(this.api, this.index, this.collections, this.named_places(), this.search_extent(), (hit) => this.go(hit));
        try {
            this.map = await make_map(this.basemap, this.data_box());
        } catch {
            document.body.dataset['map'] = 'none';
            notify(t('no_webgl'));
            return;
        }
        await this.use_map(this.map);
        this.follow_hash();
    }

    private async use_map(map: MapLibre): Promise<void> {
        this.apply_place(from_hash(location.hash));
        this.result_map = new ResultMap(map);
        const changed = () => this.draw && render_draw_bar(this.draw);
        this.draw = new DrawTool(map, (polygon) => this.check_panel.check_geometry(polygon), changed);
        const places = this.basemap.places?.features ?? [];
        const named = places.flatMap(({ properties }) => [properties?.['code'], fold(properties?.['name'] ?? '')].filter(Boolean) as string[]);
        this.map_layers = new MapLayers(map, this.api, this.list, this.index, new Set(named));
        map.on('mousemove', ({ lngLat }) => this.readout.show({ lon: lngLat.lng, lat: lngLat.lat }));
        map.on('move', () => narrow.matches && this.show_centre());
        map.on('moveend', () => this.save_hash());
        map.on('click', (event) => {
            if (!this.draw?.drawing && event.originalEvent.detail < 2) {
                this.tabs.show('here');
                const { lng: lon, lat } = event.lngLat;
                void this.here_panel.ask({ lon, lat }, this.map_layers?.at(event.point) ?? []);
            }
        });
        this.show_centre();
        render_zoom(map);
        await this.map_layers.sync();
        this.layers_panel.render();
    }

    private render(): void {
        document.documentElement.lang = language();
        document.title = `ranh – ${t('title')}`;
        by_id('title').textContent = t('title');
        by_id('language').textContent = t('switch_language');
        const search = by_id<HTMLInputElement>('search-input');
        search.placeholder = t('search');
        search.setAttribute('aria-label', t('search'));
        this.tabs.render();
        this.layers_panel.render();
        this.check_panel.render();
        this.here_panel.render();
        this.readout.render();
        this.map_layers?.relabel();
        if (this.map) render_zoom(this.map);
        if (this.draw) render_draw_bar(this.draw);
    }

    private start_drawing(): void {
        if (narrow.matches) {
            by_id('toggle-panel').click();
        }
        this.draw?.start();
    }

    /// A result, or that there is none, goes to its panel and to the map.
    private checked(outcome: Outcome, show_in_panel: () => void): void {
        this.shown = outcome.state === 'done' ? outcome.result : undefined;
        if (outcome.state === 'done') {
            this.result_map?.show(outcome.result, (pair) => this.kind(pair.right_layer) !== 'administrative');
        } else {
            this.result_map?.clear();
        }
        if (outcome.state === 'done' && !by_id('panel-check').hidden) {
            this.zoom_to_result();
        }
        show_in_panel();
        if (outcome.state === 'done' && narrow.matches && document.body.classList.contains('panel-closed')) {
            this.tabs.show('check');
        }
    }

    private context(heading: string, left_words: string, clear: () => void): ResultContext {
        const find = (layer: string) => this.list.get(layer)?.collection;
        return {
            heading, left_words, clear,
            layer_title: (layer) => find(layer)?.title || layer,
            layer_kind: (layer) => this.kind(layer),
            choose: (pair) => this.choose(pair),
            zoom: () => this.zoom_to_result(),
        };
    }

    private kind(layer: string): string {
        const found = this.list.get(layer)?.collection;
        return found ? kind_of(found) : 'other';
    }

    private choose(pair: Pair): void {
        this.result_map?.choose(pair.geometry);
        const box = pair.geometry ? geometry_box(pair.geometry) : box_of(pair.bbox);
        if (box && this.map) fit(this.map, box);
    }

    private zoom_to_result(): void {
        const boxes = (this.shown?.projects ?? []).map((each) => each.geometry && geometry_box(each.geometry));
        const box = union(boxes.filter((each): each is Box => Boolean(each)));
        if (box && this.map) fit(this.map, box);
    }

    private go(hit: Hit): void {
        if (!this.map) {
            return;
        }
        const at = hit.at ?? (hit.box && { lon: (hit.box[0] + hit.box[2]) / 2, lat: (hit.box[1] + hit.box[3]) / 2 });
        if (hit.box) {
            fit(this.map, hit.box);
        } else if (at) {
            this.map.flyTo({ center: [at.lon, at.lat], zoom: Math.max(this.map.getZoom(), 13), duration: 500 });
        }
        if (at && hit.name !== '') {
            this.result_map?.mark(at);
            this.readout.show(at);
        }
    }

    private accept_files(): void {
        document.addEventListener('dragover', (event) => event.preventDefault());
        document.addEventListener('drop', (event) => {
            event.preventDefault();
            this.tabs.show('check');
            void this.check_panel.take_file(event.dataTransfer?.files[0]);
        });
    }

    private named_places(): NamedPlace[] {
        return (this.basemap.places?.features ?? []).flatMap(({ geometry, properties }) => {
            const name: unknown = properties?.['full_name'] ?? properties?.['name'];
            if (geometry.type !== 'Point' || typeof name !== 'string') return [];
            const [lon = 0, lat = 0] = geometry.coordinates;
            const short_words = search_words(String(properties?.['name'] ?? name));
            return [{ name, words: search_words(name), short_words, rank: Number(properties?.['rank'] ?? 9), lon, lat }];
        });
    }

    private data_box(): Box {
        return union(this.collections.flatMap((each) => { const box = collection_box(each); return box ? [box] : []; })) ?? [...country];
    }

    private search_extent(): [number, number, number, number] {
        const [west, south, east, north] = this.data_box();
        return [west - 0.3, south - 0.3, east + 0.3, north + 0.3];
    }

    private show_centre(): void {
        const { lng: lon, lat } = this.map!.getCenter();
        this.readout.show({ lon, lat });
    }

    private save_hash(): void {
        if (!this.map) {
            return;
        }
        const { lng: lon, lat } = this.map.getCenter();
        const view = { lat, lon, zoom: this.map.getZoom(), layers: this.list.shown(), language: language() };
        history.replaceState(null, '', to_hash(view));
    }

    private apply_place({ lat, lon, zoom }: Partial<View>): void {
        if (lat !== undefined && lon !== undefined && zoom !== undefined) {
            this.map?.jumpTo({ center: [lon, lat], zoom });
        }
    }

    /// The address follows the page, and the page follows an address typed or pasted into the bar.
    private follow_hash(): void {
        this.list.on_change(() => this.save_hash());
        on_language(() => this.save_hash());
        this.save_hash();
        addEventListener('hashchange', () => {
            const asked = from_hash(location.hash);
            // Each of these writes the address again, so all are read from it before.
            this.apply_place(asked);
            if (asked.language) choose_language(asked.language);
            if (asked.layers) this.list.show(asked.layers);
        });
    }
}

function positions_of(geometry: GeoJSON.Geometry): Array<[number, number]> {
    if (geometry.type === 'GeometryCollection') {
        return geometry.geometries.flatMap(positions_of);
    }
    const flat = geometry.coordinates.flat(3) as number[];
    return Array.from({ length: flat.length >> 1 }, (_, at) => [flat[2 * at]!, flat[2 * at + 1]!]);
}

function geometry_box(geometry: GeoJSON.Geometry): Box | undefined {
    return union(positions_of(geometry).map(([lon, lat]): Box => [lon, lat, lon, lat]));
}

function notify(sentence: string, action?: HTMLElement): void {
    const notice = by_id('notice');
    fill(notice, sentence, action);
    notice.hidden = false;
}

async function start(): Promise<void> {
    const api = new Api(new URL('..', document.baseURI).href);
    const asked = from_hash(location.hash).language;
    if (asked) {
        choose_language(asked);
    }
    by_id('language').addEventListener('click', () => choose_language(language() === 'vi' ? 'en' : 'vi'));
    try {
        const [collections, basemap] = await Promise.all([api.collections(), load_basemap(api)]);
        by_id('notice').hidden = true;
        await new Page(api, collections, basemap).start();
    } catch (cause) {
        console.error(cause);
        notify(`${t('no_server')} `, button(t('retry'), () => location.reload()));
    }
}

void start();
