// The public HTTP API, as far as the map speaks it. Nothing else in the viewer fetches from the service.

import type { FeatureCollection, GeoJSON, Geometry } from 'geojson';
import type { Text } from './i18n.ts';

export type Box = [number, number, number, number];
export type Status = 'unknown' | 'draft' | 'in_force' | 'expired' | 'superseded';

export interface Collection {
    id: string;
    title?: string;
    description?: string;
    extent?: { spatial?: { bbox?: number[][] } };
    'ranh:kind'?: string;
    'ranh:status'?: Status;
    'ranh:statusLabel'?: Text;
    'ranh:version'?: number;
    'ranh:featureCount'?: number;
    'ranh:geometryTypes'?: string[];
    'ranh:validFrom'?: string | null;
    'ranh:validTo'?: string | null;
    'ranh:decision'?: string | null;
    'ranh:licence'?: string | null;
    'ranh:attribution'?: string | null;
    'ranh:stale'?: boolean;
}

export interface Item {
    id?: string | number;
    bbox?: number[];
    properties?: Record<string, unknown> | null;
}

export interface ItemPage {
    features: Item[];
    numberMatched?: number;
    links?: Array<{ rel?: string; href?: string }>;
}

export interface TileJson {
    minzoom?: number;
    maxzoom?: number;
}

export interface Areas {
    area_planar_m2?: number | null;
    planar_crs?: string | null;
    area_ellipsoid_m2?: number | null;
}

export interface CheckedProject {
    id?: string;
    name?: string | null;
    crs?: string;
    crs_decision?: { how?: string; reason?: string | Text };
    areas?: Areas;
    geometry?: Geometry | null;
}

export type Relation = 'contains' | 'within' | 'equals' | 'crosses' | 'touches' | 'near';
export type SizeClass = 'overlap' | 'sliver' | 'none';

export interface Pair {
    left_layer: string;
    left_id: string;
    right_layer: string;
    right_version: number;
    right_id: string;
    right_name?: string | null;
    right_title?: string | null;
    status: Status;
    status_label?: Text;
    relation: Relation;
    size_class: SizeClass;
    area_m2: number;
    area_planar_m2: number | null;
    share_left: number | null;
    share_right: number | null;
    width_m?: number | null;
    distance_m?: number | null;
    length_inside_m?: number | null;
    bbox?: number[] | null;
    geometry?: Geometry | null;
}

export interface UsedVersion {
    layer: string;
    version: number;
    status?: Status;
    title?: string | null;
    status_label?: Text;
    decision?: string | null;
    valid_from?: string | null;
    valid_to?: string | null;
    transform?: string | null;
    totals?: { union_m2?: number };
}

export interface CheckResult {
    at: string;
    known_at: string;
    projects: CheckedProject[];
    overlaps: Pair[];
    totals?: { sum_m2?: number; union_m2?: number };
    versions?: UsedVersion[];
    /// Why the coordinate system of the input is what it is, a sentence each.
    crs_decisions?: Array<Text | string>;
    truncated?: boolean;
    method?: Record<string, unknown> | string;
    notes?: Array<Text | string>;
}

export interface CheckInputs {
    geometry?: GeoJSON;
    corners?: string;
    feature?: { collection: string; id: string };
    crs?: string;
    inner_ring?: string;
    at?: string;
    near?: number;
    geometry_of_overlaps?: boolean;
}

/// What the service answered instead of a result (RFC 9457 problem document), or that it could not be reached (status 0).
export class Problem extends Error {
    constructor(readonly status: number, readonly title: string, readonly detail: string) {
        super(detail || title);
    }
}

export class Api {
    /// `root` is the address of the landing page, ending with a slash.
    constructor(private readonly root: string) {}

    async collections(): Promise<Collection[]> {
        const answer = await this.get<{ collections?: Collection[] }>('collections?f=json');
        return answer.collections ?? [];
    }

    tilejson(collection: string): Promise<TileJson> {
        return this.get(`collections/${encodeURIComponent(collection)}/tiles/WebMercatorQuad?f=tilejson`);
    }

    tile_template(collection: string): string {
        return `${this.root}collections/${encodeURIComponent(collection)}/tiles/WebMercatorQuad/{z}/{y}/{x}?f=mvt`;
    }

    /// Attributes and boxes of the first `limit` features, without their geometry.
    items(collection: string, limit: number): Promise<ItemPage> {
        return this.get(`collections/${encodeURIComponent(collection)}/items?f=geojson&skipGeometry=true&limit=${limit}`);
    }

    /// All features page by page, without geometry; stops after `most` features.
    async *all_items(collection: string, most: number): AsyncGenerator<Item[]> {
        let page = await this.items(collection, 1000);
        for (let seen = page.features.length; ; seen += page.features.length) {
            yield page.features;
            const next = page.links?.find((each) => each.rel === 'next')?.href;
            if (next === undefined || page.features.length === 0 || seen >= most) {
                return;
            }
            page = await this.get(this.same_origin(next));
        }
    }

    check(inputs: CheckInputs, signal?: AbortSignal): Promise<CheckResult> {
        return this.fetch_json('processes/overlap-check/execution', {
            method: 'POST',
            headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
            body: JSON.stringify({ inputs }),
            ...(signal && { signal }),
        });
    }

    basemap(name: string): Promise<FeatureCollection> {
        return this.get(`map/basemap/${name}.geojson`);
    }

    /// A link of an answer, kept on the server this page came from even where a proxy rewrote the host.
    private same_origin(href: string): string {
        const address = new URL(href, this.root);
        const path = address.pathname.indexOf('/collections/');
        return (path >= 0 ? address.pathname.slice(path + 1) : address.pathname) + address.search;
    }

    private get<T>(path: string): Promise<T> {
        return this.fetch_json<T>(path, {});
    }

    private async fetch_json<T>(path: string, options: RequestInit): Promise<T> {
        let response: Response;
        try {
            response = await fetch(this.root + path, options);
        } catch (cause) {
            if (cause instanceof DOMException && cause.name === 'AbortError') throw cause;
            throw new Problem(0, 'unreachable', '');
        }
        if (!response.ok) {
            const body = (await response.json().catch(() => ({}))) as { title?: string; detail?: string };
            throw new Problem(response.status, body.title ?? response.statusText, body.detail ?? '');
        }
        return (await response.json()) as T;
    }
}
