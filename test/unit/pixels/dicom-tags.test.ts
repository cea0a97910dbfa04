// Header fields of DICOM files: types, dates, ages, names in every script, and what marks a person.
import { describe, expect, test } from 'vitest';
import { decodeText, encodingOf } from '../../../src/pixels/dicom/data/charset.ts';
import { ageInYears, isoDate, readTags, TAG_FIELDS } from '../../../src/pixels/dicom/tags.ts';
import { dicomFile, type Elements, image } from '../../support/dicom.ts';

const EXPLICIT = '1.2.840.10008.1.2.1';
const latin1 = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0));

describe('fields', () => {
  test('are typed values; what the file lacks or spoils is left out', async () => {
    const elements: Elements = {
      '00080020': ['DA', '20240229'],
      '00080060': ['CS', 'DX '],
      '00080070': ['LO', ' Maker\0'],
      '00101010': ['AS', '018M'],
      '00180015': ['CS', ''],
      '00200062': ['CS', 'L'],
      '00280030': ['DS', '0.5\\0.25'],
      '00281050': ['DS', 'wide'],
    };
    expect(await readTags(dicomFile(EXPLICIT, { ...image(2, 3), ...elements }))).toEqual({
      modality: 'DX',
      manufacturer: 'Maker',
      laterality: 'L',
      rows: 2,
      columns: 3,
      photometric_interpretation: 'MONOCHROME2',
      row_spacing: 0.5,
      column_spacing: 0.25,
      patient_age: 1.5,
      study_date: '2024-02-29',
    });
  });
  test('that lead to a person are marked', () => {
    const marked = TAG_FIELDS.filter(({ sensitive }) => sensitive).map(({ name }) => name);
    // of table E.1-1 of PS3.15, what is read here
    const listed =
      'patient study series patient_name patient_id patient_birth_date other_patient_ids patient_address patient_telephone ' +
      'accession_number study_id study_date series_date acquisition_date study_description series_description protocol ' +
      'institution institution_address station device_serial_number referring_physician performing_physician ' +
      'reading_physician operator study_uid series_uid instance_uid';
    for (const name of listed.split(' ')) expect(marked).toContain(name);
    for (const name of ['modality', 'body_part', 'patient_sex', 'patient_age', 'manufacturer'])
      expect(marked).not.toContain(name);
  });
  test('patient, study and series are one below the other, in an order that sorts, and never two in one', async () => {
    const of = async (more: Elements) => {
      const { patient, study, series } = await readTags(dicomFile(EXPLICIT, { ...image(1, 1), ...more }));
      return [patient, study, series];
    };
    const slice: Elements = {
      '00080020': ['DA', '20240229'],
      '00080060': ['CS', 'CT'],
      '00081030': ['LO', 'Chest'],
      '0008103e': ['LO', 'Lung'],
      '00100010': ['PN', 'Doe^Jane'],
      '00100020': ['LO', '4711'],
      '0020000d': ['UI', '1.2.840.1.111111'],
      '0020000e': ['UI', '1.2.840.1.222222'],
      '00200011': ['IS', '3'],
    };
    const [patient, study, series] = await of(slice);
    expect(patient).toBe('Doe^Jane 4711');
    expect(study).toBe('Doe^Jane 4711 › 2024-02-29 Chest …111111');
    expect(series).toBe('Doe^Jane 4711 › 2024-02-29 Chest …111111 › 3 CT Lung …222222');
    const again = await of({ ...slice, '0020000e': ['UI', '1.2.840.1.333333'] });
    expect([again[0], again[1]]).toEqual([patient, study]);
    expect(again[2]).not.toBe(series);
    expect(await of({})).toEqual([undefined, undefined, undefined]);
    expect((await of({ '0020000e': ['UI', '1.2.3'] }))[2]).toBe('no patient › no study › …1.2.3');
  });
  test('have names of their own', () => {
    expect(new Set(TAG_FIELDS.map(({ name }) => name)).size).toBe(TAG_FIELDS.length);
  });
  test('are read without the pixels', async () => {
    const file = dicomFile(EXPLICIT, image(2000, 1000, { '7fe00010': ['OB', new Uint8Array(2_000_000)] }));
    let read = 0;
    class Counted extends Blob {
      override slice(from = 0, to = this.size, type = ''): Blob {
        read += Math.min(to, this.size) - from;
        return super.slice(from, to, type);
      }
    }
    const counted = new Counted([file]);
    expect(await readTags(counted)).toMatchObject({ rows: 2000, columns: 1000 });
    expect(read).toBeLessThanOrEqual(65_536);
  });
});

test.each([
  ['20240229', '2024-02-29'],
  ['1999.12.31', '1999-12-31'],
  ['20230229', undefined],
  ['2024', undefined],
  ['', undefined],
])('the date %j is %j', (value, date) => expect(isoDate(value)).toBe(date));

test.each([
  ['042Y', 42],
  ['006M', 0.5],
  ['004W', 0.08],
  ['010D', 0.03],
  ['42', undefined],
])('the age %j is %j years', (value, years) => expect(ageInYears(value)).toBe(years));

describe('text', () => {
  // the examples of PS3.5, annexes H, I, J and K
  test.each([
    ['Latin', ['ISO_IR 100'], 'Buc^J\xe9r\xf4me', 'Buc^Jérôme'],
    ['a misspelt name', ['ISO-IR 100'], 'J\xe9r\xf4me', 'Jérôme'],
    ['UTF-8', ['ISO_IR 192'], 'Wang^XiaoDong=\xe7\x8e\x8b^\xe5\xb0\x8f\xe6\x9d\xb1', 'Wang^XiaoDong=王^小東'],
    ['GB18030', ['GB18030'], '\xcd\xf5^\xd0\xa1\xb6\xab', '王^小东'],
    ['half-width katakana', ['ISO_IR 13'], '\xd4\xcf\xc0\xde^\xc0\xdb\xb3', 'ﾔﾏﾀﾞ^ﾀﾛｳ'],
    ['Japanese escapes', ['', 'ISO 2022 IR 87'], 'Yamada=\x1b$B;3ED\x1b(B^\x1b$BB@O:\x1b(B', 'Yamada=山田^太郎'],
    ['JIS X 0212', ['', 'ISO 2022 IR 159'], '\x1b$(D0!\x1b(B', '丂'],
    ['Korean escapes', ['', 'ISO 2022 IR 149'], 'Hong=\x1b$)C\xfb\xf3^\x1b$)C\xd1\xce\xd4\xd7', 'Hong=洪^吉洞'],
    ['Chinese escapes', ['', 'ISO 2022 IR 58'], 'Zhang=\x1b$)A\xd5\xc5^\x1b$)A\xd0\xa1\xb6\xab', 'Zhang=张^小东'],
    ['Greek behind an escape', ['', 'ISO 2022 IR 126'], '\x1b-F\xc4\xe9\xef', 'Διο'],
    ['an unknown set', ['ISO_IR 999'], 'Doe', 'Doe'],
  ])('in %s', (_, charsets, bytes, text) => {
    expect(decodeText(latin1(bytes), charsets)).toBe(text);
  });
  test('every set has a decoder', () => {
    for (const number of [6, 13, 58, 100, 101, 109, 110, 126, 127, 138, 144, 148, 149, 166, 192, 203])
      expect(() => new TextDecoder(encodingOf(`ISO_IR ${number}`))).not.toThrow();
  });
});
