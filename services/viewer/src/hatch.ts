// Patterns that tell legal status at a glance: hatched is a draft, dotted is of unknown status. Made on a canvas, per colour.

export type Pattern = 'hatch' | 'dots';

/// Side of the repeated square in canvas pixels; drawn at twice the density of the screen.
const size = 18;
export const pattern_density = 2;

function strokes(context: CanvasRenderingContext2D): void {
    context.lineWidth = 2.8;
    context.beginPath();
    for (const shift of [-size, 0, size]) {
        context.moveTo(shift - 4, size + 4);
        context.lineTo(shift + size + 4, -4);
    }
    context.stroke();
}

function dots(context: CanvasRenderingContext2D): void {
    for (const [x, y] of [[4.5, 4.5], [13.5, 13.5]] as const) {
        context.beginPath();
        context.arc(x, y, 2, 0, 2 * Math.PI);
        context.fill();
    }
}

export function pattern_name(pattern: Pattern, colour: string): string {
    return `${pattern}-${colour}`;
}

function draw_pattern(pattern: Pattern, colour: string): HTMLCanvasElement {
    const canvas = document.createElement('canvas');
    canvas.width = canvas.height = size;
    const context = canvas.getContext('2d')!;
    context.strokeStyle = context.fillStyle = colour;
    (pattern === 'hatch' ? strokes : dots)(context);
    return canvas;
}

export function pattern_image(pattern: Pattern, colour: string): ImageData {
    return draw_pattern(pattern, colour).getContext('2d')!.getImageData(0, 0, size, size);
}

/// The same picture for the legend.
export function pattern_url(pattern: Pattern, colour: string): string {
    return draw_pattern(pattern, colour).toDataURL();
}
