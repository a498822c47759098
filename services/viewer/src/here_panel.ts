// The panel "Tại điểm": which features contain the place that was clicked, and what the topmost of them overlaps with.

import { type Api, type Pair, Problem } from './api.ts';
import type { Checker, Outcome } from './checker.ts';
import { type GridSystem, type LonLat, to_grid } from './crs.ts';
import { button, type Child, fill, h } from './dom.ts';
import { display_name } from './fields.ts';
import { number } from './format.ts';
import { t } from './i18n.ts';
import { kind_rank } from './kinds.ts';
import { note_text } from './relation.ts';
import { type ResultContext, result_view, status_badge } from './result_view.ts';

export interface ClickedFeature {
    layer: string;
    id: string;
    attributes: Record<string, unknown>;
}

interface Here {
    at: LonLat;
    clicked: ClickedFeature[];
    containing: Pair[] | undefined;
    problem: string;
}

export class HerePanel {
    private here: Here | undefined;
    private outcome: Outcome = { state: 'none' };
    private chosen = '';

    constructor(
        private readonly panel: HTMLElement, private readonly api: Api, private readonly checker: Checker,
        private readonly context: (heading: string) => ResultContext, private readonly grid: () => GridSystem,
    ) {
        this.render();
    }

    /// Asks the service for what lies at a place, over all layers, those switched off included.
    async ask(at: LonLat, clicked: ClickedFeature[]): Promise<void> {
        const mine: Here = (this.here = { at, clicked, containing: undefined, problem: '' });
        this.chosen = '';
        this.checker.clear();
        this.render();
        const top = clicked.find((each) => this.context('').layer_kind(each.layer) !== 'administrative') ?? clicked[0];
        if (top) {
            this.check(top.layer, top.id, display_name(top.attributes, top.id));
        }
        try {
            const geometry = { type: 'Point' as const, coordinates: [at.lon, at.lat] };
            mine.containing = (await this.api.check({ geometry })).overlaps;
        } catch (cause) {
            mine.problem = cause instanceof Problem && cause.status !== 0 ? cause.detail || cause.title : t('no_server');
        }
        if (this.here === mine) {
            this.render();
        }
    }

    show(outcome: Outcome): void {
        this.outcome = outcome;
        this.render();
    }

    render(): void {
        fill(this.panel, ...(this.here ? this.views(this.here) : [h('p', { class: 'hint' }, t('here_hint'))]));
    }

    private views(here: Here): Child[] {
        return [this.place(here.at), h('h2', {}, t('here_contains')), this.list(here), this.outcome_view()];
    }

    private place(at: LonLat): HTMLElement {
        const { x, y } = to_grid(this.grid(), at);
        return h('p', { class: 'place' },
            h('span', {}, `WGS 84: ${number(at.lat, 6)}; ${number(at.lon, 6)}`), h('br'),
            h('span', {}, `${this.grid().label}: X ${number(x, 1)} · Y ${number(y, 1)}`));
    }

    private list(here: Here): Child {
        if (here.problem !== '') {
            return h('p', { class: 'problem', role: 'alert' }, here.problem);
        }
        if (!here.containing) {
            return h('p', { class: 'busy', role: 'status' }, t('busy'));
        }
        const { layer_kind } = this.context('');
        const pairs = here.containing
            .filter((each) => each.relation !== 'near')
            .sort((a, b) => kind_rank(layer_kind(a.right_layer)) - kind_rank(layer_kind(b.right_layer)));
        const touched = here.clicked.filter((each) => !pairs.some((pair) => pair.right_layer === each.layer && pair.right_id === each.id));
        if (pairs.length + touched.length === 0) {
            return h('p', { class: 'hint' }, t('here_none'));
        }
        return h('ul', { class: 'here' }, ...touched.map((each) => this.clicked_row(each)), ...pairs.map((each) => this.pair_row(each, here)));
    }

    private pair_row(pair: Pair, here: Here): HTMLElement {
        const clicked = here.clicked.find((each) => each.layer === pair.right_layer && each.id === pair.right_id);
        const name = pair.right_name || pair.right_id;
        return this.row(pair.right_layer, pair.right_id, name, clicked?.attributes, status_badge(pair.status, pair.status_label));
    }

    /// A point or line near the click, which contains no place and so is not in the answer of the service.
    private clicked_row({ layer, id, attributes }: ClickedFeature): HTMLElement {
        return this.row(layer, id, display_name(attributes, id), attributes, false);
    }

    private row(layer: string, id: string, name: string, attributes: Record<string, unknown> | undefined, badge: Child): HTMLElement {
        const shown = Object.entries(attributes ?? {}).filter(([, value]) => note_text(value) !== '');
        return h('li', { class: this.chosen === `${layer}/${id}` ? 'chosen' : '', 'data-layer': layer, 'data-id': id },
            h('strong', {}, name), ' ', badge,
            h('div', { class: 'minor' }, this.context('').layer_title(layer)),
            shown.length > 0 && h('details', {}, h('summary', {}, t('attributes')),
                h('dl', { class: 'facts' }, ...shown.map(([field, value]) =>
                    h('div', { class: 'fact' }, h('dt', {}, field), h('dd', {}, typeof value === 'number' ? String(value) : note_text(value)))))),
            button(t('what_overlaps'), () => this.check(layer, id, name), { class: 'quiet' }));
    }

    private check(layer: string, id: string, name: string): void {
        this.chosen = `${layer}/${id}`;
        const whole_province = this.context('').layer_kind(layer) === 'administrative';
        void this.checker.run({ feature: { collection: layer, id }, geometry_of_overlaps: !whole_province }, () => t('result_of', { name }));
    }

    private outcome_view(): Child {
        const { outcome } = this;
        if (outcome.state === 'busy') return h('p', { class: 'busy', role: 'status' }, t('busy'));
        if (outcome.state === 'failed') return h('p', { class: 'problem', role: 'alert' }, outcome.problem.detail || outcome.problem.title || t('no_server'));
        return outcome.state === 'done' && result_view(outcome.result, this.context(outcome.heading()));
    }
}
