// The table of a corpus run, which files fall short, and whether the run passes.
import type { Outcome } from './judge.ts';
import type { Judged } from './runner.ts';

const columns: readonly [title: string, outcomes: readonly Outcome[]][] = [
  ['equal', ['equal']],
  ['within tolerance', ['within']],
  ['accepted', ['accepted']],
  ['refused with a reason', ['refused']],
  ['wrong', ['wrong']],
  ['hang or crash', ['hang', 'crash']],
];

/** Counts per corpus and tier, as a Markdown table. */
export function corpusTable(judged: readonly Judged[]): string {
  const lines = [
    `| corpus | tier | files | ${columns.map(([title]) => title).join(' | ')} |`,
    `| --- | --- | ${columns.map(() => '---: |').join(' ')} ---: |`,
  ];
  for (const [name, group] of groups(judged)) {
    const counts = columns.map(
      ([, outcomes]) => group.filter(({ verdict }) => outcomes.includes(verdict.outcome)).length,
    );
    lines.push(`| ${name} | ${group.length} | ${counts.map((count) => count || '').join(' | ')} |`);
  }
  return lines.join('\n');
}

/** One line per file that falls short of its tier. */
export const shortfalls = (judged: readonly Judged[]): string[] => judged.filter(isShort).map(line);

/** One line per file that is rightly shown otherwise than its index expects. */
export const shownOtherwise = (judged: readonly Judged[]): string[] =>
  judged.flatMap(({ corpus, entry, verdict: { justified } }) =>
    justified === undefined ? [] : [`${entry.tier} ${corpus}/${entry.file}: ${justified}`],
  );

/** The shortfalls that fail a run: in tier A and X, and whatever hangs or crashes. Those of tier B and E are told, not forbidden. */
export const failures = (judged: readonly Judged[]): string[] =>
  judged
    .filter(isShort)
    .filter(({ entry, verdict }) => /[AX]/.test(entry.tier) || /hang|crash/.test(verdict.outcome))
    .map(line);

const isShort = ({ verdict }: Judged): boolean => verdict.short !== undefined;

const line = ({ corpus, entry, verdict }: Judged): string =>
  `${entry.tier} ${corpus}/${entry.file}: ${verdict.outcome}: ${verdict.short}`;

function groups(judged: readonly Judged[]): [string, Judged[]][] {
  const found = new Map<string, Judged[]>();
  for (const one of judged) {
    const name = `${one.corpus} | ${one.entry.tier}`;
    found.set(name, [...(found.get(name) ?? []), one]);
  }
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1));
}
