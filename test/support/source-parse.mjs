// Reads one source file: what it imports and how, which outside names it uses, and which exports have no docstring.
import { parseSync } from 'vite';

/**
 * @typedef {{ type: string, start: number, end: number, [key: string]: any }} Node  any: a syntax tree of a hundred node types
 * @typedef {{ from: string, kind: 'run' | 'type' | 'lazy' | 'url' }} Import
 * @typedef {{ imports: Import[], freeNames: Set<string>, undocumented: string[] }} Source
 */

/**
 * @param {string} file its name decides between ts and tsx
 * @param {string} text
 * @returns {Source} throws when the text is not valid
 */
export function parseSource(file, text) {
  const { program, comments, errors } = parseSync(file, text);
  if (errors[0]) throw new SyntaxError(`${file}: ${errors[0].message}`);
  /** @type {Import[]} */
  const imports = [];
  const used = new Set();
  const declared = new Set();
  visit(/** @type {any} */ (program), (node) => {
    collectImport(node, imports);
    for (const name of namesDeclared(node)) declared.add(name);
    for (const name of namesUsed(node)) used.add(name);
  });
  const docs = new Set(
    comments
      .filter((comment) => comment.type === 'Block' && comment.value.startsWith('*'))
      .map((comment) => comment.end + (/^\s*/.exec(text.slice(comment.end))?.[0].length ?? 0)),
  );
  return {
    imports,
    freeNames: new Set([...used].filter((name) => !declared.has(name))),
    undocumented: undocumentedExports(/** @type {any} */ (program).body, docs),
  };
}

/** @param {Node} node @param {(node: Node) => void} enter */
function visit(node, enter) {
  enter(node);
  for (const value of Object.values(node))
    for (const child of Array.isArray(value) ? value : [value])
      if (typeof child?.type === 'string') visit(child, enter);
}

/** @param {Node} node @param {Import[]} imports */
function collectImport(node, imports) {
  switch (node.type) {
    case 'ImportDeclaration':
      imports.push({ from: node.source.value, kind: node.importKind === 'type' ? 'type' : 'run' });
      break;
    case 'ExportAllDeclaration':
    case 'ExportNamedDeclaration':
      if (node.source) imports.push({ from: node.source.value, kind: node.exportKind === 'type' ? 'type' : 'run' });
      break;
    case 'ImportExpression':
      if (typeof node.source.value === 'string') imports.push({ from: node.source.value, kind: 'lazy' });
      break;
    case 'TSImportType':
      imports.push({ from: node.source?.value ?? node.argument?.literal?.value, kind: 'type' });
      break;
    case 'NewExpression': {
      const [first, second] = node.arguments;
      const ofFile = second?.type === 'MemberExpression' && second.object.type === 'MetaProperty';
      if (node.callee.name === 'URL' && ofFile && typeof first.value === 'string')
        imports.push({ from: first.value, kind: 'url' });
      break;
    }
  }
}

/** The names that a node brings into being; scopes are not told apart. @param {Node} node @returns {string[]} */
function namesDeclared(node) {
  if (/^Import(Default|Namespace)?Specifier$/.test(node.type)) return [node.local.name];
  if (node.type === 'VariableDeclarator') return bound(node.id);
  if (node.type === 'CatchClause') return bound(node.param);
  if (/Function/.test(node.type)) return [...bound(node.id), ...(node.params ?? []).flatMap(bound)];
  return /^Class/.test(node.type) ? bound(node.id) : [];
}

/** The names in a binding pattern. @param {Node | null | undefined} pattern @returns {string[]} */
function bound(pattern) {
  switch (pattern?.type) {
    case 'Identifier':
      return [pattern.name];
    case 'ObjectPattern':
      return pattern.properties.flatMap((/** @type {Node} */ part) => bound(part.value ?? part.argument));
    case 'ArrayPattern':
      return pattern.elements.flatMap(bound);
    case 'AssignmentPattern':
      return bound(pattern.left);
    case 'RestElement':
      return bound(pattern.argument);
    case 'TSParameterProperty':
      return bound(pattern.parameter);
    default:
      return [];
  }
}

/** The names that a node reads as values: its direct identifiers, but for names of properties and types. @param {Node} node @returns {string[]} */
function namesUsed(node) {
  if (/^TS/.test(node.type) && !/Expression$|Assertion$|^TSEnumMember$|^TSExportAssignment$/.test(node.type)) return [];
  if (/^(Import|Export).*Specifier$|^(Labeled|Break|Continue)Statement$|^MetaProperty$/.test(node.type)) return [];
  return Object.entries(node).flatMap(([key, value]) => {
    const isName = (key === 'property' || key === 'key') && node.computed !== true;
    if (isName) return [];
    return (Array.isArray(value) ? value : [value]).flatMap((child) =>
      child?.type === 'Identifier' ? [child.name] : [],
    );
  });
}

/** @param {Node[]} body @param {Set<number>} docs where something documented starts @returns {string[]} names */
function undocumentedExports(body, docs) {
  /** @type {string[]} */
  const names = [];
  const seen = new Set(); // overloads share the docstring of the first
  for (const node of body) {
    if (!/^Export(Named|Default)Declaration$/.test(node.type) || !node.declaration) continue;
    const { declaration } = node;
    const own = declaration.declarations
      ? declaration.declarations.flatMap((/** @type {Node} */ one) => bound(one.id))
      : [declaration.id?.name ?? 'default'];
    for (const name of own) {
      if (!docs.has(node.start) && !seen.has(name)) names.push(name);
      seen.add(name);
    }
  }
  return names;
}
