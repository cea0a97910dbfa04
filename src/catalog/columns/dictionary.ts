// What codes of a column stand for: strings, or sets of members. Codes are given in order of first use and never reused.

/** Strings by code. */
export class StringDictionary {
  readonly values: string[] = [];
  private readonly codes = new Map<string, number>();

  constructor(values: readonly string[] = []) {
    for (const value of values) this.intern(value);
  }

  /** The code of a string, or -1. */
  codeOf(value: string): number {
    return this.codes.get(value) ?? -1;
  }

  /** The code of a string, made when it is new. */
  intern(value: string): number {
    const known = this.codes.get(value);
    if (known !== undefined) return known;
    this.codes.set(value, this.values.length);
    return this.values.push(value) - 1;
  }
}

/** Sets of members (ascending numbers) by code. Most rows of most datasets hold one member, so the code of a set is as small as a class id. */
export class SetDictionary {
  readonly sets: (readonly number[])[] = [];
  private readonly codes = new Map<string, number>();

  constructor(sets: readonly (readonly number[])[] = []) {
    for (const set of sets) this.intern(set);
  }

  /** The code of a set given in any order, made when it is new. */
  intern(members: readonly number[]): number {
    const set = [...new Set(members)].sort((a, b) => a - b);
    const key = set.join();
    const known = this.codes.get(key);
    if (known !== undefined) return known;
    this.codes.set(key, this.sets.length);
    return this.sets.push(set) - 1;
  }
}
