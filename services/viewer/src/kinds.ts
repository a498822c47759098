// How a layer is shown, by its kind and legal status alone.

import type { Collection, Status } from './api.ts';
import type { Text } from './i18n.ts';

const status_words: Record<Status, Text> = {
    draft: { vi: 'dự thảo, chưa ký', en: 'draft, unsigned' },
    unknown: { vi: 'chưa rõ hiệu lực', en: 'status unknown' },
    in_force: { vi: 'có hiệu lực', en: 'in force' },
    expired: { vi: 'hết hiệu lực', en: 'expired' },
    superseded: { vi: 'đã được thay thế', en: 'superseded' },
};

export function status_of(collection: Collection): Status {
    return collection['ranh:status'] ?? 'unknown';
}

export function status_text(status: Status, from_server?: Text): Text {
    return from_server?.vi && from_server.en ? from_server : (status_words[status] ?? status_words.unknown);
}

const kind_words: Record<string, Text> = {
    administrative: { vi: 'Đơn vị hành chính', en: 'Administrative units' },
    parcel: { vi: 'Thửa đất', en: 'Parcels' },
    plan_area: { vi: 'Khu vực thăm dò, khai thác khoáng sản', en: 'Mineral planning areas' },
    national_reserve: { vi: 'Khu vực dự trữ khoáng sản quốc gia', en: 'National mineral reserves' },
    licence_area: { vi: 'Khu vực giấy phép khoáng sản', en: 'Mining licence areas' },
    prohibited_area: { vi: 'Khu vực cấm hoạt động khoáng sản', en: 'Areas closed to mining' },
    urban_plan: { vi: 'Quy hoạch đô thị, nông thôn', en: 'Urban and rural plans' },
    land_use_plan: { vi: 'Quy hoạch sử dụng đất', en: 'Land-use plans' },
    forest: { vi: 'Rừng', en: 'Forest' },
    project: { vi: 'Dự án', en: 'Projects' },
    power_project: { vi: 'Công trình điện', en: 'Power projects' },
    mining: { vi: 'Khai thác mỏ', en: 'Mining' },
    road: { vi: 'Đường giao thông', en: 'Roads' },
    water: { vi: 'Mặt nước', en: 'Water' },
    other: { vi: 'Lớp khác', en: 'Other layers' },
};

export function kind_of(collection: Collection): string {
    return (collection['ranh:kind'] ?? 'other').replace(/-/g, '_');
}

export function kind_text(kind: string): Text {
    return kind_words[kind] ?? { vi: kind, en: kind };
}

/// Kinds whose areas in force a project can be held up by ("vướng quy hoạch").
const planning_kinds = new Set([
    'plan_area', 'national_reserve', 'prohibited_area', 'urban_plan', 'land_use_plan', 'forest',
]);

export function is_planning(kind: string): boolean {
    return planning_kinds.has(kind);
}

/// Colours per kind; a second layer of one kind takes the second colour, and so on around.
const kind_colours: Record<string, readonly string[]> = {
    administrative: ['#6b6478'],
    parcel: ['#8a7433', '#6f7d3a'],
    plan_area: ['#b8472a', '#7b4aa8', '#1f7a8c', '#a3741a', '#96305f'],
    national_reserve: ['#a02050', '#7a1f6e'],
    licence_area: ['#8c3b12', '#5b4a8a'],
    prohibited_area: ['#c01f2e'],
    urban_plan: ['#c2571a', '#9c6b1e'],
    land_use_plan: ['#6f8f1f', '#3f8f5a'],
    forest: ['#2f7d3a', '#1f6b57'],
    project: ['#1559b7', '#0f7d9c', '#3b3fb0'],
    power_project: ['#c98a00', '#d0631b'],
    mining: ['#6d4c41', '#5d4037'],
    road: ['#a8672a'],
    water: ['#2a7fb0'],
    other: ['#b3123f', '#5a5f66', '#7a3f8f', '#3d6b6b'],
};

/// The colour of every layer, by id, decided by kind and by order among layers of that kind.
export function layer_colours(collections: readonly Collection[]): Map<string, string> {
    const used = new Map<string, number>();
    const colours = new Map<string, string>();
    for (const collection of collections) {
        const kind = kind_of(collection);
        const palette = kind_colours[kind] ?? kind_colours['other']!;
        const position = used.get(kind) ?? 0;
        used.set(kind, position + 1);
        colours.set(collection.id, palette[position % palette.length]!);
    }
    return colours;
}

/// Where a kind stands before the user moves it: what is asked about above what it lies in.
const kind_order = [
    'other', 'power_project', 'project', 'licence_area', 'mining', 'prohibited_area', 'national_reserve', 'plan_area',
    'road', 'water', 'parcel', 'urban_plan', 'land_use_plan', 'forest', 'administrative',
];

export function kind_rank(kind: string): number {
    const rank = kind_order.indexOf(kind);
    return rank < 0 ? 0 : rank;
}

/// Results of comparing layers (kind other) start switched off; everything else is on.
export function starts_visible(kind: string): boolean {
    return kind !== 'other';
}

/// The zoom from which a kind is drawn: parcels are smaller than a pixel before.
export function first_zoom(kind: string): number {
    return kind === 'parcel' ? 12 : 0;
}
