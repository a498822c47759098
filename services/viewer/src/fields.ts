// Which attribute says what. The service promises no attribute names, so they are found by the names in common use, or by
// the values, and never by the name of a layer.

import { land_use_colours } from './land_use_colours.ts';
import { fold } from './search.ts';

export type Attributes = Record<string, unknown>;

const name_fields = ['name', 'title', 'ten', 'full_name', 'label'];
const sheet_fields = new Set(['sheet', 'sheet no', 'sheet number', 'map sheet', 'to', 'so to', 'soto', 'to ban do', 'so hieu to']);
const parcel_fields = new Set([
    'parcel', 'parcel no', 'parcel number', 'thua', 'so thua', 'sothua', 'thua dat', 'so thu tu thua',
]);

function text_of(value: unknown): string {
    return value === null || value === undefined ? '' : String(value);
}

function field_in(attributes: Attributes, names: ReadonlySet<string>): string | undefined {
    return Object.keys(attributes).find((each) => names.has(fold(each)));
}

/// The name of a feature, or its id where it has none.
export function display_name(attributes: Attributes | null | undefined, id: string): string {
    const field = name_fields.find((each) => text_of(attributes?.[each]) !== '');
    return field === undefined ? id : text_of(attributes?.[field]);
}

export function has_parcel_number(attributes: Attributes, sheet: string, parcel: string): boolean {
    const [sheet_field, parcel_field] = [field_in(attributes, sheet_fields), field_in(attributes, parcel_fields)];
    return (
        sheet_field !== undefined && parcel_field !== undefined &&
        text_of(attributes[sheet_field]) === sheet && text_of(attributes[parcel_field]) === parcel
    );
}

/// The attribute that holds land-use codes: the one whose values in the sample are all such codes.
export function land_use_field(sample: readonly Attributes[]): string | undefined {
    const names = new Set(sample.flatMap((each) => Object.keys(each)));
    return [...names].find((name) => {
        const values = sample.map((each) => text_of(each[name])).filter((each) => each !== '');
        return values.length > 0 && values.every((each) => each in land_use_colours);
    });
}
