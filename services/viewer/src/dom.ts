// Building page elements. Data only ever becomes text nodes and attribute values, never markup.

export type Child = Node | string | number | false | null | undefined;
export type Attributes = Record<string, string | number | boolean | undefined | ((event: Event) => void)>;

/// <tag ...attributes>children</tag>; a function is an event listener, true an empty attribute, false or undefined none.
export function h<K extends keyof HTMLElementTagNameMap>(
    tag: K, attributes: Attributes = {}, ...children: Child[]
): HTMLElementTagNameMap[K] {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
        if (typeof value === 'function') {
            element.addEventListener(name.replace(/^on/, ''), value);
        } else if (value !== undefined && value !== false) {
            element.setAttribute(name, value === true ? '' : String(value));
        }
    }
    element.append(...children.filter((each) => each !== false && each !== null && each !== undefined).map(to_node));
    return element;
}

function to_node(child: Child): Node | string {
    return typeof child === 'number' ? String(child) : (child as Node | string);
}

/// Replaces what an element holds.
export function fill(element: Element, ...children: Child[]): void {
    element.replaceChildren(...children.filter((each) => each !== false && each !== null && each !== undefined).map(to_node));
}

export function button(label: Child, action: () => void, attributes: Attributes = {}, ...more: Child[]): HTMLButtonElement {
    return h('button', { type: 'button', onclick: action, ...attributes }, label, ...more);
}

/// A line drawing in a square of 24, in the colour of the text; `path` is one of `icons`.
export function icon(path: string): SVGSVGElement {
    const space = 'http://www.w3.org/2000/svg';
    const picture = document.createElementNS(space, 'svg');
    const line = document.createElementNS(space, 'path');
    picture.setAttribute('viewBox', '0 0 24 24');
    picture.setAttribute('class', 'icon');
    picture.setAttribute('aria-hidden', 'true');
    line.setAttribute('d', path);
    picture.append(line);
    return picture;
}

export const icons = {
    up: 'M12 19V5M6 11l6-6 6 6',
    down: 'M12 5v14M6 13l6 6 6-6',
    zoom_to: 'M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5',
    menu: 'M4 6h16M4 12h16M4 18h16',
    draw: 'M4 17l3-11 11 3 2 10-9 1zM4 17l-1 4',
    file: 'M6 3h8l4 4v14H6zM14 3v4h4M12 18v-6M9 15l3-3 3 3',
} as const;

export function by_id<T extends HTMLElement = HTMLElement>(id: string): T {
    const element = document.getElementById(id);
    if (!element) {
        throw new Error(`index.html has no element #${id}`);
    }
    return element as T;
}

/// Hands a text to the browser as a file to save.
export function download(name: string, text: string, media_type: string): void {
    const address = URL.createObjectURL(new Blob([text], { type: media_type }));
    h('a', { href: address, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
