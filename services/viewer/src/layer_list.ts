// The layers of the page in drawing order, top first: which are on, how opaque, in which colour. No map and no DOM here.

import type { Collection } from './api.ts';
import { kind_of, kind_rank, layer_colours, starts_visible } from './kinds.ts';
import type { ShownLayer } from './permalink.ts';

export interface LayerState {
    collection: Collection;
    colour: string;
    visible: boolean;
    opacity: number;
}

export class LayerList {
    private states: LayerState[];
    private readonly listeners: Array<() => void> = [];

    constructor(collections: readonly Collection[]) {
        const colours = layer_colours(collections);
        this.states = collections
            .map((collection) => ({
                collection,
                colour: colours.get(collection.id)!,
                visible: starts_visible(kind_of(collection)),
                opacity: 1,
            }))
            .sort((a, b) => kind_rank(kind_of(a.collection)) - kind_rank(kind_of(b.collection)));
    }

    /// Top first.
    all(): readonly LayerState[] {
        return this.states;
    }

    get(id: string): LayerState | undefined {
        return this.states.find((each) => each.collection.id === id);
    }

    on_change(listener: () => void): void {
        this.listeners.push(listener);
    }

    /// Moves a layer one place up (-1) or down (+1); at the end of the list nothing happens.
    move(id: string, step: -1 | 1): void {
        const from = this.states.findIndex((each) => each.collection.id === id);
        const to = from + step;
        if (from < 0 || to < 0 || to >= this.states.length) {
            return;
        }
        const [moved] = this.states.splice(from, 1);
        this.states.splice(to, 0, moved!);
        this.changed();
    }

    set_visible(id: string, visible: boolean): void {
        this.change(id, { visible });
    }

    set_opacity(id: string, opacity: number): void {
        this.change(id, { opacity });
    }

    shown(): ShownLayer[] {
        return this.states.filter((each) => each.visible).map((each) => ({ id: each.collection.id, opacity: each.opacity }));
    }

    /// Takes order, visibility and opacity from a permalink; layers it does not name are switched off and keep their order below.
    show(layers: readonly ShownLayer[]): void {
        const named = layers.flatMap(({ id, opacity }) => {
            const state = this.get(id);
            return state ? [{ ...state, visible: true, opacity }] : [];
        });
        const ids = new Set(named.map((each) => each.collection.id));
        const others = this.states.filter((each) => !ids.has(each.collection.id)).map((each) => ({ ...each, visible: false }));
        this.states = [...named, ...others];
        this.changed();
    }

    private change(id: string, change: Partial<LayerState>): void {
        const state = this.get(id);
        if (state) {
            Object.assign(state, change);
            this.changed();
        }
    }

    private changed(): void {
        this.listeners.forEach((each) => each());
    }
}
