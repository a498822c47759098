// The position of the cursor (on a touch screen: of the middle of the map) in the system chosen.

import { grid_system, grid_systems, type GridSystem, type LonLat, to_grid, wgs84 } from './crs.ts';
import { by_id, fill, h } from './dom.ts';
import { number } from './format.ts';
import { t } from './i18n.ts';

export class Readout {
    private readonly select = h('select', { id: 'readout-system' });
    private readonly output = h('output', { id: 'readout-value' });
    private at: LonLat | undefined;

    constructor() {
        const systems = [...grid_systems, wgs84];
        this.select.append(...systems.map(({ code, label }) => h('option', { value: code }, label)));
        this.select.addEventListener('change', () => this.render());
        by_id('readout').append(this.select, this.output);
        this.render();
    }

    /// The grid of the read-out; where it shows degrees, the first grid.
    grid(): GridSystem {
        return grid_system(this.select.value) ?? grid_systems[0]!;
    }

    show(at: LonLat): void {
        this.at = at;
        this.render();
    }

    render(): void {
        this.select.setAttribute('aria-label', t('readout_system'));
        if (!this.at) {
            return;
        }
        const system = grid_system(this.select.value);
        if (!system) {
            fill(this.output, `${t('lat')} ${number(this.at.lat, 6)} · ${t('lon')} ${number(this.at.lon, 6)}`);
            return;
        }
        const { x, y } = to_grid(system, this.at);
        fill(this.output, `${t('north')} ${number(x, 1)} · ${t('east')} ${number(y, 1)}`);
    }
}
