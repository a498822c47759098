// Names and boxes of the features of small layers, read once per layer without geometry: for labels, for search, for the names in tables.

import type { Api, Box, Collection, Item } from './api.ts';
import { type Attributes, display_name, land_use_field } from './fields.ts';
import { kind_of } from './kinds.ts';
import { former_names, search_words } from './search.ts';

/// A layer up to this size is read whole; of a larger one only a sample is read.
const whole_layer = 1000;
const sample_size = 100;

export interface NamedFeature {
    layer: string;
    id: string;
    name: string;
    /// Name and id, then the name alone, as search_words().
    words: readonly string[];
    /// Names it had before a merger: as written and as search_words().
    former: readonly { name: string; words: string }[];
    box: Box | undefined;
    attributes: Attributes;
}

export interface LayerIndex {
    features: NamedFeature[];
    land_use: string | undefined;
    /// Land-use codes met, for the legend.
    codes: string[];
}

export function box_of(bbox: number[] | null | undefined): Box | undefined {
    if (!bbox || (bbox.length !== 4 && bbox.length !== 6) || !bbox.every(Number.isFinite)) {
        return undefined;
    }
    const half = bbox.length / 2;
    return [bbox[0]!, bbox[1]!, bbox[half]!, bbox[half + 1]!];
}

export function collection_box(collection: Collection): Box | undefined {
    return box_of(collection.extent?.spatial?.bbox?.[0]);
}

export function named_feature(layer: string, item: Item): NamedFeature {
    const attributes = item.properties ?? {};
    const id = String(item.id ?? '');
    const name = display_name(attributes, id);
    const words = [`${name} ${id}`, name].map(search_words);
    const former = former_names(attributes).map((each) => ({ name: each, words: search_words(each) }));
    return { layer, id, name, words, former, box: box_of(item.bbox), attributes };
}

function has_land_use(kind: string): boolean {
    return kind === 'parcel' || kind === 'land_use_plan';
}

export class FeatureIndex {
    private readonly loaded = new Map<string, Promise<LayerIndex>>();

    constructor(private readonly api: Api) {}

    layer(collection: Collection): Promise<LayerIndex> {
        let found = this.loaded.get(collection.id);
        if (!found) {
            found = this.load(collection);
            // A layer that could not be read is asked for again the next time.
            found.catch(() => this.loaded.delete(collection.id));
            this.loaded.set(collection.id, found);
        }
        return found;
    }

    private async load(collection: Collection): Promise<LayerIndex> {
        const small = (collection['ranh:featureCount'] ?? Infinity) <= whole_layer;
        if (!small && !has_land_use(kind_of(collection))) {
            return { features: [], land_use: undefined, codes: [] };
        }
        const page = await this.api.items(collection.id, small ? whole_layer : sample_size);
        const attributes = page.features.map((each) => each.properties ?? {});
        const land_use = has_land_use(kind_of(collection)) ? land_use_field(attributes) : undefined;
        const codes = land_use === undefined ? [] : [...new Set(attributes.map((each) => String(each[land_use] ?? '')))];
        const features = small ? page.features.map((each) => named_feature(collection.id, each)) : [];
        return { features, land_use, codes: codes.filter((each) => each !== '').sort() };
    }
}
