// The three tabs of the side panel, and the panel itself: open or closed.

import { by_id, fill, h, icon, icons } from './dom.ts';
import { t } from './i18n.ts';

export type Tab = 'layers' | 'check' | 'here';
const tabs: readonly Tab[] = ['layers', 'check', 'here'];

export class Tabs {
    private current: Tab = 'layers';

    constructor(private readonly resized: () => void) {
        by_id('toggle-panel').addEventListener('click', () => this.open(document.body.classList.contains('panel-closed')));
        fill(by_id('toggle-panel'), icon(icons.menu));
        this.render();
    }

    show(tab: Tab): void {
        this.current = tab;
        this.open(true);
        this.render();
    }

    render(): void {
        by_id('toggle-panel').setAttribute('aria-label', t('panel'));
        fill(by_id('tabs'), ...tabs.map((tab) => this.handle(tab)));
        tabs.forEach((tab) => (by_id(`panel-${tab}`).hidden = tab !== this.current));
    }

    private handle(tab: Tab): HTMLElement {
        const chosen = tab === this.current;
        return h('button', {
            type: 'button', role: 'tab', id: `tab-${tab}`, 'aria-selected': String(chosen), 'aria-controls': `panel-${tab}`, tabindex: chosen ? 0 : -1,
            onclick: () => this.show(tab),
            onkeydown: (event) => this.key(event as KeyboardEvent),
        }, t(`tab_${tab}`));
    }

    private key(event: KeyboardEvent): void {
        const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
        if (step !== undefined) {
            this.show(tabs[(tabs.indexOf(this.current) + step + tabs.length) % tabs.length]!);
            by_id(`tab-${this.current}`).focus();
        }
    }

    private open(open: boolean): void {
        document.body.classList.toggle('panel-closed', !open);
        by_id('toggle-panel').setAttribute('aria-expanded', String(open));
        this.resized();
    }
}
