// Columns of codes: category, class, and set of classes or of strings, all read through one small table of members.
import type { ClassTable } from '../classes.ts';
import type { SetDictionary, StringDictionary } from './dictionary.ts';
import { IntegerColumn } from './integer.ts';

/** What the codes of a coded column mean. */
type Domain =
  | { kind: 'strings'; strings: StringDictionary }
  | { kind: 'class'; classes: ClassTable }
  | { kind: 'class-set'; sets: SetDictionary; classes: ClassTable }
  | { kind: 'string-set'; sets: SetDictionary; strings: StringDictionary };

/** One list for all rows without a value: readers remember what they made of a list. */
const NONE: readonly number[] = [];

/** A column whose integers are codes of a domain. */
export class CodedColumn extends IntegerColumn {
  readonly domain: Domain;
  private memo: { size: number; classes: number; members: (readonly number[])[] } = {
    size: 0,
    classes: 0,
    members: [],
  };

  constructor(domain: Domain) {
    super();
    this.domain = domain;
  }

  /** Codes are below this. */
  get size(): number {
    const { domain } = this;
    if (domain.kind === 'strings') return domain.strings.values.length;
    return domain.kind === 'class' ? domain.classes.records.length : domain.sets.sets.length;
  }

  /** Changes when the meaning of a code or the number of codes does. */
  get meaning(): string {
    return `${this.size}/${this.classVersion}`;
  }

  private get classVersion(): number {
    const { domain } = this;
    return domain.kind === 'class' || domain.kind === 'class-set' ? domain.classes.version : 0;
  }

  /** Members of every code as they stand now: merged classes are their target, removed classes are gone. Empty: no value. */
  members(): readonly (readonly number[])[] {
    // numbers, not `meaning`: this is asked for every value that is read
    const { size, classVersion: classes } = this;
    if (this.memo.size === size && this.memo.classes === classes) return this.memo.members;
    const { domain } = this;
    const members =
      domain.kind === 'strings'
        ? domain.strings.values.map((_, code) => [code])
        : domain.kind === 'class'
          ? domain.classes.records.map((_, id) => resolved(domain.classes, [id]))
          : domain.kind === 'class-set'
            ? domain.sets.sets.map((set) => resolved(domain.classes, set))
            : [...domain.sets.sets];
    this.memo = { size, classes, members };
    return members;
  }

  /** The text of a member. */
  label(member: number): string {
    const { domain } = this;
    if (domain.kind === 'strings' || domain.kind === 'string-set') return domain.strings.values[member] ?? '';
    return domain.classes.records[member]?.name ?? '';
  }

  /** Number of possible members. */
  get memberCount(): number {
    const { domain } = this;
    return domain.kind === 'strings' || domain.kind === 'string-set'
      ? domain.strings.values.length
      : domain.classes.records.length;
  }

  /** Members of a row; empty where there is no value. */
  membersAt(row: number): readonly number[] {
    const code = this.at(row, -1);
    return code < 0 ? NONE : (this.members()[code] ?? NONE);
  }

  /** The texts of a row's members joined with ', ', or null where there is no value. */
  textAt(row: number): string | null {
    return this.textOf(this.membersAt(row));
  }

  /** The texts of members joined with ', '; null for none. */
  textOf(members: readonly number[]): string | null {
    const [only] = members;
    if (only === undefined) return null;
    return members.length === 1 ? this.label(only) : members.map((member) => this.label(member)).join(', ');
  }

  /** Writes a set of members, or none. Only for columns of sets. */
  writeSet(row: number, members: readonly number[]): void {
    const { domain } = this;
    if (members.length === 0) this.clear(row);
    else if (domain.kind === 'class-set' || domain.kind === 'string-set') this.write(row, domain.sets.intern(members));
  }

  /** Writes a string, or none. Only for columns of strings. */
  writeText(row: number, text: string | null): void {
    if (text === null) this.clear(row);
    else if (this.domain.kind === 'strings') this.write(row, this.domain.strings.intern(text));
  }
}

function resolved(classes: ClassTable, set: readonly number[]): readonly number[] {
  const ids = set.map((id) => classes.resolve(id)).filter((id) => id >= 0);
  return ids.length < 2 ? ids : [...new Set(ids)].sort((a, b) => a - b);
}
