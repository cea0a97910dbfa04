// Checks src/ against its law: the import table, no cycles, purity, a first line that says why, docstrings, length.
import { readdirSync, readFileSync } from 'node:fs';
import { join, posix, relative, sep } from 'node:path';
import { parseSource } from './source-parse.mjs';
import { documented, impure, interfaceFolders, interfacePackages, maximumLines, pure, table } from './source-table.mjs';

/**
 * Every violation in a source folder, one sentence each, sorted by file.
 *
 * @param {string} src absolute path of the folder
 * @returns {string[]}
 */
export function sourceProblems(src) {
  /** @type {string[]} */
  const problems = [];
  /** Imports that run when the file loads, for the search of cycles. @type {Map<string, string[]>} */
  const graph = new Map();
  for (const file of filesIn(src)) {
    const text = readFileSync(`${src}/${file}`, 'utf8');
    const lines = text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
    if (lines > maximumLines) problems.push(`${file}: ${lines} lines, more than ${maximumLines}: split it by meaning`);
    if (!/\.tsx?$/.test(file) || file.endsWith('.d.ts')) continue;
    if (!/^(\/\/|\/\*)/.test(text))
      problems.push(`${file}: the first line is no comment that says why the file exists`);
    const source = parseSource(file, text);
    const owner = file.split('/')[0] ?? file;
    const allowed = table[owner];
    if (!allowed) {
      problems.push(`${file}: ${owner} has no row in the import table`);
      continue;
    }
    for (const one of source.imports) {
      const problem = isRelative(one.from) ? folderProblem(file, one, allowed) : packageProblem(owner, one.from);
      if (problem) problems.push(`${file}: ${problem}`);
    }
    if (pure[owner])
      for (const name of source.freeNames)
        if (impure.has(name)) problems.push(`${file}: uses ${name}, and ${owner} is pure: have it handed in`);
    if (documented.test(file))
      for (const name of source.undocumented) problems.push(`${file}: the export ${name} has no docstring`);
    graph.set(
      file,
      source.imports.filter((one) => one.kind === 'run' && isRelative(one.from)).map((one) => target(file, one.from)),
    );
  }
  return [...problems, ...cycles(graph).map((files) => `import cycle: ${files.join(' → ')}`)].sort();
}

/** @param {string} src @returns {string[]} '/'-separated paths of scripts and style sheets below it */
function filesIn(src) {
  return readdirSync(src, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(tsx?|css)$/.test(entry.name))
    .map((entry) => relative(src, join(entry.parentPath, entry.name)).replaceAll(sep, '/'))
    .sort();
}

/** @param {string} from */
const isRelative = (from) => from.startsWith('.');

/** The imported file, as a path below src; starts with '..' when it is outside. @param {string} file @param {string} from */
const target = (file, from) => posix.join(posix.dirname(file), from.replace(/\?.*$/, ''));

/** @param {string} file @param {import('./source-parse.mjs').Import} one @param {string[]} allowed @returns {string | undefined} */
function folderProblem(file, { from, kind }, allowed) {
  const path = target(file, from);
  const folder = path.split('/')[0] ?? path;
  if (folder === '..') return path.startsWith('../models/') ? undefined : `${from} lies outside of src`;
  if (folder === file.split('/')[0]) return undefined;
  const covers = (/** @type {string} */ entry) => path === entry || folder === entry;
  if (allowed.some(covers)) return undefined;
  const prefix = kind === 'type' || kind === 'url' ? `${kind}:` : undefined;
  if (prefix && allowed.some((entry) => entry.startsWith(prefix) && covers(entry.slice(prefix.length))))
    return undefined;
  const hint = allowed.some((entry) => entry.startsWith('type:') && covers(entry.slice(5)))
    ? ' other than by import type'
    : '';
  return `may not import ${path}${hint}`;
}

/** @param {string} owner @param {string} name @returns {string | undefined} */
function packageProblem(owner, name) {
  if (interfacePackages.test(name) && !interfaceFolders.includes(owner))
    return `may not import ${name}: only the interface may`;
  if (pure[owner] && !pure[owner].includes(name)) return `may not import the package ${name}: ${owner} is pure`;
  return undefined;
}

/** One cycle for each import that closes one. @param {Map<string, string[]>} graph @returns {string[][]} */
function cycles(graph) {
  /** @type {string[][]} */
  const found = [];
  const done = new Set();
  /** @param {string} file @param {string[]} path */
  const walk = (file, path) => {
    const at = path.indexOf(file);
    if (at >= 0) found.push([...path.slice(at), file]);
    if (at >= 0 || done.has(file)) return;
    for (const next of graph.get(file) ?? []) walk(next, [...path, file]);
    done.add(file);
  };
  for (const file of graph.keys()) walk(file, []);
  return found;
}
