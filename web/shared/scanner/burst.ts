// A scanner is a keyboard that types faster than anyone: characters a few milliseconds apart, ended by Enter.
export interface BurstOptions {
  /** The longest pause between two characters of one scan, in milliseconds. */
  maxGapMs: number;
  /** Shorter than this is a person. */
  minLength: number;
}

export const defaultBurst: BurstOptions = { maxGapMs: 45, minLength: 5 };

/** Collects key presses and says when they were a scan. Pure: time comes with each key. */
export class ScanBurst {
  private text = '';
  private lastAt = Number.NEGATIVE_INFINITY;

  constructor(private readonly options: BurstOptions = defaultBurst) {}

  /** True when this key starts a new burst: whoever listens notes what the focused field held before it. */
  startsAt(at: number): boolean {
    return at - this.lastAt > this.options.maxGapMs;
  }

  add(character: string, at: number): void {
    this.text = this.startsAt(at) ? character : this.text + character;
    this.lastAt = at;
  }

  /** Ends the burst; the scanned text, or undefined when it was typed by hand. */
  end(at: number): string | undefined {
    const text = this.startsAt(at) ? '' : this.text;
    this.text = '';
    this.lastAt = Number.NEGATIVE_INFINITY;
    return text.length >= this.options.minLength ? text : undefined;
  }
}
