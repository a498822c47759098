// The rows of a check result as CSV: the field names, ISO dates and decimal points of the program's own files.

import type { CheckResult, Pair } from './api.ts';
import { csv } from './format.ts';
import { by_area } from './relation.ts';

const columns = [
    'left_id', 'right_layer', 'right_version', 'right_id', 'right_name', 'status', 'relation', 'size_class',
    'area_m2', 'area_planar_m2', 'share_left', 'share_right', 'width_m', 'distance_m',
] as const satisfies ReadonlyArray<keyof Pair>;

export function result_csv(result: CheckResult): string {
    const rows = [...result.overlaps].sort(by_area).map((pair) => [...columns.map((each) => pair[each]), result.at, result.known_at]);
    return csv([[...columns, 'at', 'known_at'], ...rows]);
}
