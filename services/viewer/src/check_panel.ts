// The panel "Kiểm tra dự án": draw, paste or drop a project, say in which system, and read the result.

import type { GeoJSON } from 'geojson';
import type { CheckInputs, Problem } from './api.ts';
import { asked, type Checker, type Heading, type Outcome } from './checker.ts';
import { classify, decode, type ProjectText } from './corner_text.ts';
import { grid_systems, wgs84 } from './crs.ts';
import { button, type Child, fill, h, icon, icons } from './dom.ts';
import { t } from './i18n.ts';
import { type ResultContext, result_view } from './result_view.ts';

/// What the form holds, apart from the page, so that a change of language loses nothing.
interface Form {
    text: string;
    crs: string;
    inner_ring: string;
    inner_ring_asked: boolean;
    at: string;
    near: string;
    complaint: string;
}

/// Beyond this a file is not held in a text field.
const shown_characters = 200_000;

export class CheckPanel {
    private readonly form: Form = { text: '', crs: 'auto', inner_ring: '', inner_ring_asked: false, at: '', near: '', complaint: '' };
    private outcome: Outcome = { state: 'none' };
    private readonly form_area = h('div', { class: 'form' });
    private readonly result_area = h('div', {});

    constructor(
        panel: HTMLElement, private readonly checker: Checker, private readonly start_drawing: () => void,
        private readonly context: (heading: string) => ResultContext,
    ) {
        panel.append(this.form_area, this.result_area);
        this.render();
    }

    render(): void {
        fill(this.form_area, h('p', { class: 'hint' }, t('check_hint')), this.draw_row(), this.paste_field(), this.options(), this.check_row());
        this.render_outcome();
    }

    show(outcome: Outcome): void {
        this.outcome = outcome;
        if (outcome.state === 'failed' && asked(outcome.problem).inner_ring && !this.form.inner_ring_asked) {
            this.form.inner_ring_asked = true;
            this.render();
        } else {
            this.render_outcome();
        }
    }

    /// Reads a file dropped on the page or chosen in the dialog.
    async take_file(file: File | undefined): Promise<void> {
        if (!file) {
            return;
        }
        this.form.complaint = '';
        const known = /\.(geojson|json|csv|tsv|txt)$/i.test(file.name);
        const text = known ? decode(new Uint8Array(await file.arrayBuffer())) : '';
        const content = classify(text);
        if (!known || content.kind === 'empty') {
            this.complain(known ? t('paste_empty') : t('file_unknown', { name: file.name }));
        } else if (content.kind === 'broken_geojson') {
            this.complain(t('file_broken', { name: file.name }));
        } else {
            this.form.text = text.length <= shown_characters ? text : '';
            this.render();
            this.check(content, () => file.name);
        }
    }

    /// Checks GeoJSON in WGS 84, as it was drawn.
    check_geometry(geometry: GeoJSON): void {
        void this.checker.run({ geometry, ...this.common() }, () => t('result'));
    }

    private complain(sentence: string): void {
        this.form.complaint = sentence;
        this.render();
    }

    private draw_row(): HTMLElement {
        const chooser = h('input', { type: 'file', accept: '.geojson,.json,.csv,.tsv,.txt', class: 'hidden-file', tabindex: -1 });
        chooser.addEventListener('change', () => this.take_file(chooser.files?.[0]));
        return h('div', { class: 'buttons' },
            button(icon(icons.draw), () => this.start_drawing(), { id: 'start-drawing' }, t('draw')),
            button(icon(icons.file), () => chooser.click(), {}, t('choose_file')), chooser);
    }

    private paste_field(): HTMLElement {
        const count = h('div', { class: 'minor', id: 'paste-count', 'aria-live': 'polite' }, this.count_words());
        const field = h('textarea', {
            id: 'corners', rows: 6, spellcheck: 'false', autocomplete: 'off', placeholder: 'M1  1327397,60  493271,57\nM2  …',
        });
        field.value = this.form.text;
        field.addEventListener('input', () => {
            this.form.text = field.value;
            count.textContent = this.count_words();
        });
        return h('label', { class: 'field' }, h('span', {}, t('paste')), field, count);
    }

    private count_words(): string {
        const content = classify(this.form.text);
        if (content.kind === 'corners') return t('paste_rows', { n: content.rows });
        return content.kind === 'geojson' ? t('paste_geojson') : '';
    }

    private select(id: string, word: string, field: 'crs' | 'inner_ring', choices: Array<[string, string]>): HTMLElement {
        const element = h('select', { id }, ...choices.map(([value, label]) => h('option', { value }, label)));
        element.value = this.form[field];
        element.addEventListener('change', () => (this.form[field] = element.value));
        return h('label', { class: 'field' }, h('span', {}, word), element);
    }

    private input(id: string, word: string, field: 'at' | 'near', type: string): HTMLElement {
        const element = h('input', { id, type, ...(type === 'number' && { min: 0, step: 'any' }) });
        element.value = this.form[field];
        element.addEventListener('change', () => (this.form[field] = element.value));
        return h('label', { class: 'field' }, h('span', {}, word), element);
    }

    private options(): HTMLElement {
        const systems = [...grid_systems, wgs84].map(({ code, label }): [string, string] => [code, `${label} – ${code}`]);
        const rings: Array<[string, string]> =
            [['', t('inner_choose')], ['hole', t('inner_hole')], ['part', t('inner_part')], ['ignore', t('inner_ignore')]];
        return h('div', { class: 'options' },
            this.select('corner-crs', t('crs'), 'crs', [['auto', t('crs_auto')], ...systems]),
            this.form.inner_ring_asked && this.select('inner-ring', t('inner_ring'), 'inner_ring', rings),
            this.input('check-at', t('at_date'), 'at', 'date'),
            this.input('check-near', t('near'), 'near', 'number'));
    }

    private check_row(): HTMLElement {
        return h('div', {},
            this.form.complaint !== '' && h('p', { class: 'problem', role: 'alert' }, this.form.complaint),
            button(t('check'), () => this.check_text(), { id: 'run-check', class: 'primary' }));
    }

    private check_text(): void {
        const content = classify(this.form.text);
        this.form.complaint = '';
        if (content.kind === 'empty') {
            this.complain(t('paste_empty'));
        } else if (content.kind === 'broken_geojson') {
            this.complain(t('file_broken', { name: 'GeoJSON' }));
        } else {
            this.render();
            this.check(content, () => t('result'));
        }
    }

    private check(content: Extract<ProjectText, { kind: 'corners' | 'geojson' }>, heading: Heading): void {
        const { crs, inner_ring } = this.form;
        const inputs: CheckInputs = content.kind === 'corners'
            ? { corners: content.text, crs, ...(inner_ring !== '' && { inner_ring }) }
            : this.geojson_inputs(content.value, content.crs);
        void this.checker.run({ ...inputs, ...this.common() }, heading);
    }

    /// GeoJSON is WGS 84 unless it names a system itself or the user chose one.
    private geojson_inputs(geometry: GeoJSON, named: string | undefined): CheckInputs {
        const crs = this.form.crs === 'auto' ? named : this.form.crs;
        return crs === undefined || crs === wgs84.code ? { geometry } : { geometry, crs };
    }

    private common(): CheckInputs {
        const near = Number(this.form.near);
        return { geometry_of_overlaps: true, ...(this.form.at !== '' && { at: this.form.at }), ...(near > 0 && { near }) };
    }

    private render_outcome(): void {
        const { outcome } = this;
        const view: Child =
            outcome.state === 'busy' ? h('p', { class: 'busy', role: 'status' }, t('busy'))
            : outcome.state === 'failed' ? this.problem_view(outcome.problem)
            : outcome.state === 'done' && result_view(outcome.result, this.context(outcome.heading()));
        fill(this.result_area, view);
        if (outcome.state !== 'none') {
            this.result_area.scrollIntoView({ block: 'nearest' });
        }
    }

    private problem_view(problem: Problem): HTMLElement {
        const sentence = problem.status === 0 ? t('no_server') : problem.detail || problem.title;
        const systems = asked(problem).systems;
        return h('div', { class: 'problem', role: 'alert' },
            h('strong', {}, t('failed')), h('p', {}, sentence),
            systems.length > 0 && h('div', { class: 'buttons' }, t('choose_crs'), ...systems.map((code) => this.system_button(code))));
    }

    private system_button(code: string): HTMLElement {
        const label = grid_systems.find((each) => each.code === code)?.label ?? code;
        return button(label, () => {
            this.form.crs = code;
            this.render();
            this.check_text();
        }, { 'data-crs': code });
    }
}
