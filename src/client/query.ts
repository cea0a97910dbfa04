// Conditions on one field inside a query: the interface thinks in chips, the catalog in a tree. Pure.
import type { Filter, Query } from '../catalog/types.ts';

/** Stands for 'any of several fields' where the name of a field is asked: the search box sets the condition on it. */
export const anywhere = '*';

/** The field a filter is about, when it is about one only; `anywhere` for an alternative over several. */
export function fieldOf(filter: Filter): string | undefined {
  if ('field' in filter) return filter.field;
  if ('not' in filter) return fieldOf(filter.not);
  const members = 'and' in filter ? filter.and : filter.or;
  const fields = new Set(members.map(fieldOf));
  const [only] = fields;
  if (fields.size === 1) return only;
  return 'or' in filter ? anywhere : undefined;
}

/** The members of the top-level `and` (a single condition counts as one member). */
export function conditionsOf(query: Query): Filter[] {
  if (!query.filter) return [];
  return 'and' in query.filter ? query.filter.and : [query.filter];
}

/** The query with the top-level condition on `field` replaced, or removed with null; a new one goes last. */
export function withCondition(query: Query, field: string, condition: Filter | null): Query {
  const others = conditionsOf(query);
  const at = others.findIndex((c) => fieldOf(c) === field);
  const members = at < 0 ? [...others] : others.filter((_, i) => i !== at);
  if (condition) members.splice(at < 0 ? members.length : at, 0, condition);
  const { filter: _, ...rest } = query;
  return members.length === 0 ? rest : { ...rest, filter: { and: members } };
}
