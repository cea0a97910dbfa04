// Words the benchmark's rows as one table, and says which targets were met.

/** @typedef {import('./types.ts').Row} Row */

/**
 * Whether a ratio keeps its target.
 *
 * @param {Pick<Row, 'target' | 'ratio'>} row
 * @returns {boolean} throws when the target is not a bound, or there is nothing to compare
 */
export function isMet({ target, ratio = Number.NaN }) {
  const [, sign, bound] = /^([≤≥]) (\d+(?:\.\d+)?)$/.exec(target) ?? [];
  if (Number.isNaN(ratio)) throw new Error(`There is no ratio to hold against ${target}.`);
  if (bound === undefined) throw new Error(`The target ${target} is no bound like '≤ 1.5'.`);
  return sign === '≤' ? ratio <= Number(bound) : ratio >= Number(bound);
}

/**
 * A Markdown table with a row for each promise.
 *
 * @param {Row[]} rows
 * @returns {string}
 */
export function table(rows) {
  const head = ['what', 'target', 'measured', 'ratio', 'met', 'note'];
  const cells = rows.map((row) => [
    row.what,
    row.target,
    row.measured,
    row.ratio?.toFixed(2) ?? '–',
    row.target === 'report' ? '–' : isMet(row) ? 'yes' : 'no',
    row.note,
  ]);
  return [head, head.map(() => '---'), ...cells].map((line) => `| ${line.join(' | ')} |`).join('\n');
}

/**
 * The page of benchmarks with a new head and new sections: each replaces the one of the same title, or comes last.
 *
 * @param {string} head what stands before the first section
 * @param {string} page as it is; '' for none
 * @param {{ title: string, text: string }[]} sections
 * @returns {string}
 */
export function withSections(head, page, sections) {
  const parts = page.split(/^(?=## )/m).filter((part) => part.startsWith('## '));
  for (const { title, text } of sections) {
    const at = parts.findIndex((part) => part.startsWith(`## ${title}\n`));
    parts.splice(at < 0 ? parts.length : at, at < 0 ? 0 : 1, `## ${title}\n\n${text}\n`);
  }
  return [head, ...parts]
    .map((part) => part.trim())
    .join('\n\n')
    .concat('\n');
}
