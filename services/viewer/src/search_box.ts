// The search box: names of communes, places and features, coordinate pairs, sheet and parcel; a listbox driven by keyboard or pointer.

import type { Api, Box, Collection } from './api.ts';
import type { LonLat } from './crs.ts';
import { by_id, fill, h } from './dom.ts';
import { type FeatureIndex, type NamedFeature, named_feature } from './feature_index.ts';
import { has_parcel_number } from './fields.ts';
import { number } from './format.ts';
import { t } from './i18n.ts';
import { kind_of, kind_rank } from './kinds.ts';
import { type Extent, match_score, parse_coordinates, parse_parcel, search_words } from './search.ts';

export interface Hit {
    name: string;
    note: string;
    /// Where to go: a box to fit, or a point to stand on.
    box?: Box | undefined;
    /// Name without its kind, as search_words() ("Xã …"), to tell that two hits are one place.
    short?: string;
    at?: LonLat;
}

export interface NamedPlace extends LonLat {
    name: string;
    /// The name as shown, with its kind before it, and without, as search_words().
    words: string;
    short_words: string;
    rank: number;
}

/// How well a feature answers, by the name of today or else by a former one, which counts half.
function best_name(feature: NamedFeature, query: string): { score: number; former?: string } {
    const score = Math.max(...feature.words.map((each) => match_score(each, query)));
    const former = feature.former.map(({ name, words }) => ({ name, score: match_score(words, query) / 2 }));
    const best = former.reduce((a, b) => (b.score > a.score ? b : a), { name: '', score: 0 });
    return best.score > score ? { score: best.score, former: best.name } : { score };
}

const most_hits = 12;
/// Parcels read at most when a sheet and parcel number is looked for.
const most_parcels = 20_000;

export class SearchBox {
    private readonly input: HTMLInputElement;
    private readonly results: HTMLElement;
    private hits: Hit[] = [];
    private current = -1;
    private asked = 0;

    constructor(
        private readonly api: Api, private readonly index: FeatureIndex, private readonly collections: readonly Collection[],
        private readonly places: readonly NamedPlace[], private readonly extent: Extent, private readonly go: (hit: Hit) => void,
    ) {
        this.input = by_id<HTMLInputElement>('search-input');
        this.results = by_id('search-results');
        this.input.addEventListener('input', () => void this.search());
        this.input.addEventListener('focus', () => this.input.value !== '' && void this.search());
        this.input.addEventListener('keydown', (event) => this.key(event));
        this.input.addEventListener('blur', () => setTimeout(() => this.close(), 150));
    }

    private async search(): Promise<void> {
        const mine = ++this.asked;
        const text = this.input.value.trim();
        if (text === '') {
            this.close();
            return;
        }
        this.show([...this.coordinate_hits(text), ...this.place_hits(search_words(text))], true);
        const found = [...this.coordinate_hits(text), ...(await this.parcel_hits(text, () => mine === this.asked)), ...(await this.name_hits(search_words(text)))];
        if (mine === this.asked) {
            this.show(found, false);
        }
    }

    private coordinate_hits(text: string): Hit[] {
        return parse_coordinates(text, this.extent).map(({ lon, lat, label, swapped }) => ({
            name: `${number(lat, 6)}; ${number(lon, 6)}`,
            note: swapped ? `${label} – ${t('swapped_axes')}` : label,
            at: { lon, lat },
        }));
    }

    private place_hits(query: string): Hit[] {
        return this.places
            .map((place) => ({ place, score: Math.max(match_score(place.words, query), match_score(place.short_words, query)) }))
            .filter(({ score }) => score > 0)
            .sort((a, b) => b.score - a.score || a.place.rank - b.place.rank)
            .slice(0, most_hits)
            .map(({ place }) => ({ name: place.name, short: place.short_words, note: t('map'), at: place }));
    }

    /// Names in the layers read whole; a place of the base map that is also a feature appears once, as the feature.
    private async name_hits(query: string): Promise<Hit[]> {
        const loaded = await Promise.all(this.collections.map(async (collection) => {
            const features = await this.index.layer(collection).then((each) => each.features, () => []);
            return features.map((feature) => ({ feature, collection, ...best_name(feature, query) }));
        }));
        const found = loaded.flat().filter(({ score }) => score > 0)
            .sort((a, b) => b.score - a.score || kind_rank(kind_of(b.collection)) - kind_rank(kind_of(a.collection)))
            .slice(0, most_hits)
            .map(({ feature, collection, former }): Hit => ({
                name: feature.name, box: feature.box,
                note: former === undefined ? collection.title || collection.id : t('formerly', { name: former }),
            }));
        const names = new Set(found.map((each) => search_words(each.name)));
        const others = this.place_hits(query).filter((each) => !names.has(search_words(each.name)) && !names.has(each.short ?? ''));
        return [...found, ...others].slice(0, most_hits);
    }

    private async parcel_hits(text: string, wanted: () => boolean): Promise<Hit[]> {
        const asked = parse_parcel(text);
        const hits: Hit[] = [];
        for (const collection of asked ? this.collections.filter((each) => kind_of(each) === 'parcel') : []) {
            for await (const page of this.api.all_items(collection.id, most_parcels)) {
                const found = page.filter((each) => has_parcel_number(each.properties ?? {}, asked!.sheet, asked!.parcel));
                hits.push(...found.map((each) => {
                    const { box, id } = named_feature(collection.id, each);
                    return { name: t('parcel_number', { ...asked! }), note: `${collection.title || collection.id}: ${id}`, box };
                }));
                if (!wanted() || hits.length >= most_hits) {
                    return hits;
                }
            }
        }
        return hits;
    }

    private show(hits: Hit[], busy: boolean): void {
        this.hits = hits;
        this.current = -1;
        const rows = hits.map((hit, at) => h('li', { role: 'option', id: `hit-${at}`, onmousedown: (event) => this.choose(at, event) },
            h('span', {}, hit.name), h('span', { class: 'minor' }, hit.note)));
        fill(this.results, ...rows, hits.length === 0 && h('li', { class: 'none' }, busy ? t('search_busy') : t('search_none')));
        this.results.hidden = false;
        this.input.setAttribute('aria-expanded', 'true');
    }

    private key(event: KeyboardEvent): void {
        const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
        if (step !== undefined && this.hits.length > 0) {
            event.preventDefault();
            this.mark((this.current + step + this.hits.length) % this.hits.length);
        } else if (event.key === 'Enter' && this.hits.length > 0) {
            this.choose(Math.max(this.current, 0), event);
        } else if (event.key === 'Escape') {
            this.close();
        }
    }

    private mark(at: number): void {
        this.current = at;
        this.results.querySelectorAll('[role=option]').forEach((each, index) => each.setAttribute('aria-selected', String(index === at)));
        this.input.setAttribute('aria-activedescendant', `hit-${at}`);
    }

    private choose(at: number, event: Event): void {
        event.preventDefault();
        const hit = this.hits[at];
        if (hit) {
            this.input.value = hit.name;
            this.close();
            this.go(hit);
        }
    }

    private close(): void {
        this.asked++;
        this.results.hidden = true;
        this.input.setAttribute('aria-expanded', 'false');
        this.input.removeAttribute('aria-activedescendant');
    }
}
