// The result of a check as page elements: conclusion, facts about the project, table, totals, versions and method.

import type { CheckedProject, CheckResult, Pair, UsedVersion } from './api.ts';
import { button, type Child, download, h } from './dom.ts';
import { date, hectares, metres, percent, square_metres } from './format.ts';
import { pick, t } from './i18n.ts';
import { status_text } from './kinds.ts';
import { by_area, conclusions, note_text, relation_text } from './relation.ts';
import { result_csv } from './result_csv.ts';

const rows_at_first = 100;

export interface ResultContext {
    heading: string;
    /// What a share of the left side is a share of, in words.
    left_words: string;
    layer_title(layer: string): string;
    layer_kind(layer: string): string;
    choose(pair: Pair): void;
    zoom(): void;
    clear(): void;
}

export function status_badge(status: Pair['status'], label: Pair['status_label']): HTMLElement {
    return h('span', { class: `badge ${status}` }, pick(status_text(status, label)));
}

function fact(name: string, ...value: Child[]): HTMLElement {
    return h('div', { class: 'fact' }, h('dt', {}, name), h('dd', {}, ...value));
}

function area_text(area_m2: number): string {
    return `${square_metres(area_m2)} (${hectares(area_m2)})`;
}

function project_facts(project: CheckedProject, several: boolean): HTMLElement {
    const { areas, crs_decision, crs } = project;
    const decided = crs_decision && (crs_decision.how === 'found' ? t('found') : t('declared'));
    const reason = note_text(crs_decision?.reason);
    return h('dl', { class: 'facts' },
        several && fact(t('project'), project.name || project.id),
        crs !== undefined && fact(t('crs'), crs, decided ? ` – ${decided}` : '', reason && h('div', { class: 'minor' }, reason)),
        areas?.area_ellipsoid_m2 ? fact(t('area_ellipsoid'), area_text(areas.area_ellipsoid_m2)) : false,
        areas?.area_planar_m2 ? fact(t('area_planar', { crs: areas.planar_crs ?? '' }), area_text(areas.area_planar_m2)) : false,
    );
}

/// A percentage never stands alone: the whole it is taken of is printed with it.
function share_lines(share: number | null, whole_m2: number | undefined, words: string): Child[] {
    if (share === null || share === 0) {
        return [];
    }
    const whole = whole_m2 === undefined ? words : `/ ${words} ${hectares(whole_m2)}`;
    return [h('div', {}, percent(share)), h('div', { class: 'minor' }, whole)];
}

function measure_cell(pair: Pair): Child[] {
    if (pair.area_m2 > 0) {
        return [h('div', {}, square_metres(pair.area_m2)), h('div', { class: 'minor' }, hectares(pair.area_m2))];
    }
    if (pair.length_inside_m) return [metres(pair.length_inside_m)];
    return pair.relation === 'near' && pair.distance_m ? [metres(pair.distance_m)] : ['–'];
}

function whole_of(area_m2: number, share: number | null): number | undefined {
    return share ? area_m2 / share : undefined;
}

function row(pair: Pair, context: ResultContext, result: CheckResult): HTMLElement {
    const project = result.projects.find((each) => each.id === pair.left_id);
    const left_whole = project?.areas?.area_ellipsoid_m2 ?? whole_of(pair.area_m2, pair.share_left);
    const name = pair.right_name || pair.right_id;
    const version = t('version', { n: pair.right_version });
    return h('tr', { class: pair.size_class, 'data-layer': pair.right_layer, 'data-id': pair.right_id },
        h('td', {},
            result.projects.length > 1 && h('div', { class: 'minor' }, project?.name || pair.left_id),
            button(name, () => context.choose(pair), { class: 'link', title: t('zoom_to') }),
            h('div', { class: 'relation' }, pick(relation_text(pair))),
            h('div', { class: 'minor' }, `${pair.right_title || context.layer_title(pair.right_layer)}, ${version}`),
            status_badge(pair.status, pair.status_label)),
        h('td', { class: 'number' }, ...measure_cell(pair)),
        h('td', { class: 'number' },
            ...share_lines(pair.share_left, left_whole, context.left_words),
            ...share_lines(pair.share_right, whole_of(pair.area_m2, pair.share_right), t('share_feature'))),
    );
}

/// Why the coordinate system is what it is, as the service words it.
function crs_reasons({ crs_decisions }: CheckResult): Child[] {
    return [...new Set((crs_decisions ?? []).map(note_text))].filter((each) => each !== '').map((each) => h('p', { class: 'minor' }, each));
}

/// One table, largest area first; nothing where there is no pair.
function table(heading: string, found: readonly Pair[], result: CheckResult, context: ResultContext): Child {
    const pairs = [...found].sort(by_area);
    if (pairs.length === 0) {
        return false;
    }
    const body = h('tbody', {}, ...pairs.slice(0, rows_at_first).map((each) => row(each, context, result)));
    const rest = pairs.slice(rows_at_first);
    const more = button(t('show_all', { n: pairs.length }), () => {
        body.append(...rest.map((each) => row(each, context, result)));
        more.remove();
    });
    const head = [heading, t('col_area'), t('col_share')].map((each) => h('th', { scope: 'col' }, each));
    return h('div', { class: 'table' }, h('table', {}, h('thead', {}, h('tr', {}, ...head)), body), rest.length > 0 && more);
}

/// Sums over all layers; where administrative units are among them they would only count the project again.
function totals({ totals: sums, overlaps }: CheckResult, is_unit: (pair: Pair) => boolean): Child {
    if (!sums || overlaps.length === 0 || overlaps.some(is_unit)) {
        return false;
    }
    return h('dl', { class: 'facts' },
        sums.sum_m2 !== undefined && fact(t('total_sum'), area_text(sums.sum_m2)),
        sums.union_m2 !== undefined && fact(t('total_union'), area_text(sums.union_m2)));
}

function version_line(version: UsedVersion, context: ResultContext): HTMLElement {
    const title = version.title || context.layer_title(version.layer);
    const status = version.status && pick(status_text(version.status, version.status_label));
    const dates = [
        version.valid_from && t('valid_from', { date: date(version.valid_from) }),
        version.valid_to && t('valid_to', { date: date(version.valid_to) }),
    ];
    const covered = version.totals?.union_m2 ?? 0;
    const union = covered > 0 && `${t('total_union')}: ${square_metres(covered)}`;
    const words = [`${title}, ${t('version', { n: version.version })}`, status, ...dates, version.decision, version.transform, union];
    return h('li', {}, words.filter(Boolean).join(' · '));
}

function method_lines(method: CheckResult['method']): Child[] {
    if (typeof method !== 'object') {
        return [note_text(method)];
    }
    return Object.entries(method).flatMap(([name, value]) => {
        const text = Array.isArray(value) ? value.map(note_text).join('; ') : note_text(value);
        return text === '' ? [] : [h('li', {}, h('span', { class: 'minor' }, `${name.replace(/_/g, ' ')}: `), text)];
    });
}

function footnotes(result: CheckResult, context: ResultContext): HTMLElement {
    const notes = (result.notes ?? []).map(note_text).filter((each) => each !== '');
    return h('div', { class: 'footnotes' },
        h('p', { class: 'minor' }, t('as_at', { at: date(result.at), known: date(result.known_at) })),
        ...notes.map((each) => h('p', { class: 'minor' }, each)),
        (result.versions ?? []).length > 0 && h('details', {}, h('summary', {}, t('versions_used')),
            h('ul', {}, ...result.versions!.map((each) => version_line(each, context)))),
        result.method !== undefined && h('details', {}, h('summary', {}, t('method')), h('ul', {}, ...method_lines(result.method))));
}

export function result_view(result: CheckResult, context: ResultContext): HTMLElement {
    const several = result.projects.length > 1;
    const is_unit = (pair: Pair) => context.layer_kind(pair.right_layer) === 'administrative';
    return h('section', { class: 'result', 'aria-live': 'polite' },
        h('div', { class: 'result-head' },
            h('h2', {}, context.heading),
            button(t('clear'), () => context.clear(), { class: 'quiet' })),
        h('div', { class: 'conclusion' }, ...conclusions(result.overlaps, context.layer_kind).map((each) => h('p', {}, each))),
        ...result.projects.slice(0, 20).map((each) => project_facts(each, several)),
        ...crs_reasons(result),
        result.truncated === true && h('p', { class: 'problem' }, t('truncated')),
        table(t('col_object'), result.overlaps.filter((each) => !is_unit(each)), result, context),
        table(t('col_unit'), result.overlaps.filter(is_unit), result, context),
        totals(result, is_unit),
        h('div', { class: 'buttons' },
            button(t('download_csv'), () => download('ranh-check.csv', result_csv(result), 'text/csv;charset=utf-8')),
            button(t('zoom_result'), () => context.zoom())),
        footnotes(result, context));
}
