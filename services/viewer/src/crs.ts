// VN-2000 grids: WGS 84 longitude and latitude to X (north) and Y (east), and back.
//
// Datum shift: the seven parameters of Decision 05/2007/QĐ-BTNMT, Article 1, which EPSG:6960 holds as a coordinate-frame
// rotation. `+towgs84` wants position-vector signs, so the three rotations stand here with the opposite sign.

import proj4 from 'proj4';

const vn2000 =
    '+ellps=WGS84 +towgs84=-191.90441429,-39.30318279,-111.45032835,0.00928836,-0.01975479,0.00427372,0.252906278';

export interface GridSystem {
    code: string;
    label: string;
    meridian: number;
    scale: number;
}

function tm3(epsg: number, meridian: number, label: string): GridSystem {
    return { code: `EPSG:${epsg}`, label: `VN-2000 KTT ${label}`, meridian, scale: 0.9999 };
}

function utm(epsg: number, meridian: number, zone: number): GridSystem {
    return { code: `EPSG:${epsg}`, label: `VN-2000 UTM ${zone} (KTT ${meridian}°)`, meridian, scale: 0.9996 };
}

/// The grids offered for the read-out and for pasted tables, the most used first.
export const grid_systems: readonly GridSystem[] = [
    tm3(5899, 107.75, "107°45'"),
    tm3(9218, 108.5, "108°30'"),
    utm(3405, 105, 48),
    utm(3406, 111, 49),
];

export const wgs84 = { code: 'EPSG:4326', label: 'WGS 84' } as const;

export interface LonLat {
    lon: number;
    lat: number;
}

/// X is north and Y is east, as Vietnamese tables print them; metres.
export interface GridPoint {
    x: number;
    y: number;
}

const converters = new Map<string, proj4.Converter>();

function converter(system: GridSystem): proj4.Converter {
    let found = converters.get(system.code);
    if (!found) {
        const grid = `+proj=tmerc +lat_0=0 +lon_0=${system.meridian} +k=${system.scale} +x_0=500000 +y_0=0`;
        found = proj4('+proj=longlat +datum=WGS84', `${grid} ${vn2000} +units=m`);
        converters.set(system.code, found);
    }
    return found;
}

export function grid_system(code: string): GridSystem | undefined {
    return grid_systems.find((each) => each.code === code);
}

export function to_grid(system: GridSystem, at: LonLat): GridPoint {
    const [y = NaN, x = NaN] = converter(system).forward([at.lon, at.lat]);
    return { x, y };
}

export function from_grid(system: GridSystem, at: GridPoint): LonLat {
    const [lon = NaN, lat = NaN] = converter(system).inverse([at.y, at.x]);
    return { lon, lat };
}
