// What a facet lets a person choose, as a condition of the query and back. Pure.
import type { Filter, Scalar } from '../../../catalog/types.ts';

/** Chosen values of a list facet; `missing` is a value like the others. */
export interface Choice {
  values: ReadonlySet<string>;
  missing: boolean;
  /** True: everything but these. */
  negated: boolean;
}

export const nothing: Choice = { values: new Set(), missing: false, negated: false };

/** The choice that a condition stands for. A condition that a list cannot show reads as nothing chosen; its chip still says what it is. */
export function choiceOf(filter: Filter | undefined): Choice {
  if (!filter) return nothing;
  if ('not' in filter) {
    const inner = choiceOf(filter.not);
    return inner === nothing ? nothing : { ...inner, negated: !inner.negated };
  }
  if ('or' in filter) {
    const parts = filter.or.map(choiceOf);
    if (parts.some((p) => p === nothing || p.negated)) return nothing;
    return {
      values: new Set(parts.flatMap((p) => [...p.values])),
      missing: parts.some((p) => p.missing),
      negated: false,
    };
  }
  if ('in' in filter) return { values: new Set(filter.in.map(String)), missing: false, negated: false };
  if ('is' in filter) return { values: new Set([String(filter.is)]), missing: false, negated: false };
  if ('missing' in filter) return { values: new Set(), missing: true, negated: false };
  return nothing;
}

/** The condition of a choice; null when nothing is chosen. */
export function conditionOf(field: string, choice: Choice): Filter | null {
  const parts: Filter[] = [];
  const values: Scalar[] = [...choice.values];
  if (values.length > 0) parts.push({ field, in: values });
  if (choice.missing) parts.push({ field, missing: true });
  const [first] = parts;
  if (!first) return null;
  const whole = parts.length === 1 ? first : { or: parts };
  return choice.negated ? { not: whole } : whole;
}

/** True when rows with this value (null: missing) pass. With nothing chosen everything passes. */
export function passes(choice: Choice, value: string | null): boolean {
  if (choice.values.size === 0 && !choice.missing) return true;
  return (value === null ? choice.missing : choice.values.has(value)) !== choice.negated;
}

/** The choice after a click on a value: in or out. A negated choice stays negated, so that a click on what is left out takes it in again. */
export function toggled(choice: Choice, value: string | null): Choice {
  if (value === null) return { ...choice, missing: !choice.missing };
  const values = new Set(choice.values);
  if (!values.delete(value)) values.add(value);
  return { ...choice, values };
}

/** Only this value. */
export function only(value: string | null): Choice {
  return { values: new Set(value === null ? [] : [value]), missing: value === null, negated: false };
}

/** Everything but this value. */
export function not(value: string | null): Choice {
  return { ...only(value), negated: true };
}

/** The tail: values that the list does not name, without the missing. */
export function tailCondition(field: string, listed: readonly string[]): Filter {
  return { and: [{ not: { field, in: [...listed] } }, { not: { field, missing: true } }] };
}

/** The state of a switch row that stands for `field is value`. */
export function isOn(filter: Filter | undefined, value: boolean): boolean {
  return filter !== undefined && 'is' in filter && filter.is === value;
}

/** The range of a condition; open ends are null. Undefined when it is no range. */
export function rangeOf(filter: Filter | undefined): [number | null, number | null] | undefined {
  return filter && 'between' in filter ? filter.between : undefined;
}
