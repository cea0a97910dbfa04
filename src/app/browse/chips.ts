// Conditions as the words of a chip: 'split is train', 'confidence 0.22 – 1.00'. Pure.
import type { Field, Filter, Scalar } from '../../catalog/types.ts';
import { value as printed } from '../ui/format.ts';

const namesShown = 3;

const switches: Record<string, [yes: string, no: string]> = {
  disagrees: ['label ≠ prediction', 'label = prediction'],
  labelled: ['labelled', 'unlabelled'],
  readable: ['readable', 'unreadable'],
  excluded: ['excluded', 'not excluded'],
  reviewed: ['reviewed', 'not reviewed'],
};

type Fields = readonly Pick<Field, 'name' | 'title' | 'type' | 'unit'>[];

/** The words of a condition. */
export function describe(filter: Filter, fields: Fields): string {
  if ('and' in filter) return filter.and.map((f) => describe(f, fields)).join(' and ');
  if ('or' in filter) return describeAny(filter.or, fields);
  if ('not' in filter) return describeNot(filter.not, fields);
  const field = fields.find((f) => f.name === filter.field) ?? {
    name: filter.field,
    title: filter.field,
    type: 'text',
  };
  const title = field.title.toLowerCase() === field.name.toLowerCase() ? field.name : field.title.toLowerCase();
  if ('is' in filter) return describeIs(field.name, title, filter.is, field);
  if ('in' in filter) return `${title} is ${list(filter.in, field)}`;
  if ('contains' in filter) return `${title} contains “${filter.contains}”`;
  if ('matches' in filter) return `${title} matches /${filter.matches}/`;
  if ('missing' in filter) return `${title} is missing`;
  const [from, to] = filter.between;
  if (from === null) return to === null ? title : `${title} up to ${printed(to, field)}`;
  if (to === null) return `${title} from ${printed(from, field)}`;
  return `${title} ${printed(from, field)} – ${printed(to, field)}`;
}

function describeIs(name: string, title: string, is: Scalar, field: Pick<Field, 'type' | 'unit'>): string {
  const words = switches[name];
  if (words && typeof is === 'boolean') return is ? words[0] : words[1];
  return `${title} is ${printed(is, field)}`;
}

function list(values: readonly Scalar[], field: Pick<Field, 'type' | 'unit'>): string {
  const names = values.slice(0, namesShown).map((v) => printed(v, field));
  const more = values.length - names.length;
  return more > 0 ? `${names.join(', ')} or ${more} more` : names.join(' or ');
}

/** The same words looked for in several fields are one search. */
export function searchText(filter: Filter | undefined): string | undefined {
  if (!filter || !('or' in filter)) return undefined;
  const texts = new Set(filter.or.map((f) => ('contains' in f ? f.contains : undefined)));
  const [text] = texts;
  return texts.size === 1 ? text : undefined;
}

function describeAny(filters: readonly Filter[], fields: Fields): string {
  const search = searchText({ or: [...filters] });
  if (search !== undefined)
    return filters.length > 1 ? `“${search}” anywhere` : describe(filters[0] ?? { and: [] }, fields);
  const last = filters.at(-1);
  // 'label is shirt or missing', not 'label is shirt or label is missing'
  if (filters.length === 2 && last && 'missing' in last) return `${describe(filters[0] ?? last, fields)} or missing`;
  return filters.map((f) => describe(f, fields)).join(' or ');
}

function describeNot(inner: Filter, fields: Fields): string {
  const words = describe(inner, fields);
  if ('is' in inner && typeof inner.is === 'boolean') return describe({ ...inner, is: !inner.is }, fields);
  return / is /.test(words) && !('and' in inner) ? words.replace(' is ', ' is not ') : `not: ${words}`;
}

/** The opposite of a condition, without stacking negations. */
export function negated(filter: Filter): Filter {
  if ('not' in filter) return filter.not;
  if ('is' in filter && typeof filter.is === 'boolean') return { ...filter, is: !filter.is };
  return { not: filter };
}
