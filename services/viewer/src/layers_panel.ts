// The panel "Lớp bản đồ": legend, on and off, order, opacity, and where the data come from.

import type { Box, Collection } from './api.ts';
import { button, type Child, fill, h, icon, icons } from './dom.ts';
import { collection_box } from './feature_index.ts';
import { date, number } from './format.ts';
import { pattern_url } from './hatch.ts';
import { pick, t } from './i18n.ts';
import { first_zoom, kind_of, kind_text, status_of } from './kinds.ts';
import { land_use_colours } from './land_use_colours.ts';
import type { LayerList, LayerState } from './layer_list.ts';
import { is_outlined, is_patterned, pattern_of } from './layer_style.ts';
import { status_badge } from './result_view.ts';

function shape(collection: Collection): string {
    const types = collection['ranh:geometryTypes'] ?? [];
    const all = (pattern: RegExp) => types.length > 0 && types.every((each) => pattern.test(each));
    return all(/Point/) ? 'point' : all(/Line/) ? 'path' : 'area';
}

/// The sign of the layer as the map draws it.
function swatch({ collection, colour }: LayerState): HTMLElement {
    const form = shape(collection);
    const sign = h('span', { class: `swatch ${form} ${is_outlined(collection) ? 'outlined' : ''} ${status_of(collection)}`, 'aria-hidden': 'true' });
    sign.style.setProperty('--colour', colour);
    const pattern = pattern_of(status_of(collection));
    if (form === 'area' && pattern && is_patterned(collection)) {
        sign.style.backgroundImage = `url(${pattern_url(pattern, colour)})`;
    }
    return sign;
}

function details(collection: Collection): string {
    const words = [pick(kind_text(kind_of(collection)))];
    const count = collection['ranh:featureCount'];
    if (count !== undefined) words.push(t('features', { n: number(count) }));
    if (collection['ranh:version'] !== undefined) words.push(t('version', { n: collection['ranh:version'] }));
    if (collection['ranh:validFrom']) words.push(t('valid_from', { date: date(collection['ranh:validFrom']) }));
    if (collection['ranh:validTo']) words.push(t('valid_to', { date: date(collection['ranh:validTo']) }));
    return words.join(' · ');
}

export class LayersPanel {
    constructor(
        private readonly panel: HTMLElement, private readonly list: LayerList,
        private readonly zoom_to: (box: Box) => void, private readonly land_use_codes: (layer: string) => string[],
    ) {
        list.on_change(() => this.render());
    }

    render(): void {
        // A button used by keyboard keeps the focus although the list is drawn anew.
        const focused = document.activeElement?.getAttribute('data-key');
        const rows = this.list.all().map((state, at) => this.row(state, at));
        fill(this.panel,
            h('p', { class: 'hint' }, rows.length > 0 ? t('layers_hint') : t('layers_none')),
            h('ol', { class: 'layers' }, ...rows), this.sources());
        if (focused) {
            this.panel.querySelector<HTMLElement>(`[data-key="${CSS.escape(focused)}"]`)?.focus();
        }
    }

    private row(state: LayerState, at: number): HTMLElement {
        const { collection, visible } = state;
        const toggle = h('input', { type: 'checkbox', 'data-key': `${collection.id}/on`, id: `on-${collection.id}` });
        toggle.checked = visible;
        toggle.addEventListener('change', () => this.list.set_visible(collection.id, toggle.checked));
        return h('li', { class: visible ? 'layer' : 'layer off', 'data-layer': collection.id },
            h('div', { class: 'layer-head' },
                toggle, swatch(state),
                h('label', { for: `on-${collection.id}` }, collection.title || collection.id),
                this.tools(collection, at)),
            h('div', { class: 'layer-notes' },
                status_badge(status_of(collection), collection['ranh:statusLabel']),
                collection['ranh:stale'] === true && h('span', { class: 'badge stale' }, t('stale')),
                h('div', { class: 'minor' }, details(collection)),
                collection['ranh:decision'] ? h('div', { class: 'minor' }, t('decision', { text: collection['ranh:decision'] })) : false,
                first_zoom(kind_of(collection)) > 0 && h('div', { class: 'minor closer' }, t('zoom_closer')),
                visible && this.codes(collection.id), visible && this.opacity(state)));
    }

    private tools(collection: Collection, at: number): HTMLElement {
        const box = collection_box(collection);
        const tool = (sign: keyof typeof icons, word: string, name: string, action: () => void, disabled: boolean) =>
            button(icon(icons[sign]), action, { class: 'tool', title: word, 'aria-label': `${word}: ${collection.title || collection.id}`, 'data-key': `${collection.id}/${name}`, disabled });
        return h('span', { class: 'tools' },
            tool('up', t('move_up'), 'up', () => this.list.move(collection.id, -1), at === 0),
            tool('down', t('move_down'), 'down', () => this.list.move(collection.id, 1), at === this.list.all().length - 1),
            tool('zoom_to', t('zoom_to'), 'zoom', () => box && this.zoom_to(box), !box));
    }

    private opacity({ collection, opacity }: LayerState): HTMLElement {
        const slider = h('input', { type: 'range', min: 0, max: 100, step: 5, 'data-key': `${collection.id}/opacity`, 'aria-label': `${t('opacity')}: ${collection.title || collection.id}` });
        slider.value = String(Math.round(opacity * 100));
        slider.addEventListener('change', () => this.list.set_opacity(collection.id, Number(slider.value) / 100));
        return h('label', { class: 'opacity' }, h('span', { class: 'minor' }, t('opacity')), slider);
    }

    private codes(layer: string): Child {
        const codes = this.land_use_codes(layer);
        const signs = codes.map((code) => {
            const sign = h('span', { class: 'swatch area code', 'aria-hidden': 'true' });
            sign.style.backgroundColor = land_use_colours[code] ?? '#ffffff';
            return h('span', { class: 'code-sign' }, sign, code);
        });
        return signs.length > 0 && h('div', { class: 'codes', 'aria-label': t('land_use_sample') }, ...signs);
    }

    private sources(): HTMLElement {
        const lines = this.list.all().flatMap(({ collection }) => {
            const words = [...new Set([collection['ranh:attribution'], collection['ranh:licence']])].filter(Boolean);
            return words.length > 0 ? [`${collection.title || collection.id}: ${words.join(' – ')}`] : [];
        });
        return h('details', { class: 'sources' }, h('summary', {}, t('sources')),
            h('ul', {}, ...[...lines, t('basemap_source')].map((each) => h('li', {}, each))));
    }
}
