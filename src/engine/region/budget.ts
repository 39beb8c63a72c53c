/** Work a question may still cost. When it is used up the answer is `unknown`, never a hang. */
export class Budget {
  #left: number;
  readonly limit: number;

  constructor(limit: number) {
    this.limit = limit;
    this.#left = limit;
  }

  /** Pays for work; false when nothing is left. */
  spend(cost: number): boolean {
    this.#left -= cost;
    return this.#left > 0;
  }

  /** A new question starts with the whole budget. */
  renew(): void {
    this.#left = this.limit;
  }

  get exhausted(): boolean {
    return this.#left <= 0;
  }
}
