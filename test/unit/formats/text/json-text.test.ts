// Holds the scanner and the patcher of raw JSON to JSON.parse, and to what JSON.parse cannot tell.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { patchObject } from '../../../../src/formats/text/json-patch.ts';
import { createObjectScanner } from '../../../../src/formats/text/json-text.ts';
import { stringAt } from '../../../../src/formats/text/json-tokens.ts';

const scanner = createObjectScanner();
/** Raw values by key of the last object that was scanned. */
const members = (text: string): [string, string][] =>
  Array.from({ length: scanner.count }, (_, n) => [
    scanner.keys[n] ?? '',
    text.slice(scanner.starts[n] ?? 0, scanner.ends[n] ?? 0),
  ]);
const object = fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue(), { maxKeys: 6 });
const space = fc.constantFrom('', ' ', '\t', ' \r', '  ');

describe('scanning an object', () => {
  it('finds the keys and values that JSON.parse finds, whatever the indentation', () => {
    fc.assert(
      fc.property(object, fc.integer({ min: 0, max: 3 }), space, (value, indent, around) => {
        const text = `${around}${JSON.stringify(value, null, indent)}${around}`;
        expect(scanner.scan(text, 0, text.length)).toBe(true);
        expect(members(text).map(([key, raw]) => [key, JSON.parse(raw)])).toEqual(Object.entries(JSON.parse(text)));
      }),
    );
  });

  it('accepts exactly the texts that JSON.parse takes for an object, after any change of one character', () => {
    fc.assert(
      fc.property(object, fc.nat(), fc.constantFrom(...'{}[]",:\\0123-+.eEtfn \u0000\n\u00e9'), (value, at, char) => {
        const whole = JSON.stringify(value);
        const text = whole.slice(0, at % whole.length) + char + whole.slice((at % whole.length) + 1);
        let isObject = false;
        try {
          const parsed: unknown = JSON.parse(text);
          isObject = typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed);
        } catch {
          // Not JSON.
        }
        expect(scanner.scan(text, 0, text.length)).toBe(isObject);
        if (!isObject) expect(scanner.mistake?.offset).toBeLessThanOrEqual(text.length);
      }),
      { numRuns: 500 },
    );
  });

  it('keeps the spelling of numbers', () => {
    const text = '{"a": 1, "b": 1.0, "c": 9007199254740993, "d": 1e+05, "e": -0}';
    scanner.scan(text, 0, text.length);
    expect(members(text).map(([, raw]) => raw)).toEqual(['1', '1.0', '9007199254740993', '1e+05', '-0']);
  });

  it('lets NaN and Infinity through and says where they stand', () => {
    const text = '{"a": 1, "b": [-Infinity, NaN]}';
    expect(scanner.scan(text, 0, text.length)).toBe(true);
    expect(scanner.literalAt).toBe(text.indexOf('-Infinity'));
    scanner.scan('{"a": 1}', 0, 8);
    expect(scanner.literalAt).toBe(-1);
  });

  it.each(['{"a": 1, "b": 2, "a": 3}', '{"x": {"a": 1, "\\u0061": 2}}', '{"x": [{"a": 1}, {"b": 1, "b": 1}]}'])(
    'finds equal keys at any depth and spelling: %s',
    (text) => {
      expect(scanner.scan(text, 0, text.length)).toBe(true);
      expect(scanner.duplicateAt).toBeGreaterThan(0);
    },
  );

  it('finds equal keys in every line of the same shape, also after a broken one', () => {
    for (const text of ['{"a": 1, "a": 2', '{"a": 1, "a": 2}', '{"a": 3, "a": 4}', '{"a": 5}', '{"a": 1, "a": 2}']) {
      const read = scanner.scan(text, 0, text.length);
      if (read) expect(scanner.duplicateAt > 0).toBe(scanner.count > 1);
    }
  });

  it.each([
    ['{"a": 1,}', 'trailing-comma', 7],
    ['{"a": 1 "b": 2}', 'syntax', 8],
    ['{"a": 007}', 'syntax', 6],
    ['{"a": "x', 'unterminated-string', 6],
    ['{"a": "x\ty"}', 'control-character', 8],
    ['{"a": \u0000}', 'nul', 6],
    ['["a"]', 'not-object', 0],
    ['{"a": 1} {"a": 2}', 'after-value', 9],
    ['{"a": [1, 2}', 'syntax', 11],
    ["{'a': 1}", 'syntax', 1],
    ['{"a": +1}', 'syntax', 6],
    ['{"a": .5}', 'syntax', 6],
    ['{"a": 1.}', 'syntax', 8],
    ['{"a": "\\x"}', 'syntax', 7],
    ['', 'syntax', 0],
  ])('says what is wrong with %s, and where', (text, reason, offset) => {
    expect(scanner.scan(text, 0, text.length)).toBe(false);
    expect(scanner.mistake).toMatchObject({ reason, offset });
  });

  it('survives depth that would end a recursion', () => {
    const text = `{"a": ${'['.repeat(100_000)}${']'.repeat(100_000)}}`;
    expect(scanner.scan(text, 0, text.length)).toBe(true);
  });
});

describe('changing an object', () => {
  it('puts a value in and leaves all others as they are spelled', () => {
    expect(patchObject('{"a":1.0,"b": [1e5 ,2],  "c":null}', [{ key: 'b', raw: '"x"' }])).toBe(
      '{"a":1.0,"b": "x",  "c":null}',
    );
  });

  it('adds members spaced as the others are', () => {
    expect(patchObject('{"a":1,"b":2}', [{ key: 'c', raw: '3' }])).toBe('{"a":1,"b":2,"c":3}');
    expect(patchObject('{"a": 1}\r', [{ key: 'c', raw: '3' }])).toBe('{"a": 1, "c": 3}\r');
    expect(patchObject('{}', [{ key: 'é"', raw: '3' }])).toBe('{"é\\"": 3}');
  });

  it('changes the last of equal keys, which readers that accept them take', () => {
    expect(patchObject('{"a": 1, "a": 2}', [{ key: 'a', raw: '3' }])).toBe('{"a": 1, "a": 3}');
  });

  it('gives an object that differs only in the changed keys', () => {
    fc.assert(
      fc.property(object, fc.dictionary(fc.string(), fc.jsonValue(), { maxKeys: 3 }), (value, changes) => {
        const text = JSON.stringify(value);
        const patched = patchObject(
          text,
          Object.entries(changes).map(([key, one]) => ({ key, raw: JSON.stringify(one) })),
        );
        const expected = new Map(Object.entries(JSON.parse(text)));
        for (const [key, one] of Object.entries(changes)) expected.set(key, JSON.parse(JSON.stringify(one)));
        scanner.scan(patched, 0, patched.length);
        expect(
          members(patched)
            .map(([key, raw]) => [key, JSON.parse(raw)])
            .sort(),
        ).toEqual([...expected].sort());
      }),
    );
  });

  it('refuses a text that is no object', () => {
    expect(() => patchObject('[1]', [])).toThrow('cannot be changed');
  });
});

it('reads strings with and without escapes', () => {
  expect(stringAt('"a\\u00e9\\n"', 0, 11)).toBe('aé\n');
  expect(stringAt('"a"', 0, 3)).toBe('a');
});
