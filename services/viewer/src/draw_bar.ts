// The bar over the map while an area is being drawn: help, number of corners, and a button for every key.

import { button, by_id, fill, h } from './dom.ts';
import type { DrawTool } from './draw.ts';
import { t } from './i18n.ts';

export function render_draw_bar(tool: DrawTool): void {
    const bar = by_id('draw-bar');
    bar.hidden = !tool.drawing;
    if (!tool.drawing) {
        return;
    }
    fill(bar,
        h('p', {}, t('draw_help')),
        h('div', { class: 'buttons' },
            h('span', { class: 'count', 'aria-live': 'polite' }, t('draw_count', { n: tool.count })),
            button(t('draw_corner'), () => tool.add_at_centre()),
            button(t('draw_undo'), () => tool.undo(), { disabled: tool.count === 0 }),
            button(t('draw_finish'), () => tool.finish(), { class: 'primary', disabled: tool.count < 3 }),
            button(t('draw_cancel'), () => tool.cancel())));
}
