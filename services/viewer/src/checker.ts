// Runs overlap checks one at a time and keeps what the page shows of the last one: the result, or why there is none.

import { type Api, type CheckInputs, type CheckResult, type Pair, Problem } from './api.ts';

/// Said when shown, so that it follows a change of language.
export type Heading = () => string;

export type Outcome =
    | { state: 'none' }
    | { state: 'busy'; heading: Heading }
    | { state: 'done'; heading: Heading; result: CheckResult }
    | { state: 'failed'; heading: Heading; problem: Problem };

export class Checker {
    outcome: Outcome = { state: 'none' };
    private running: AbortController | undefined;

    constructor(private readonly api: Api, private readonly changed: (outcome: Outcome) => void) {}

    /// Starts a check; one still running is given up.
    async run(inputs: CheckInputs, heading: Heading): Promise<void> {
        this.running?.abort();
        const mine = (this.running = new AbortController());
        this.set({ state: 'busy', heading });
        try {
            const answer = await this.api.check(inputs, mine.signal);
            const result = inputs.feature ? without_itself(answer, inputs.feature) : answer;
            if (!mine.signal.aborted) this.set({ state: 'done', heading, result });
        } catch (cause) {
            if (mine.signal.aborted) return;
            const problem = cause instanceof Problem ? cause : new Problem(0, 'failed', String(cause));
            this.set({ state: 'failed', heading, problem });
        }
    }

    clear(): void {
        this.running?.abort();
        this.set({ state: 'none' });
    }

    private set(outcome: Outcome): void {
        this.outcome = outcome;
        this.changed(outcome);
    }
}

/// A stored feature is compared with all layers, its own among them, and there meets itself. The totals count that meeting, so
/// they go with it.
export function without_itself({ totals: _, ...result }: CheckResult, feature: { collection: string; id: string }): CheckResult {
    const is_itself = (pair: Pair) => pair.right_layer === feature.collection && pair.right_id === feature.id;
    return { ...result, overlaps: result.overlaps.filter((each) => !is_itself(each)) };
}

/// What a refusal asks of the user, read from its sentence: candidate systems, or what an inner ring is.
export function asked(problem: Problem): { systems: string[]; inner_ring: boolean } {
    const text = `${problem.title} ${problem.detail}`;
    const systems = [...new Set([...text.matchAll(/EPSG:(\d+)/g)].map((match) => `EPSG:${match[1]}`))];
    return { systems: problem.status === 400 ? systems : [], inner_ring: problem.status === 400 && /inner[-_ ]?ring/i.test(text) };
}
