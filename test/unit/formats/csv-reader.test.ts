// The CSV reader: what was written is read, however it is cut; faults are named with their place.
import * as fc from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { type CsvBlock, cellPlace, guessDelimiter, readCsv } from '../../../src/formats/text/csv.ts';

async function* pieces(bytes: Uint8Array<ArrayBuffer>, size: number): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  for (let i = 0; i < bytes.length; i += size) yield bytes.slice(i, i + size);
}

const utf8 = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);

async function read(
  bytes: Uint8Array<ArrayBuffer>,
  options: { delimiter?: string; header?: boolean; maxRecord?: number; size?: number } = {},
) {
  const blocks: CsvBlock[] = [];
  for await (const block of readCsv(pieces(bytes, options.size ?? 1 << 16), { file: 'a.csv', ...options }))
    blocks.push(block);
  return {
    rows: blocks.flatMap((block) => block.rows),
    issues: blocks.flatMap((block) => block.issues),
    last: blocks.at(-1),
  };
}

const cell = fc.string({ unit: fc.constantFrom('a', 'b', ',', ';', '"', '\n', '\r', ' ', 'é', '猫', '😀', '\t') });
const row = fc.array(cell, { minLength: 1, maxLength: 4 }).filter((cells) => cells.length > 1 || cells[0] !== '');
const written = (rows: string[][], eol: string): string =>
  rows
    .map((cells) =>
      cells.map((text) => (/[",;\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)).join(','),
    )
    .join(eol);

describe('CSV reader', () => {
  it('reads every table back, with any line end and cut anywhere', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(row, { maxLength: 8 }),
        fc.constantFrom('\n', '\r\n', '\r'),
        fc.integer({ min: 1, max: 9 }),
        fc.boolean(),
        async (rows, eol, size, ended) => {
          const text = written(rows, eol) + (ended ? eol : '');
          const { rows: got } = await read(utf8(text), { delimiter: ',', header: false, size });
          expect(got.map(({ cells }) => cells)).toEqual(rows);
          for (const { cells } of got) for (const one of cells) expect(one.includes('\ufffd')).toBe(false);
        },
      ),
    );
  });

  it('agrees with papaparse wherever all lines end alike', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 8 }), async (rows) => {
        // The first line ends before any quote, so that papaparse finds the line end that is meant.
        const text = `x,y\n${written(rows, '\n')}\n`;
        const theirs = Papa.parse<string[]>(text, { delimiter: ',', newline: '\n' }).data.slice(0, -1);
        const { rows: ours } = await read(utf8(text), { delimiter: ',', header: false });
        expect(ours.map(({ cells }) => cells)).toEqual(theirs);
      }),
    );
  });

  it('tells the place of every cell, in its text', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(row, { maxLength: 6 }), async (rows) => {
        const text = written(rows, '\n');
        const lines = text.split(/\r\n|\n|\r/);
        for (const one of (await read(utf8(text), { delimiter: ',', header: false })).rows) {
          for (const [i, content] of one.cells.entries()) {
            const { line, column } = cellPlace(one, i);
            const there = lines[line - 1]?.slice(column - 1) ?? '';
            const start = content.split(/[\r\n]/)[0] ?? '';
            expect(there.startsWith(start) || there.startsWith(`"${start.replaceAll('"', '""')}`)).toBe(true);
          }
        }
      }),
    );
  });

  it('reads UTF-16 with its mark, little and big end first', async () => {
    const text = '\ufeffname,label\nä 猫 😀.png,x\n';
    const little = new Uint8Array(Buffer.from(text, 'utf16le'));
    const big = new Uint8Array(Buffer.from(text, 'utf16le').swap16());
    for (const bytes of [little, big]) {
      const { rows, last } = await read(bytes, { size: 3 });
      expect(rows[0]?.cells).toEqual(['ä 猫 😀.png', 'x']);
      expect(last?.mark).toBe(true);
    }
  });

  it.each([
    ['a,b\nc,"d\ne,f\n', { code: 'bad-input', line: 2, column: 3 }],
    ['a,b\n"c"d,e\n', { code: 'bad-input', line: 2, column: 4 }],
    ['a,b\n"x\ny"z,e\n', { code: 'bad-input', line: 3, column: 3 }],
  ])('names the place of a broken quote in %j', async (text, place) => {
    await expect(read(utf8(text))).rejects.toMatchObject({ file: 'a.csv', ...place });
  });

  it('names the line of a byte that is no UTF-8, wherever the pieces end', async () => {
    const bytes = new Uint8Array([...utf8('a,b\r\nc,"d\ne",f\r'), 0xc3, 0x28]);
    for (const size of [1, 2, 5, 100])
      await expect(read(bytes, { size })).rejects.toMatchObject({ code: 'unreadable', line: 4 });
  });

  it('refuses a record over the limit without holding more than twice of it', async () => {
    const bytes = utf8(`a,b\n${'x'.repeat(5000)}`);
    await expect(read(bytes, { maxRecord: 1000, size: 100 })).rejects.toMatchObject({ code: 'too-large', line: 2 });
    expect((await read(bytes, { maxRecord: 10_000, size: 100 })).rows).toHaveLength(1);
  });

  it('finds the delimiter by the first line, outside quotes', () => {
    expect(guessDelimiter('"a,b,c";d;e\n1,2,3,4,5\n')).toBe(';');
    expect(guessDelimiter('\n\nfile_name\tlabel\n')).toBe('\t');
    expect(guessDelimiter('alone\n1;2;3\n')).toBe(',');
  });

  it('waits for the first line before it decides the delimiter', async () => {
    const { rows, last } = await read(utf8('ab;cd;ef\n1;2;3\n'), { size: 1 });
    expect(last?.header?.cells).toEqual(['ab', 'cd', 'ef']);
    expect(rows.map(({ cells }) => cells)).toEqual([['1', '2', '3']]);
  });
});
