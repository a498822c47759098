// What a pair of features is called, and what may be said at the end. The words say the geometric fact; the conclusion is
// always left to the authority.

import type { Pair } from './api.ts';
import { pick, t, type Text } from './i18n.ts';
import { is_planning } from './kinds.ts';

const adjacent: Text = { vi: 'giáp ranh', en: 'adjacent' };
const sliver: Text = { vi: 'giáp ranh, trong sai số', en: 'adjacent, within tolerance' };
const near: Text = { vi: 'ở gần', en: 'near' };

const overlaps: Record<string, Text> = {
    crosses: { vi: 'chồng lấn', en: 'overlaps' },
    contains: { vi: 'chồng lấn, chứa trọn', en: 'overlaps, contains it whole' },
    within: { vi: 'chồng lấn, nằm trọn trong', en: 'overlaps, lies whole inside' },
    equals: { vi: 'chồng lấn, trùng khít', en: 'overlaps, the same area' },
};

/// Points and lines share no area; for them only the position is named.
const positions: Record<string, Text> = {
    crosses: { vi: 'cắt qua', en: 'crosses' },
    contains: { vi: 'chứa', en: 'contains' },
    within: { vi: 'nằm trong', en: 'inside' },
    equals: { vi: 'trùng khít', en: 'the same' },
};

export function relation_text(pair: Pick<Pair, 'relation' | 'size_class'>): Text {
    if (pair.size_class === 'sliver') return sliver;
    if (pair.relation === 'touches') return adjacent;
    if (pair.relation === 'near') return near;
    const words = pair.size_class === 'overlap' ? overlaps : positions;
    return words[pair.relation] ?? { vi: pair.relation, en: pair.relation };
}

/// Largest area first; pairs without area after them, the nearer first; then by layer and id, so that the order is fixed.
export function by_area(a: Pair, b: Pair): number {
    return (
        b.area_m2 - a.area_m2 ||
        (a.distance_m ?? 0) - (b.distance_m ?? 0) ||
        a.right_layer.localeCompare(b.right_layer) ||
        a.right_id.localeCompare(b.right_id)
    );
}

function names(pairs: readonly Pair[]): string {
    const all = [...new Set(pairs.map((each) => each.right_name || each.right_id))];
    const shown = all.slice(0, 5).join(', ');
    return all.length > 5 ? `${shown} ${t('concl_more', { n: all.length - 5 })}` : shown;
}

/// The sentences above the table. `kind_of` gives the kind of a layer; administrative units are where a project lies, and no finding.
export function conclusions(pairs: readonly Pair[], kind_of: (layer: string) => string): string[] {
    const told = [...pairs].sort(by_area).filter((each) => kind_of(each.right_layer) !== 'administrative');
    const found = told.filter((each) => each.size_class === 'overlap' || (each.size_class === 'none' && each.relation in positions));
    const by_status = (status: string) => found.filter((each) => each.status === status);
    const plan = by_status('in_force').filter((each) => is_planning(kind_of(each.right_layer)));
    const drafts = by_status('draft');
    const unknown = by_status('unknown');
    const others = found.filter((each) => ![plan, drafts, unknown].some((group) => group.includes(each)));
    const slivers = told.filter((each) => each.size_class === 'sliver');
    const sentences = [
        plan.length > 0 && t('concl_plan', { list: names(plan) }),
        drafts.length > 0 && t('concl_draft', { list: names(drafts) }),
        unknown.length > 0 && t('concl_unknown', { list: names(unknown) }),
        others.length > 0 && t('concl_other', { list: names(others) }),
        slivers.length > 0 && t('concl_sliver', { list: names(slivers) }),
        found.length === 0 && t('no_overlap'),
        t('concl_close'),
    ];
    return sentences.filter((each): each is string => each !== false);
}

/// Text of a note that the service gives in both languages or as one sentence.
export function note_text(note: unknown): string {
    if (typeof note === 'object' && note !== null && 'vi' in note && 'en' in note) {
        return pick(note as Text);
    }
    return typeof note === 'string' || typeof note === 'number' || typeof note === 'boolean' ? String(note) : '';
}
