// The judge holds each tier to its rule: what must be equal, what may differ, what must be refused, and what never may happen.
import { describe, expect, test } from 'vitest';
import { headerDifferences } from '../../corpus/headers.ts';
import { type CorpusEntry, judge, type Seen } from '../../corpus/judge.ts';
import { corpusTable, failures, shortfalls } from '../../corpus/report.ts';
import { sampleOf } from '../../corpus/runner.ts';

const grey = (level: number) => ({
  sha256: `of ${level}`,
  mean: [level, level, level],
  cells: new Array<number>(768).fill(level),
});
const display = (level: number) => ({
  sha256: `of ${level}`,
  mean_rgb: [level, level, level],
  thumb: btoa(String.fromCharCode(...new Array<number>(768).fill(level))),
});
const shown = (level: number, more: Partial<Seen & { kind: 'picture' }> = {}): Seen => ({
  kind: 'picture',
  format: 'png',
  width: 4,
  height: 3,
  ...grey(level),
  ...more,
});
const entry = (more: Partial<CorpusEntry> = {}): CorpusEntry => ({
  file: 'files/a.png',
  tier: 'A',
  format: 'png',
  expect: { width: 4, height: 3, display: display(100) },
  tolerance: { max_abs: 2, mean_abs: 1 },
  ...more,
});
const refused: Seen = { kind: 'refused', code: 'unsupported', message: 'Twelve bits are not read.' };

describe('tier A', () => {
  test('is equal by its hash, within tolerance by its means, else wrong', () => {
    expect(judge(entry(), shown(100))).toEqual({ outcome: 'equal' });
    expect(judge(entry(), shown(101))).toEqual({ outcome: 'within' });
    expect(judge(entry(), shown(103))).toMatchObject({ outcome: 'wrong', short: expect.stringContaining('3.00') });
  });
  test('with a small mean difference is wrong where one cell differs by more than allowed', () => {
    const cells = new Array<number>(768).fill(100);
    cells[7] = 110;
    expect(judge(entry(), shown(100, { sha256: 'other', cells }))).toMatchObject({ outcome: 'wrong' });
  });
  test('with a tolerance of 0 must be equal', () => {
    const exact = entry({ tolerance: { max_abs: 0, mean_abs: 0 } });
    expect(judge(exact, shown(100, { sha256: 'other' }))).toMatchObject({ outcome: 'wrong' });
    expect(judge(exact, shown(100))).toEqual({ outcome: 'equal' });
  });
  test('of another size, of a format that is not named right, or refused falls short', () => {
    expect(judge(entry(), shown(100, { width: 3, height: 4 })).short).toBe('3 × 4 instead of 4 × 3');
    expect(judge(entry(), shown(100, { format: 'jpeg' }))).toMatchObject({ outcome: 'wrong' });
    expect(judge(entry(), refused)).toMatchObject({ outcome: 'refused', short: expect.stringContaining('Twelve') });
  });
  test('takes the names of formats that the corpora use', () => {
    expect(judge(entry({ format: 'jxl' }), shown(100, { format: 'jpeg-xl' }))).toEqual({ outcome: 'equal' });
  });
});

describe('tier B', () => {
  const alternatives = [{ width: 4, height: 3, display: display(50) }];
  test('accepts what the index names', () => {
    expect(judge(entry({ tier: 'B', accept: ['equal', 'alt'], alternatives }), shown(50))).toEqual({
      outcome: 'accepted',
    });
    expect(judge(entry({ tier: 'B', accept: ['any picture'] }), shown(7))).toEqual({ outcome: 'accepted' });
    expect(judge(entry({ tier: 'B', accept: ['equal', 'refuse'] }), refused)).toEqual({ outcome: 'refused' });
    expect(judge(entry({ tier: 'B', accept: ['equal', 'refuse'] }), shown(7))).toMatchObject({ outcome: 'wrong' });
    expect(judge(entry({ tier: 'B', accept: ['equal'] }), refused).short).toBeDefined();
  });
  test('accepts a part of the right size whose valid rows equal those of the whole file', () => {
    const part = entry({ tier: 'B', accept: ['partial'], valid_rows: 1, intact: 'files/b.png' });
    expect(judge(part, shown(7, { rowsDiffer: 2 }))).toEqual({ outcome: 'accepted' });
    expect(judge(part, shown(7, { rowsDiffer: 3 }))).toMatchObject({ outcome: 'wrong' });
    expect(judge(part, shown(7, { rowsDiffer: null }))).toMatchObject({ outcome: 'wrong' });
    expect(judge(part, shown(7, { width: 5, rowsDiffer: 0 }))).toMatchObject({ outcome: 'wrong' });
  });
});

describe('tier X', () => {
  const hostile = entry({ tier: 'X', expect: null });
  test('must be refused in a sentence with a code that is meant', () => {
    expect(judge(hostile, refused)).toEqual({ outcome: 'refused' });
    expect(judge(hostile, shown(1))).toMatchObject({ outcome: 'wrong' });
    expect(judge(hostile, { ...refused, code: 'internal' })).toMatchObject({ outcome: 'wrong' });
    expect(judge(hostile, { ...refused, message: 'x is undefined' })).toMatchObject({ outcome: 'wrong' });
  });
  test('may be shown as the format that it is, where its name says another', () => {
    const named = entry({ tier: 'X', file: 'files/a.dcm', format: undefined, expect: null });
    expect(judge(named, shown(1))).toEqual({ outcome: 'accepted' });
    expect(judge(named, shown(1, { format: 'dicom' }))).toMatchObject({ outcome: 'wrong' });
  });
});

test('a file that stops the decoder hangs, however the application says it', () => {
  const message = 'The file stops the decoder, so it is not read.';
  expect(judge(entry({ tier: 'X' }), { kind: 'refused', code: 'unreadable', message })).toMatchObject({
    outcome: 'hang',
  });
  expect(judge(entry({ tier: 'E' }), { kind: 'hang' })).toMatchObject({ outcome: 'hang' });
});

describe('a run', () => {
  const file = (more: Partial<CorpusEntry>, seen: Seen) => {
    const made = entry(more);
    return { entry: made, corpus: 'png', folder: '/x', seen, verdict: judge(made, seen), ms: 1 };
  };
  const good = [file({}, shown(100)), file({ tier: 'X' }, refused), file({ tier: 'E' }, refused)];
  test('passes with tier A equal and tier X refused, and is counted in a table', () => {
    expect(failures(good)).toEqual([]);
    expect(corpusTable(good)).toContain('| png | A | 1 | 1 |  |  |  |  |  |');
  });
  test('fails by one wrong file of tier A or X, or by any that hangs', () => {
    expect(failures([...good, file({}, shown(9))])).toHaveLength(1);
    expect(failures([...good, file({ tier: 'X' }, shown(100))])).toHaveLength(1);
    expect(failures([...good, file({ tier: 'B' }, { kind: 'hang' })])).toHaveLength(1);
  });
  test('tells a different picture of tier B without failing by it', () => {
    const all = [...good, file({ tier: 'B', accept: ['equal'] }, shown(9))];
    expect(shortfalls(all)).toHaveLength(1);
    expect(failures(all)).toEqual([]);
  });
  test('takes the same sample every time, about the share that was asked for', () => {
    const files = Array.from({ length: 900 }, (_, i) => ({ ...file({ file: `${i}.png` }, refused) }));
    const sample = sampleOf(files, 9);
    expect(sample).toEqual(sampleOf(files, 9));
    expect(sample.length).toBeGreaterThan(60);
    expect(sample.length).toBeLessThan(140);
  });
});

test('another picture of a questionable file is accepted with a line of justification, of no other file', () => {
  const verdict = (tier: CorpusEntry['tier'], seen: Seen) => judge(entry({ tier }), seen, 'Readers differ.');
  expect(verdict('B', shown(9))).toEqual({ outcome: 'accepted', justified: 'Readers differ.' });
  expect(verdict('E', shown(100))).toEqual({ outcome: 'equal' });
  expect(verdict('A', shown(9)).outcome).toBe('wrong');
  expect(verdict('X', shown(9)).outcome).toBe('wrong');
  expect(verdict('B', { kind: 'hang' }).outcome).toBe('hang');
});

describe('header fields', () => {
  const photograph = { ...entry(), exif: { datetime_original: '2024:02:29 13:45:10', model: 'Box 1' } };
  const field = (name: string, value: number | string) => ({
    field: { name, title: name, type: 'text' as const, origin: 'file' as const, facet: 'none' as const },
    value,
  });
  const taken = field('taken', Date.UTC(2024, 1, 29, 13, 45, 10));

  test('are held to the size, the date and the camera of the index', () => {
    const good = { format: 'png' as const, width: 4, height: 3, details: [taken, field('camera', 'Maker Box 1')] };
    expect(headerDifferences(photograph, good)).toEqual([]);
    expect(headerDifferences(photograph, { ...good, width: 5, details: [taken] })).toEqual([
      'width: 5 instead of 4',
      'camera: false instead of true',
    ]);
  });

  test('are held to what pydicom reads, absent ones too', () => {
    const file = {
      ...entry({ tier: 'X' }),
      expect: { tags: { Modality: 'CT', StudyDate: '20240229', PatientAge: null } },
    };
    const details = [field('modality', 'CT'), field('study_date', Date.UTC(2024, 1, 29))];
    expect(headerDifferences(file, { format: 'dicom', details })).toEqual([]);
    expect(headerDifferences(file, { format: 'dicom', details: [...details, field('patient_age', 4)] })).toEqual([
      'patient_age: 4 instead of undefined',
    ]);
  });
});
